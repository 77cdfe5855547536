import { composeAlerts } from '../lambda/alert/compose';
import type { Message } from '../lambda/alert/message';
import { matrixRows } from '../lambda/matrix-rows';
import { openSandbox } from '../lambda/cli/open-sandbox';
import { watchSource } from '../lambda/cli/watch-source';
import type { Remembered } from '../lambda/findings/compare';
import { settle } from '../lambda/findings/settle';
import type { MatrixRow } from '../lambda/gateway/matrix';
import type { AuditResult } from '../lambda/result';
import { catalogue } from '../lambda/rules/catalogue';
import { audit, type Progress } from '../lambda/run';
import type { SandboxAccount } from '../sandbox/account-file';
import { sampleAccount } from '../sandbox/load';

/** One day of the story: what the audit found, and what people and machines get. */
export interface Chapter {
  readonly result: AuditResult;
  readonly messages: readonly Message[];
}

/** The sample account after somebody put a stage into a usage plan, opened an endpoint again, and took another stage out of its plan. */
const aDayLater = (): SandboxAccount => {
  const account = structuredClone(sampleAccount);
  const [ireland, frankfurt] = [account.regions['eu-west-1'], account.regions['eu-central-1']];
  const planOf = (name: string): Record<string, unknown> => {
    const plan = ireland?.usagePlans?.find((one) => one['name'] === name);
    if (plan === undefined) throw new Error(`the sample account has no usage plan ${name}`);
    return plan;
  };
  const statusPage = planOf('status-page');
  const [served] = statusPage['apiStages'] as readonly object[];
  statusPage['apiStages'] = [served, { ...served, stage: 'v2' }];
  planOf('carriers')['apiStages'] = [];
  for (const api of frankfurt?.restApis ?? []) Object.assign(api, { disableExecuteApiEndpoint: false });
  return account;
};

/** Audits the sample account on loopback twice, as the function would audit a real one. */
export const tellStory = async (
  clock: () => Date,
  progress?: (at: Progress) => void,
): Promise<readonly [first: Chapter, later: Chapter]> => {
  const day = async (
    account: SandboxAccount,
    runId: string,
    before: readonly Remembered[],
  ): Promise<Chapter & { readonly kept: readonly Remembered[] }> => {
    const matrix: MatrixRow[] = [];
    const { sources, close } = await openSandbox({ region: [], api: [] }, clock, account);
    const watched = sources.map((source) =>
      watchSource(source, (collected) => {
        matrix.push(...matrixRows(collected));
        return true;
      }),
    );
    try {
      const audited = await audit({
        sources: watched,
        rules: catalogue,
        runId,
        clock,
        ...(progress === undefined ? {} : { progress }),
      });
      const { result, kept } = settle(audited, { before, suppressions: null, whole: true });
      const messages = composeAlerts(result, { alias: 'sandbox', full: false });
      return { result: { ...result, matrix }, messages, kept };
    } finally {
      await close();
    }
  };
  const first = await day(sampleAccount, 'npm-start', []);
  return [first, await day(aDayLater(), 'npm-start-again', first.kept)];
};
