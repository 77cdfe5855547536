import { auditAccounts } from '../../golden-accounts/audit';
import { labels, LoopError, LoopRun, say, sayFixed, type LoopReport } from './loop-run';
import type { Loop } from './loop';
import type { World } from './world';

/**
 * A healthy call is admitted, the fault is made, the call is refused as predicted, the audit names rule and subject, the printed commands
 * are pasted, the call is admitted, and the audit finds it no more.
 *
 * @throws LoopError where that chain breaks; FaultRefused where AWS does not let it begin.
 */
export const runLoop = async (loop: Loop, world: World): Promise<LoopReport> => {
  const place = await loop.seed(world);
  const run = new LoopRun(loop, world, place);
  await run.meetUntil('right');
  await run.breakIt();
  const met = await run.meetUntil('wrong');
  if (loop.atSignIn === true && met !== 'sign-in refused') {
    throw new LoopError(`the user pool lets people in, and the call got ${say(met)}`);
  }
  const { result, account } = await run.audit();
  const predicted = await run.compare(met, account);
  const base = { family: loop.family, fault: loop.fault, refusedWith: say(met), predicted };

  if (loop.rule === null) {
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new LoopError(`the audit should be silent, and names ${labels(errors)}`);
    await loop.byHand?.(world, place);
    const admitted = say(await run.meetUntil('right'));
    const named = `nothing: ${loop.silentBecause ?? ''}`;
    return { ...base, named, fixed: 'by hand', admitted, notes: run.notes };
  }

  if (run.find(result) === undefined) {
    throw new LoopError(`the audit does not name ${loop.rule} there, but ${labels(result.findings)}`);
  }
  // As served, the finding holds the fix that people are shown, with its deployments.
  const served = await auditAccounts([account]);
  const finding = run.find(served);
  if (finding === undefined) {
    throw new LoopError(`what is served does not show ${loop.rule} there, but ${labels(served.findings)}`);
  }
  const claimed = finding.symptom.status;
  if (met !== 'sign-in refused' && claimed !== null && claimed !== met.status) {
    throw new LoopError(`the finding speaks of ${claimed}, the call got ${say(met)}`);
  }
  const count = await run.paste(finding);
  const admitted = say(await run.meetUntil('right'));
  const again = await auditAccounts([await run.read()]);
  if (run.find(again) !== undefined) throw new LoopError(`after the fix the audit still names ${loop.rule}`);
  return {
    ...base,
    named: `${loop.rule} at ${finding.subject.label}`,
    fixed: sayFixed(loop, count),
    admitted,
    notes: run.notes,
  };
};
