import type { Account } from '../../../lambda/model/account';
import { auditAccounts } from '../../golden-accounts/audit';
import type { Finding, Loop } from './loop';
import { labels, LoopError, LoopRun, NO_TOKEN, sayFixed, sayForetold, type LoopReport } from './loop-run';
import type { World } from './world';

const ON_AWS = 'on AWS';

const foretell = async (
  run: LoopRun,
  { atSignIn, leftToAws }: Loop,
  { symptom }: Finding,
  account: Account,
): Promise<string> => {
  if (atSignIn === true) return NO_TOKEN;
  if (leftToAws?.from === 'tokens') return ON_AWS;
  const decision = await run.foretell(account);
  if (typeof decision === 'string') return decision;
  // What the facts leave open agrees with everything.
  if (symptom.status !== null && decision.status !== null && symptom.status !== decision.status) {
    throw new LoopError(`the finding speaks of ${symptom.status}, explain of ${sayForetold(decision)}`);
  }
  return sayForetold(decision);
};

/**
 * A loop whose calls MiniStack answers otherwise than AWS: all of it but the answers. The fault is made, the audit names it and nothing
 * before, `explain` foretells what the finding claims, and the printed commands mend it.
 *
 * @throws LoopError where that chain breaks.
 */
export const rehearseLoop = async (loop: Loop, world: World): Promise<LoopReport> => {
  const { family, fault, rule, leftToAws } = loop;
  if (leftToAws === undefined || rule === null) throw new LoopError('nothing to rehearse');
  const place = await loop.seed(world);
  const run = new LoopRun(loop, world, place);
  const report = {
    rehearsed: true,
    family,
    fault,
    refusedWith: `left to AWS: ${leftToAws.because}`,
    notes: run.notes,
  };
  if (leftToAws.from === 'judging') {
    await run.breakIt();
    return { ...report, predicted: ON_AWS, named: ON_AWS, fixed: ON_AWS, admitted: ON_AWS };
  }
  const healthy = await auditAccounts([await run.read()]);
  if (run.find(healthy) !== undefined)
    throw new LoopError(`the audit names ${rule} before the fault is made`);
  await run.breakIt();
  const account = await run.read();
  const result = await auditAccounts([account]);
  const finding = run.find(result);
  if (finding === undefined) {
    throw new LoopError(`the audit does not name ${rule} there, but ${labels(result.findings)}`);
  }
  const predicted = await foretell(run, loop, finding, account);
  const count = await run.paste(finding);
  const again = await auditAccounts([await run.read()]);
  if (run.find(again) !== undefined) throw new LoopError(`after the fix the audit still names ${rule}`);
  return {
    ...report,
    predicted,
    named: `${rule} at ${finding.subject.label}`,
    fixed: sayFixed(loop, count),
    admitted: ON_AWS,
  };
};
