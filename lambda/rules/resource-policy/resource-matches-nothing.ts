import { bestCase, callsOf, reachesOf } from '../../gateway/policy/best-case';
import {
  reachesCall,
  withPatterns,
  type CompiledPolicy,
  type CompiledStatement,
} from '../../gateway/policy/compile';
import { deadPattern, type DeadPattern } from '../../gateway/policy/mend';
import type { JsonObject, Statement } from '../../gateway/policy/parse';
import { expandShortForm } from '../../gateway/policy/resource';
import { gains } from '../../gateway/policy/search';
import { agree, listMethods, quote } from '../phrases';
import {
  amendPolicy,
  amendStatements,
  isOneOf,
  labelStatements,
  openPolicy,
  statementEvidence,
  statementsKey,
  type JudgedMethod,
  type PolicyView,
} from '../policies';
import { deploymentRule } from '../rule';
import { affectedOf } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, flag, type Flag } from '../verdict';

interface Culprit {
  readonly at: CompiledStatement;
  readonly dead: readonly DeadPattern[];
  readonly index: number;
  /** All patterns of the statement, these as they were probably meant. */
  readonly meant: readonly string[];
}

/** Patterns that end in `APIID/`, as in AWS's samples: probably an asterisk was lost, but that they match nothing is not certain (POL-18). */
const lostAsterisks = (view: PolicyView, { patterns }: CompiledStatement): readonly DeadPattern[] =>
  patterns.flatMap(({ written, lostAsterisk }) => {
    const full = expandShortForm(written, view.compiled.prefix);
    return lostAsterisk && full === `${view.compiled.prefix}/`
      ? [
          {
            written,
            fault: 'no stage, verb and path after the API id',
            elsewhere: false,
            meant: `${full}*`,
            printed: `${full}*`,
          },
        ]
      : [];
  });

const culpritsBy = (
  view: PolicyView,
  deadOf: (at: CompiledStatement) => readonly DeadPattern[],
): readonly Culprit[] =>
  view.compiled.statements.flatMap((at, index): readonly Culprit[] => {
    const { effect, resources } = at.statement;
    if (effect !== 'Allow' || resources === null || resources.not || at.action === false) return [];
    const dead = deadOf(at);
    if (dead.length === 0) return [];
    const meant = resources.patterns.map(
      (pattern) => dead.find(({ written }) => written === pattern)?.meant ?? pattern,
    );
    return [{ at, dead, index, meant }];
  });

/** The policy with the patterns of one statement as they were probably meant. */
const mend = (view: PolicyView, { index, meant }: Culprit): CompiledPolicy =>
  withPatterns(view.compiled, new Map([[index, meant]]));

/** Would the method have a caller, if the patterns were as meant? */
const opens = (mended: CompiledPolicy, { question }: JudgedMethod): boolean =>
  bestCase(mended, question).verdict === 'admits';

const covers = (mended: CompiledPolicy, { index }: Culprit, { question }: JudgedMethod): boolean => {
  const statement = mended.statements[index];
  return (
    statement !== undefined &&
    callsOf(mended, question).some((call) => reachesCall(statement, call) !== false)
  );
};

/** Would some caller get in who now does not, if the patterns were as meant? */
const admitsMore = (view: PolicyView, mended: CompiledPolicy, { question }: JudgedMethod): boolean =>
  callsOf(mended, question).some((call) =>
    gains(view.compiled, reachesOf(view.compiled, call), reachesOf(mended, call), question),
  );

const raise = (
  view: PolicyView,
  culprits: readonly Culprit[],
  methods: readonly JudgedMethod[],
  certain: boolean,
): Flag => {
  const { deployment, compiled } = view;
  const plain = methods.map(({ method }) => method);
  const statements = culprits.map(({ at }) => at);
  const dead = culprits.flatMap((culprit) => culprit.dead);
  const isCulprit = isOneOf(view, statements);
  const full = (pattern: string): string => expandShortForm(pattern, compiled.prefix);
  const printed = (pattern: string): string =>
    dead.find(({ written }) => full(written) === full(pattern))?.printed ?? pattern;
  const step = `Name calls of this API in the Resource of ${labelStatements(statements)}.`;
  const corrected = ({ source, resources }: Statement): JsonObject => ({
    ...source,
    Resource: (resources?.patterns ?? []).map(printed),
  });
  const [first] = dead;
  const more = dead.length > 1 ? ` and ${dead.length - 1} more` : '';
  return flag({
    subject: view.subject,
    key: statementsKey(view, statements),
    ...(certain ? {} : { reach: 'some-calls' as const }),
    affected: affectedOf(deployment, plain),
    message: `Resource ${quote(first?.written ?? '')}${more} in the Allow of ${labelStatements(statements)} ${
      certain || first?.elsewhere === true ? '' : 'likely '
    }${agree(dead.length, 'matches', 'match')} no call of this API: ${first?.fault ?? ''}. ${
      certain ? 'Nothing else allows' : 'Those whom it is meant for cannot call'
    } ${listMethods(plain)}.`,
    evidence: statementEvidence(view, statements),
    fix: certain
      ? amendPolicy(view, methods, {
          step,
          change: (statement) => (isCulprit(statement) ? corrected(statement) : statement.source),
        })
      : amendStatements(view, statements, { step, change: corrected }),
  });
};

export default deploymentRule({
  id: 'resource-policy/resource-matches-nothing',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'An Allow of the resource policy names a Resource that no call of the API has',
  why: 'A call is compared with arn:aws:execute-api:REGION:ACCOUNT:API-ID/STAGE/VERB/path, letter by letter and case included. A policy copied from another API, Region or account, a stage or path that does not exist, or a path template such as {id} in place of a wildcard matches no call, and what nothing allows is refused.',
  fix: [
    'Name the calls of this API in Resource; the short form execute-api:/STAGE/VERB/path fills in Region, account and API id. Then deploy the API.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html',
  ],
  facts: ['POL-14', 'POL-15', 'POL-16', 'POL-17', 'POL-18', 'POL-19'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null) return;
    const { api } = deployment;
    const dead = culpritsBy(view, ({ patterns }) =>
      patterns.flatMap(({ written }) => deadPattern(written, view.compiled.prefix, api) ?? []),
    );
    const silent = view.methods.filter(({ best }) => best.verdict === 'no-allow');
    const others = view.methods.filter(({ best }) => best.verdict === 'admits');
    const mended = withPatterns(view.compiled, new Map(dead.map(({ index, meant }) => [index, meant])));
    const refused = silent.filter((judged) => opens(mended, judged));
    const causes = dead.filter((culprit) => refused.some((judged) => covers(mended, culprit, judged)));
    if (refused.length > 0) yield raise(view, causes, refused, true);
    for (const culprit of dead) {
      if (causes.includes(culprit) || !culprit.dead.some(({ elsewhere }) => elsewhere)) continue;
      const alone = mend(view, culprit);
      const limited = others.filter((judged) => admitsMore(view, alone, judged));
      if (limited.length > 0) yield raise(view, [culprit], limited, false);
    }
    const open = view.methods.filter(({ best }) => best.verdict === 'cannot-tell');
    for (const culprit of culpritsBy(view, (at) => lostAsterisks(view, at))) {
      const alone = mend(view, culprit);
      const doubtful = open.filter((judged) => opens(alone, judged));
      if (doubtful.length > 0) yield raise(view, [culprit], doubtful, false);
    }
  },
});
