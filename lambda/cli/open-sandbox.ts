import { openRegion } from '../collect/live';
import type { Pacer } from '../collect/pace';
import { startSandbox, type Sandbox } from '../../sandbox/endpoint';
import type { SandboxAccount } from '../../sandbox/account-file';
import { permittedOnRequest } from '../../sandbox/permitted';
import { sampleAccount } from '../../sandbox/load';
import type { AccountSource } from '../source';
import { oneLine } from '../report/escape';
import { UsageError } from './usage-error';

/** Accepted by the endpoint on loopback, which asks for nothing; the SDK wants something to sign with. */
const CREDENTIALS = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };

/** The endpoint on loopback has no quotas. */
const UNPACED: Pacer = { take: () => Promise.resolve(), throttled: () => undefined };

interface Wanted {
  readonly region: readonly string[];
  readonly api: readonly string[];
  readonly onRequest?: boolean;
}

const openOne = (
  { url }: Sandbox,
  region: string,
  scannedRegions: readonly string[],
  { api }: Wanted,
  clock: () => Date,
): AccountSource => {
  const source = openRegion({
    region,
    accountId: sampleAccount.accountId,
    partition: sampleAccount.partition ?? 'aws',
    scannedRegions,
    clock,
    endpoint: url,
    pacerOf: () => UNPACED,
    credentials: CREDENTIALS,
    ...(api.length === 0 ? {} : { restApiIds: api }),
  });
  return {
    kind: 'sandbox',
    region,
    apis: (progress) => source.apis(progress),
    shared: () => source.shared(),
    stats: () => source.stats(),
    ...(source.onRequest === undefined ? {} : { onRequest: source.onRequest }),
  };
};

/** The sample account, served on loopback and read as AWS would be. */
export const openSandbox = async (
  wanted: Wanted,
  clock: () => Date,
  account: SandboxAccount = sampleAccount,
): Promise<{ readonly sources: readonly AccountSource[]; readonly close: () => Promise<void> }> => {
  const held = Object.keys(sampleAccount.regions);
  const unknown = wanted.region.filter((region) => !held.includes(region));
  if (unknown.length > 0) {
    throw new UsageError(
      `The sample account does not have ${unknown.map(oneLine).join(', ')}; it has ${held.join(', ')}.`,
    );
  }
  const regions = wanted.region.length === 0 ? held : [...new Set(wanted.region)];
  const sandbox = await startSandbox({
    account,
    clock: () => clock().getTime(),
    ...(wanted.onRequest === true ? { permitted: permittedOnRequest() } : {}),
  });
  return {
    sources: regions.map((region) => openOne(sandbox, region, regions, wanted, clock)),
    close: () => sandbox.close(),
  };
};
