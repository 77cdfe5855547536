import { matches } from '../../gateway/policy/glob';
import type { JsonObject, Statement } from '../../gateway/policy/parse';
import { VERBS } from '../../gateway/policy/verbs';
import { listMethods, listNames } from '../phrases';
import {
  amendPolicy,
  isOneOf,
  openPolicy,
  resourcesFor,
  statementEvidence,
  statementsKey,
} from '../policies';
import { closedPreflights } from '../preflights';
import { deploymentRule } from '../rule';
import { affectedOf } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, flag } from '../verdict';

const OTHER_VERBS = VERBS.filter((verb) => verb !== 'OPTIONS');

/** The same pattern for all verbs but OPTIONS: one for each where it leaves the verb open, none where it names OPTIONS. */
const otherVerbs = (pattern: string): readonly string[] => {
  if (pattern === '*') return OTHER_VERBS.map((verb) => `execute-api:/*/${verb}/*`);
  const parts = pattern.split('/');
  // Without a verb and a path it fits no call (POL-17), and must not begin to.
  if (parts.length < 4 && !pattern.endsWith('*')) return [pattern];
  const [api = '', stage = '*', verb = '*', ...path] = parts;
  if (!matches(verb, 'OPTIONS')) return [pattern];
  const rest = path.length === 0 ? ['*'] : path;
  return OTHER_VERBS.filter((other) => matches(verb, other)).map((other) =>
    [api, stage, other, ...rest].join('/'),
  );
};

/** A Deny that spares these preflights and denies all else that it denied; `null` where nothing is left of it. */
const withoutPreflight = (statement: Statement, preflights: readonly string[]): JsonObject | null => {
  const { resources, source } = statement;
  if (resources === null) return source;
  if (resources.not) return { ...source, NotResource: [...resources.patterns, ...preflights] };
  const left = resources.patterns.flatMap(otherVerbs);
  return left.length === 0 ? null : { ...source, Resource: left };
};

export default deploymentRule({
  id: 'resource-policy/excludes-preflight',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'some-calls',
  title: 'The resource policy admits the verbs of a path but not its CORS preflight',
  why: 'A browser asks with OPTIONS before it sends the call. The policy refuses the question to everybody, so browsers never send the call that the policy would admit; other clients get through.',
  fix: ['Allow OPTIONS on these paths in the whole policy document, and deploy the API.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html',
  ],
  facts: ['POL-1', 'CRS-1'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null) return;
    const closed = closedPreflights(view);
    if (closed.length === 0) return;
    const methods = closed.map(({ method }) => method);
    const denying = new Set(closed.flatMap(({ best }) => best.denying));
    const denies = view.compiled.statements.filter((_, index) => denying.has(index));
    const isDeny = isOneOf(view, denies);
    const paths = new Set(methods.map(({ path }) => path));
    const verbs = view.methods
      .filter(({ best }) => best.verdict === 'admits')
      .map(({ method }) => method)
      .filter(({ path }) => paths.has(path));
    yield flag({
      subject: view.subject,
      key: denies.length === 0 ? 'not allowed' : statementsKey(view, denies),
      affected: affectedOf(deployment, methods),
      message: `The policy admits callers to ${listMethods(verbs)}, but nobody to ${listMethods(methods)}, which browsers call first.`,
      evidence: statementEvidence(view, denies.length > 0 ? denies : view.compiled.statements.slice(0, 3)),
      fix: amendPolicy(view, closed, {
        step: `Allow the preflight of ${listNames([...paths])}${denies.length === 0 ? '' : ', and take OPTIONS out of the Deny'}.`,
        change: (statement) =>
          isDeny(statement)
            ? withoutPreflight(statement, resourcesFor(deployment.stage.name, methods))
            : statement.source,
        add: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'execute-api:Invoke',
            Resource: resourcesFor(deployment.stage.name, methods),
          },
        ],
      }),
    });
  },
});
