import type { FunctionEntry, Place, Slices } from '../model/account';
import { parseArn } from '../model/arn';
import { known, unreadable, type Known, type Unreadable } from '../model/known';

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

type Answer = 'yes' | 'no' | 'unclear';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

/** IAM globs, in time linear in pattern times text. */
const glob = (pattern: string, text: string): boolean => {
  let row = Array.from({ length: text.length + 1 }, (_, index) => index === 0);
  for (const char of pattern) {
    const next = [char === '*' && row[0] === true];
    for (let at = 1; at <= text.length; at += 1) {
      if (char === '*') next.push(row[at] === true || next[at - 1] === true);
      else next.push(row[at - 1] === true && (char === '?' || char === text[at - 1]));
    }
    row = next;
  }
  return row[text.length] === true;
};

const partsOfArn = (arn: string): readonly string[] => {
  const split = arn.split(':');
  return [...split.slice(0, 5), split.slice(5).join(':')];
};

/** ARNs match part by part: a wildcard of the pattern does not reach over a colon, but in the last part. */
const arnLike = (pattern: string, text: string): boolean => {
  const wanted = partsOfArn(pattern);
  return partsOfArn(text).every((part, index) => glob(wanted[index] ?? '', part));
};

const all = (answers: readonly Answer[]): Answer =>
  answers.includes('no') ? 'no' : answers.includes('unclear') ? 'unclear' : 'yes';
const any = (answers: readonly Answer[]): Answer =>
  answers.includes('yes') ? 'yes' : answers.includes('unclear') ? 'unclear' : 'no';
const answer = (holds: boolean): Answer => (holds ? 'yes' : 'no');

const matchesText = (operator: string, pattern: string, text: string): Answer => {
  switch (operator) {
    case 'stringequals':
      return answer(pattern === text);
    case 'stringequalsignorecase':
      return answer(pattern.toLowerCase() === text.toLowerCase());
    case 'stringlike':
      return answer(glob(pattern, text));
    case 'arnequals':
    case 'arnlike':
      return answer(arnLike(pattern, text));
    default:
      return 'unclear';
  }
};

/** A source whose id is unknown (`*`) is matched by what matches every id, and perhaps by more. */
const matchesSource = (operator: string, pattern: string, source: string): Answer => {
  if (!source.includes('*')) return matchesText(operator, pattern, source);
  const sample = matchesText(operator, pattern, source.replaceAll('*', 'x0x0x0'));
  if (sample !== 'no') return sample;
  const before = source.slice(0, source.indexOf('*'));
  return pattern.startsWith(before) ? 'unclear' : 'no';
};

const judgeCondition = (condition: unknown, call: Invocation): Answer => {
  if (condition === undefined) return 'yes';
  if (!isRecord(condition)) return 'unclear';
  const answers = Object.entries(condition).flatMap(([operator, keys]): readonly Answer[] => {
    if (!isRecord(keys)) return ['unclear'];
    const plain = operator.toLowerCase().replace(/ifexists$/, '');
    return Object.entries(keys).map(([key, values]): Answer => {
      const patterns = textsOf(values);
      if (key.toLowerCase() === 'aws:sourcearn') {
        return any(patterns.map((pattern) => matchesSource(plain, pattern, call.sourceArn)));
      }
      if (key.toLowerCase() === 'aws:sourceaccount') {
        return any(patterns.map((pattern) => matchesText(plain, pattern, call.sourceAccount)));
      }
      return 'unclear';
    });
  });
  return all(answers);
};

const judgePrincipal = (principal: unknown, service: string): Answer => {
  if (principal === '*') return 'yes';
  if (!isRecord(principal)) return 'no';
  if (textsOf(principal['AWS']).includes('*')) return 'yes';
  const services = textsOf(principal['Service']);
  if (services.some((one) => one === service || one === '*')) return 'yes';
  // Regional or partition forms of the name: whether they stand for this caller is not documented.
  const [name = ''] = service.split('.');
  return services.some((one) => one.startsWith(`${name}.`)) ? 'unclear' : 'no';
};

const judgeStatement = (statement: Record<string, unknown>, call: Invocation): Answer => {
  if (statement['NotAction'] !== undefined || statement['NotPrincipal'] !== undefined) return 'unclear';
  const action = answer(
    textsOf(statement['Action']).some((pattern) => glob(pattern.toLowerCase(), 'lambda:invokefunction')),
  );
  return all([
    action,
    judgePrincipal(statement['Principal'], call.service),
    judgeCondition(statement['Condition'], call),
  ]);
};

const parse = (text: string): readonly Record<string, unknown>[] | null => {
  try {
    const document: unknown = JSON.parse(text);
    if (!isRecord(document)) return null;
    const statements = document['Statement'];
    return (Array.isArray(statements) ? statements : [statements]).filter(isRecord);
  } catch {
    return null;
  }
};

/**
 * May a service invoke a function, by the function's own policy (LAM-14, LAM-15)? The policy is that of the qualifier the function is
 * called with. Conditions other than on the source are not decided, and come back as a gap.
 */
export const invocationOf = (policy: string | null, call: Invocation): 'allowed' | 'refused' | Unreadable => {
  if (policy === null) return 'refused';
  const gap = (detail: string): Unreadable =>
    unreadable({ because: 'unsupported', operation: 'GetPolicy', subject: call.functionArn, detail });
  const statements = parse(policy);
  if (statements === null) return gap(`the policy of function ${call.functionArn} could not be parsed`);
  const judged = statements.map((statement) => ({
    effect: statement['Effect'],
    answer: judgeStatement(statement, call),
  }));
  const of = (effect: string): Answer =>
    any(judged.filter((one) => one.effect === effect).map((one) => one.answer));
  const [allows, denies] = [of('Allow'), of('Deny')];
  if (denies === 'yes' || allows === 'no') return 'refused';
  if (allows === 'yes' && denies === 'no') return 'allowed';
  return gap(`the policy of function ${call.functionArn} has conditions that could not be worked out`);
};

/** May API Gateway invoke this function for an authorizer? An authorizer that the draft lost has no id any more: `null`. */
export const mayInvokeAuthorizer = (
  policy: string | null,
  functionArn: string,
  place: Place,
  apiId: string,
  authorizerId: string | null,
): 'yes' | 'no' | 'cannot-tell' => {
  const answered = invocationOf(policy, {
    service: 'apigateway.amazonaws.com',
    sourceArn: authorizerSourceArn(place, apiId, authorizerId),
    sourceAccount: place.accountId,
    functionArn,
  });
  if (typeof answered !== 'string') return 'cannot-tell';
  return answered === 'allowed' ? 'yes' : 'no';
};
