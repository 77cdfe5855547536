import type { FunctionEntry, Place, Slices } from '../model/account';
import { parseArn } from '../model/arn';
import { known, unreadable, type Known, type Unreadable } from '../model/known';
import { readPolicy } from './policy-texts';
import { evaluateConditions } from './policy/conditions/condition';
import type { Policy, PrincipalClause, Statement } from './policy/parse';
import { matchActions } from './policy/resource';
import { all, any, not, type Truth } from './policy/truth';

/** The function that an authorizer's URI calls (LAM-16); `null` for URIs of another form. */
export const functionArnOf = (uri: string): string | null =>
  /^arn:[a-z-]+:apigateway:[a-z0-9-]*:lambda:path\/[^/]+\/functions\/(arn:[^/]+)\/invocations$/.exec(
    uri,
  )?.[1] ?? null;

/** What was read of a function; one of another account can hardly be read, and is never called missing (LAM-18). */
export const functionBehind = (
  arn: string,
  functions: Slices['functions'],
  place: Place,
): Known<FunctionEntry> => {
  const gap = (detail: string): Unreadable =>
    unreadable({ because: 'unsupported', operation: 'GetFunctionConfiguration', subject: arn, detail });
  const parsed = parseArn(arn);
  if (parsed?.service !== 'lambda') return gap(`${arn} is not the ARN of a function`);
  if (parsed.accountId !== place.accountId) return gap(`the function ${arn} belongs to another account`);
  const entry = functions.find((one) => one.arn === arn);
  return entry === undefined ? gap(`the function ${arn} was not read`) : known(entry);
};

export interface Invocation {
  /** Service principal: apigateway.amazonaws.com. */
  readonly service: string;
  /** What the service calls for: an authorizer's execute-api ARN, a user pool's ARN. `*` in it stands for an unknown part. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
  /** Qualifier included. */
  readonly functionArn: string;
}

/** The ARN that API Gateway calls an authorizer's function for; it exists only for conditions (LAM-14). */
export const authorizerSourceArn = (place: Place, apiId: string, authorizerId: string | null): string =>
  `arn:${place.partition}:execute-api:${place.region}:${place.accountId}:${apiId}/authorizers/${authorizerId ?? '*'}`;

const matchService = (principal: PrincipalClause | null, service: string): Truth => {
  if (principal === null) return false;
  if (principal.not) return 'unknown';
  const services = principal.entries.filter(({ type }) => type === 'Service').map(({ value }) => value);
  if (principal.anyone || services.some((one) => one === service || one === '*')) return true;
  // Regional or partition forms of the name: whether they stand for this caller is not documented.
  const name = service.slice(0, service.indexOf('.') + 1);
  return services.some((one) => one.startsWith(name)) ? 'unknown' : false;
};

/** Do the statements of one effect speak of a call that comes for this source? */
const speaks = (
  policy: Policy,
  effect: Statement['effect'],
  { service, sourceAccount }: Invocation,
  sourceArn: string,
): Truth => {
  const keys = new Map([
    ['aws:sourcearn', [sourceArn]],
    ['aws:sourceaccount', [sourceAccount]],
  ]);
  return any(
    policy.statements
      .filter((statement) => statement.effect === effect)
      .map(({ principal, actions, conditions }) =>
        all([
          actions !== null && matchActions(actions, 'lambda:InvokeFunction'),
          matchService(principal, service),
          evaluateConditions(conditions, keys, policy.variables),
        ]),
      ),
  );
};

/** What the source may be where its id is not known: one that nobody thought of, or one that the policy names. */
const sourcesOf = (policy: Policy, sourceArn: string): readonly string[] => {
  if (!sourceArn.endsWith('*')) return [sourceArn];
  const start = sourceArn.slice(0, -1);
  const named = policy.statements.flatMap(({ conditions }) => conditions.flatMap(({ values }) => values));
  return [`${start}x0x0x0`, ...named.filter((value) => value.startsWith(start))];
};

/**
 * May a service invoke a function, by the function's own policy (LAM-14, LAM-15)? The policy is that of the qualifier the function is
 * called with. Conditions other than on the source are not decided, and come back as a gap.
 */
export const invocationOf = (policy: string | null, call: Invocation): 'allowed' | 'refused' | Unreadable => {
  const parsed = policy === null ? ({ kind: 'none' } as const) : readPolicy(policy);
  if (parsed.kind === 'none') return 'refused';
  const gap = (detail: string): Unreadable =>
    unreadable({ because: 'unsupported', operation: 'GetPolicy', subject: call.functionArn, detail });
  if (parsed.kind === 'fault') return gap(`the policy of function ${call.functionArn} could not be parsed`);
  const answers = sourcesOf(parsed.policy, call.sourceArn).map((source) =>
    all([speaks(parsed.policy, 'Allow', call, source), not(speaks(parsed.policy, 'Deny', call, source))]),
  );
  if (answers.every((answer) => answer === false)) return 'refused';
  return answers.every((answer) => answer === true)
    ? 'allowed'
    : gap(`the policy of function ${call.functionArn} has conditions that could not be worked out`);
};
