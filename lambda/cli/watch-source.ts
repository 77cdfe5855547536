import type { AccountSource, CollectedApi } from '../source';

/** The same source; `see` is shown each API as it comes and says whether it goes on to the audit. */
export const watchSource = (
  source: AccountSource,
  see: (collected: CollectedApi) => boolean,
): AccountSource => ({
  kind: source.kind,
  region: source.region,
  async *apis(progress) {
    for await (const item of source.apis(progress)) {
      if ('state' in item || see(item)) yield item;
    }
  },
  shared: () => source.shared(),
  stats: () => source.stats(),
  leftOut: source.leftOut ?? [],
});
