import { explain, type Explanation } from '../../../lambda/explain/explain';
import type { Account } from '../../../lambda/model/account';
import { auditAccounts } from '../../golden-accounts/audit';
import { undeployed } from '../../golden-accounts/undeployed';
import { parseCommand } from '../../support/aws-command';
import { differences } from './differences';
import { SignInRefused, type Finding, type Loop, type Place } from './loop';
import { fillIn, strangers } from './pasting';
import type { Answer, Audited, Call, World } from './world';

/** One line of the table that is shown. */
export interface LoopReport {
  readonly family: string;
  readonly fault: string;
  readonly refusedWith: string;
  readonly predicted: string;
  readonly named: string;
  readonly fixed: string;
  readonly admitted: string;
  /** Stand-ins and partings, each with its reason. */
  readonly notes: readonly string[];
}

/** Where the chain from fault to health breaks. */
export class LoopError extends Error {
  override readonly name = 'LoopError';
}

type Met = Answer | 'sign-in refused';

const ADMITTED = 200;
const BETWEEN_TRIES = 2000;

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const say = (met: Met): string =>
  met === 'sign-in refused' ? met : `${met.status} ${met.errorType ?? '-'} ${met.body}`.trim();

const urlOf = ({ region }: World, { host, restApiId, stage, path }: Call): string =>
  host === undefined
    ? `https://${restApiId}.execute-api.${region}.amazonaws.com/${stage}${path}`
    : `https://${host}${path}`;

const predict = (world: World, call: Call, account: Account): Explanation['decision'] =>
  explain(
    {
      url: urlOf(world, call),
      method: call.verb,
      headers: Object.entries(call.headers).map(([name, value]) => `${name}: ${value}`),
      sourceIp: world.sourceIp,
      ...(call.apiKeyId === undefined ? {} : { apiKeyId: call.apiKeyId }),
      ...(call.signed === true ? { signedBy: world.signer } : {}),
    },
    account,
    () => new Date(),
  ).decision;

const labels = (findings: readonly Finding[]): string =>
  findings.map(({ rule, subject }) => `${rule} at ${subject.label}`).join('; ') || 'nothing';

class Run {
  readonly notes: string[] = [];

  constructor(
    private readonly loop: Loop,
    private readonly world: World,
    private readonly place: Place,
  ) {}

  private async meet(): Promise<Met> {
    try {
      return await this.world.send(await this.loop.call(this.world, this.place));
    } catch (error) {
      if (error instanceof SignInRefused) return 'sign-in refused';
      throw error;
    }
  }

  /** Calls until the answer is as wanted, for as long as changes may take to reach callers. */
  async meetUntil(wanted: 'right' | 'wrong'): Promise<Met> {
    const until = Date.now() + this.world.settling;
    for (;;) {
      const met = await this.meet();
      const isRight = met !== 'sign-in refused' && met.status === (this.loop.right ?? ADMITTED);
      if (isRight === (wanted === 'right')) return met;
      if (Date.now() >= until) throw new LoopError(`the answer is not ${wanted}: ${say(met)}`);
      await wait(BETWEEN_TRIES);
    }
  }

  audit(): Promise<Audited> {
    return this.world.audit(this.loop.ofAccount === true ? null : this.place.restApiId);
  }

  find({ findings }: Pick<Audited['result'], 'findings'>): Finding | undefined {
    const { rule } = this.loop;
    const wanted = this.loop.subject?.(this.place) ?? this.place.restApiId;
    return findings.find(
      (one) => one.rule === rule && `${one.subject.arn} ${one.subject.label}`.includes(wanted),
    );
  }

  async compare(met: Met, account: Account): Promise<string> {
    if (met === 'sign-in refused') return 'no token';
    const decision = predict(this.world, await this.loop.call(this.world, this.place), account);
    const { untoldBecause } = this.loop;
    if (untoldBecause !== undefined && decision.outcome === 'cannot-tell') {
      return `cannot tell: ${untoldBecause}`;
    }
    const predicted = `${String(decision.status)} ${decision.errorType ?? '-'} ${decision.body ?? '(body left open)'}`;
    if (decision.outcome !== 'refused') {
      throw new LoopError(`explain says ${decision.outcome} (${decision.because}), the call got ${say(met)}`);
    }
    const partings = this.loop.partings ?? [];
    const differs = differences(met, decision);
    const unexplained = differs.filter((what) => !partings.some((one) => one.in === what));
    if (unexplained.length > 0) {
      throw new LoopError(`${unexplained.join(', ')}: predicted ${predicted}, got ${say(met)}`);
    }
    for (const { in: what, because } of partings) {
      if (differs.includes(what)) this.notes.push(`${what} differs: ${because}`);
      else if (this.world.name === 'MiniStack') throw new LoopError(`no longer true: ${because}`);
    }
    return predicted;
  }

  /** Pastes the fix, whole and in order. Answers how many commands that were. */
  async paste({ fix }: Finding): Promise<number> {
    const { loop, world, place } = this;
    const values = loop.fill?.(world, place) ?? {};
    const commands = fix.flatMap((step) => step.commands).map((line) => fillIn(line, values));
    if (commands.length === 0 && loop.byHand === undefined) {
      throw new LoopError('the finding prints no command');
    }
    const parsed = commands.map(parseCommand);
    const forgotten = undeployed(parsed);
    if (forgotten.length > 0) throw new LoopError(`not deployed after: ${forgotten.join(', ')}`);
    const foreign = parsed.flatMap((command) => strangers(command, (id) => world.isOwn(id)));
    if (foreign.length > 0) {
      throw new LoopError(`the fix would change what this run did not make: ${foreign.join(', ')}`);
    }
    await loop.byHand?.(world, place);
    const { code, err, standIns } = await world.paste(commands);
    if (code !== 0) throw new LoopError(`the fix fails:\n${commands.join('\n')}\n${err}`);
    this.notes.push(...standIns);
    return commands.length;
  }
}

/**
 * A healthy call is admitted, the fault is made, the call is refused as predicted, the audit names rule and subject, the printed commands
 * are pasted, the call is admitted, and the audit finds it no more.
 *
 * @throws LoopError where that chain breaks.
 */
export const runLoop = async (loop: Loop, world: World): Promise<LoopReport> => {
  const place = await loop.seed(world);
  const run = new Run(loop, world, place);
  await run.meetUntil('right');
  await loop.breakIt(world, place);
  const met = await run.meetUntil('wrong');
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
  const count = await run.paste(finding);
  const admitted = say(await run.meetUntil('right'));
  const again = await run.audit();
  const left = [again.result, await auditAccounts([again.account])].some(
    (one) => run.find(one) !== undefined,
  );
  if (left) throw new LoopError(`after the fix the audit still names ${loop.rule}`);
  return {
    ...base,
    named: `${loop.rule} at ${finding.subject.label}`,
    fixed: `${count} ${count === 1 ? 'command' : 'commands'}${loop.byHand === undefined ? '' : ' and by hand'}`,
    admitted,
    notes: run.notes,
  };
};
