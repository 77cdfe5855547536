import { explain, type Explanation } from '../../../lambda/explain/explain';
import type { Account } from '../../../lambda/model/account';
import { undeployed } from '../../golden-accounts/undeployed';
import { parseCommand } from '../../support/aws-command';
import { differences } from './differences';
import { FaultRefused, SignInRefused, type Finding, type Loop, type Place } from './loop';
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
  /** Part of it is left to AWS. */
  readonly rehearsed?: boolean;
  /** Stand-ins and partings, each with its reason. */
  readonly notes: readonly string[];
}

/** Where the chain from fault to health breaks. */
export class LoopError extends Error {
  override readonly name = 'LoopError';
}

export type Met = Answer | 'sign-in refused';

const ADMITTED = 200;
const BETWEEN_TRIES = 2000;

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

export const say = (met: Met): string =>
  met === 'sign-in refused' ? met : `${met.status} ${met.errorType ?? '-'} ${met.body}`.trim();

export type Refusal = Explanation['decision'];

export const NO_TOKEN = 'no token';

export const sayForetold = ({ status, errorType, body }: Refusal): string =>
  `${String(status)} ${errorType ?? '-'} ${body ?? '(body left open)'}`;

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

export const labels = (findings: readonly Finding[]): string =>
  findings.map(({ rule, subject }) => `${rule} at ${subject.label}`).join('; ') || 'nothing';

/** The steps of a loop, in one place of one world. */
export class LoopRun {
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
      if (error instanceof SignInRefused && this.loop.atSignIn === true) return 'sign-in refused';
      throw error;
    }
  }

  /** Calls until the answer is as wanted, for as long as changes may take to reach callers. */
  async meetUntil(wanted: 'right' | 'wrong'): Promise<Met> {
    const { settling } = this.world;
    const until = Date.now() + (settling === 0 ? 0 : (this.loop.settling ?? settling));
    for (;;) {
      // A name that was made a moment ago may have no address yet.
      const met = await this.meet().catch((error: unknown) => {
        if (Date.now() >= until) throw error;
        return null;
      });
      if (met !== null) {
        const isRight = met !== 'sign-in refused' && met.status === (this.loop.right ?? ADMITTED);
        if (isRight === (wanted === 'right')) return met;
        if (Date.now() >= until) throw new LoopError(`the answer is not ${wanted}: ${say(met)}`);
      }
      await wait(BETWEEN_TRIES);
    }
  }

  async breakIt(): Promise<void> {
    try {
      await this.loop.breakIt(this.world, this.place);
    } catch (error) {
      if (error instanceof Error && '$fault' in error && error.$fault === 'client') {
        throw new FaultRefused(`${error.name}: ${error.message}`);
      }
      throw error;
    }
  }

  audit(): Promise<Audited> {
    return this.world.audit(this.scope());
  }

  read(): Promise<Account> {
    return this.world.read(this.scope());
  }

  private scope(): string | null {
    return this.loop.ofAccount === true ? null : this.place.restApiId;
  }

  find({ findings }: Pick<Audited['result'], 'findings'>): Finding | undefined {
    const { rule } = this.loop;
    const wanted = this.loop.subject?.(this.place) ?? this.place.restApiId;
    return findings.find(
      (one) => one.rule === rule && `${one.subject.arn} ${one.subject.label}`.includes(wanted),
    );
  }

  /** What `explain` says of the call; in words when it says nothing that could be compared. */
  async foretell(account: Account): Promise<Refusal | string> {
    const call = await this.loop.call(this.world, this.place);
    const decision = predict(this.world, call, account);
    const { untoldBecause } = this.loop;
    if (untoldBecause !== undefined && decision.outcome === 'cannot-tell') {
      return `cannot tell: ${untoldBecause}`;
    }
    if (decision.outcome !== 'refused') {
      throw new LoopError(`explain says ${decision.outcome} (${decision.because})`);
    }
    return decision;
  }

  async compare(met: Met, account: Account): Promise<string> {
    if (met === 'sign-in refused') return NO_TOKEN;
    const decision = await this.foretell(account);
    if (typeof decision === 'string') return decision;
    const partings = this.loop.partings ?? [];
    const differs = differences(met, decision);
    const unexplained = differs.filter((what) => !partings.some((one) => one.in === what));
    if (unexplained.length > 0) {
      throw new LoopError(`${unexplained.join(', ')}: predicted ${sayForetold(decision)}, got ${say(met)}`);
    }
    for (const { in: what, because } of partings) {
      if (differs.includes(what)) this.notes.push(`${what} differs: ${because}`);
      else if (this.world.name === 'MiniStack') throw new LoopError(`no longer true: ${because}`);
    }
    return sayForetold(decision);
  }

  /** Pastes the fix, whole and in order. Answers how many commands that were. */
  async paste({ fix }: Finding): Promise<number> {
    const { loop, world, place } = this;
    const values = loop.fill?.(world, place) ?? {};
    const printed = loop.unpasted === undefined ? fix.flatMap((step) => step.commands) : [];
    const commands = printed.map((line) => fillIn(line, values));
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
    if (loop.unpasted !== undefined) this.notes.push(`the printed commands are not run: ${loop.unpasted}`);
    const edited = commands.flatMap((line) =>
      loop.edit !== undefined && line.includes('file://') ? [loop.edit, line] : [line],
    );
    const { code, err, standIns } = await world.paste(edited);
    if (code !== 0) throw new LoopError(`the fix fails:\n${edited.join('\n')}\n${err}`);
    this.notes.push(...standIns);
    return commands.length;
  }
}

/** How the fix was made, in words. */
export const sayFixed = (loop: Loop, count: number): string =>
  [
    ...(count === 0 ? [] : [`${count} ${count === 1 ? 'command' : 'commands'}`]),
    ...(loop.byHand === undefined && loop.edit === undefined ? [] : ['by hand']),
  ].join(' and ');
