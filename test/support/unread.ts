import type { Judgement } from '../../lambda/findings/judge';
import { findingId } from '../../lambda/findings/raised';
import type { Account } from '../../lambda/model/account';
import { unreadable } from '../../lambda/model/known';
import type { Rule } from '../../lambda/rules/rule';
import type { Reach } from '../../lambda/rules/verdict';

/** What a rule makes of an account, when one thing in it that the rule opens is unread. */
export type Answer =
  /** It flags less, more softly or nothing, and says what it could not tell. */
  | 'cannot tell'
  /** It flags the same, and says what else it could not tell. */
  | 'stands, cannot tell more'
  | 'stands'
  /** It flags less or more softly, and says nothing: its silence passes for an answer. */
  | 'lost in silence'
  /** It flags what it did not flag, or flags it louder: what is unread became a finding. */
  | 'flags more';

interface Unread {
  /** Where: `restApis.stages.snapshot.methods.scopes`; what a stage serves and the draft are one thing to rules on deployments. */
  readonly place: string;
  readonly answer: Answer;
}

interface Read {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly place: string;
  readonly known: object;
}

/** Each thing of the account that could be unread, by a parent that holds it. */
const readsIn = function* (value: unknown, place: readonly string[]): Generator<Read> {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(holder)) {
    const at = Array.isArray(value) ? place : [...place, key];
    if (typeof inner === 'object' && inner !== null && 'state' in inner && inner.state === 'known') {
      yield { holder, key, place: at.join('.'), known: inner };
      if ('value' in inner) yield* readsIn(inner.value, at);
    } else {
      yield* readsIn(inner, at);
    }
  }
};

/** Those whose state is asked for while the account is judged. */
const openedBy = (judge: (account: Account) => Judgement, account: Account): readonly Read[] => {
  const opened = new Set<Read>();
  const reads = [...readsIn(account, [])];
  for (const read of reads) {
    Object.defineProperty(read.known, 'state', {
      configurable: true,
      enumerable: true,
      get: () => (opened.add(read), 'known'),
    });
  }
  judge(account);
  const list = [...opened];
  for (const { known } of reads) {
    Object.defineProperty(known, 'state', { configurable: true, enumerable: true, value: 'known' });
  }
  return list;
};

const WEIGHT: Readonly<Record<Reach, number>> = { 'every-call': 2, 'some-calls': 1, possible: 0 };

/** How loud each fault is, those met now and those of the draft apart. */
const faultsIn = ({ raised }: Judgement): ReadonlyMap<string, number> =>
  new Map(
    raised.map(({ rule, flag, of }) => [
      `${of} ${findingId(rule.id, flag)}`,
      WEIGHT[flag.reach ?? rule.reach],
    ]),
  );

const compare = (before: Judgement, after: Judgement): Answer | null => {
  const [had, has] = [faultsIn(before), faultsIn(after)];
  const told =
    after.untold.length > before.untold.length ||
    after.untold.some(({ verdict }) => verdict.gap.operation === 'Test');
  if ([...has].some(([id, weight]) => weight > (had.get(id) ?? -1))) return 'flags more';
  if ([...had].some(([id, weight]) => weight > (has.get(id) ?? -1))) {
    return told ? 'cannot tell' : 'lost in silence';
  }
  if (told) return had.size === 0 ? 'cannot tell' : 'stands, cannot tell more';
  return had.size === 0 ? null : 'stands';
};

/** To a rule on deployments, what a stage serves, its canary and the draft are the same. */
const asRuleSees = (rule: Rule, place: string): string =>
  rule.scope === 'deployment'
    ? place.replace(/^restApis\.(?:draft|stages\.(?:canary\.)?snapshot)\./, 'deployment.')
    : place;

/**
 * What a rule answers when each thing that it opens is unread in turn. No read is taken for what it does not hold: that would be a
 * finding out of nothing, or a fault that went away unsaid.
 *
 * @param judge judges an account as it is, without copying it
 */
export const answersUnread = function* (
  rule: Rule,
  given: Account,
  judge: (account: Account) => Judgement,
): Generator<Unread> {
  // Through text, because rows share a draft with the stages that serve it, and each is a read of its own.
  const account = JSON.parse(JSON.stringify(given)) as Account;
  const opened = openedBy(judge, account);
  const before = judge(structuredClone(account));
  for (const { holder, key, place, known } of opened) {
    holder[key] = unreadable({ because: 'denied', operation: 'Test', subject: place, detail: place });
    // Copied, because answers are kept with the lists and pools that they are about.
    const answer = compare(before, judge(structuredClone(account)));
    holder[key] = known;
    if (answer !== null) yield { place: asRuleSees(rule, place), answer };
  }
};
