import { keptWith } from '../model/kept';
import { isKnown, valueOr, type Known, type Unreadable } from '../model/known';
import { methodLabel, type Method } from '../model/method';
import type { Authorizer, Snapshot } from '../model/rest-api';
import { resolveVariables } from '../model/stage-variables';

/** Two states of one API: what a stage serves against the draft, or a canary against its stage. */
export interface Pairing {
  readonly onlyLeft: readonly Method[];
  readonly onlyRight: readonly Method[];
  readonly both: readonly (readonly [Method, Method])[];
}

/** Paths that differ only in the names of their parameters take the same calls: AWS allows one parameter below a resource. */
const shapeOf = ({ verb, path }: Method): string => `${verb} ${path.replaceAll(/\{[^}+]*(\+?)\}/g, '{$1}')}`;

/** Four rules compare every stage with one draft. */
const byShapeOf = keptWith(
  (methods: readonly Method[]): ReadonlyMap<string, Method> =>
    new Map(methods.map((method) => [shapeOf(method), method])),
);

export const pairMethods = (left: readonly Method[], right: readonly Method[]): Pairing => {
  const byShape = byShapeOf(right);
  const both: (readonly [Method, Method])[] = [];
  const onlyLeft: Method[] = [];
  for (const method of left) {
    const other = byShape.get(shapeOf(method));
    if (other === undefined) onlyLeft.push(method);
    else both.push([method, other]);
  }
  const paired = new Set(both.map(([, other]) => other));
  return { onlyLeft, onlyRight: right.filter((method) => !paired.has(method)), both };
};

/** One property that differs, in AWS's words. */
export interface Difference {
  readonly field: string;
  readonly left: string;
  readonly right: string;
}

type Variables = Readonly<Record<string, string>>;

/** A snapshot with the stage variables in force for it. */
export interface Side {
  readonly snapshot: Snapshot;
  readonly variables: Variables;
}

const resolved = (text: string, variables: Variables): string => resolveVariables(text, variables) ?? text;

/** Header names are case insensitive, and AWS reads a missing source of these kinds as the Authorization header. */
const identitySourcesOf = (authorizer: Authorizer): readonly string[] => {
  const { identitySources, kind } = authorizer;
  const given =
    identitySources.length === 0 && kind !== 'REQUEST'
      ? ['method.request.header.Authorization']
      : identitySources;
  return given
    .map((source) => (source.startsWith('method.request.header.') ? source.toLowerCase() : source))
    .sort();
};

/** LAM-9; Cognito authorizers have no time to live that counts (COG-26). */
const ttlOf = ({ kind, resultTtl }: Authorizer): number | null =>
  kind === 'COGNITO_USER_POOLS' ? null : (resultTtl ?? 300);

type Property = string | number | null | readonly string[];

const shown = (value: Property): string => {
  if (value === null) return 'none';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value.length === 0 ? 'none' : value.join(', ');
};

/** What differs between two authorizers for a caller: never ids, names or the order of a set. */
export const authorizerDifferences = (
  [left, right]: readonly [Authorizer, Authorizer],
  [leftVariables, rightVariables]: readonly [Variables, Variables],
): readonly Difference[] => {
  const propertiesOf = (
    authorizer: Authorizer,
    variables: Variables,
  ): Readonly<Record<string, Property>> => ({
    type: authorizer.kind,
    providerARNs: [...new Set(authorizer.providerArns.map((arn) => resolved(arn, variables)))].sort(),
    authorizerUri: authorizer.uri === null ? null : resolved(authorizer.uri, variables),
    authorizerCredentials: authorizer.credentials === '' ? null : authorizer.credentials,
    identitySource: identitySourcesOf(authorizer).map((source) => resolved(source, variables)),
    identityValidationExpression:
      authorizer.validationExpression === '' ? null : authorizer.validationExpression,
    authorizerResultTtlInSeconds: ttlOf(authorizer),
  });
  const [before, after] = [propertiesOf(left, leftVariables), propertiesOf(right, rightVariables)];
  return Object.keys(before).flatMap((field) => {
    const [one, other] = [shown(before[field] ?? null), shown(after[field] ?? null)];
    return one === other ? [] : [{ field, left: one, right: other }];
  });
};

export interface Comparison<T> {
  readonly differences: readonly T[];
  /** Reads without which it cannot be told whether there are more. */
  readonly gaps: readonly Unreadable[];
}

export const gapsAmong = (reads: readonly Known<unknown>[]): readonly Unreadable[] =>
  reads.flatMap((read) => (isKnown(read) ? [] : [read]));

const byAuthorizer = (type: string | null): boolean => type === 'CUSTOM' || type === 'COGNITO_USER_POOLS';

/** The authorizer a method names, or the bare key where the snapshot has no such authorizer. */
const namedAuthorizer = (side: Side, method: Method): Known<Authorizer | string | null> => {
  const { authorizer } = method;
  const { authorizers } = side.snapshot;
  if (!isKnown(authorizer)) return authorizer;
  if (authorizer.value === null) return { state: 'known', value: null };
  if (!isKnown(authorizers)) return authorizers;
  const key = authorizer.value;
  return { state: 'known', value: authorizers.value.find((one) => one.key === key) ?? key };
};

const nameOf = (authorizer: Authorizer | string | null): string =>
  authorizer === null ? 'none' : typeof authorizer === 'string' ? authorizer : authorizer.name;

/** How the two forms of one method differ in what they ask of a caller. Authorizers of one name count as one here. */
export const authorizationDifferences = (
  [left, right]: readonly [Method, Method],
  [leftSide, rightSide]: readonly [Side, Side],
): Comparison<Difference> => {
  const differences: Difference[] = [];
  const gaps: Unreadable[] = [];
  const compare = <T>(
    field: string,
    one: Known<T>,
    other: Known<T>,
    text: (value: T) => string,
    same?: (one: T, other: T) => boolean,
  ): void => {
    if (!isKnown(one) || !isKnown(other)) {
      gaps.push(...gapsAmong([one, other]));
      return;
    }
    const [before, after] = [text(one.value), text(other.value)];
    if (before !== after && same?.(one.value, other.value) !== true) {
      differences.push({ field, left: before, right: after });
    }
  };
  compare('authorizationType', left.authorizationType, right.authorizationType, String);
  compare('apiKeyRequired', left.apiKeyRequired, right.apiKeyRequired, String);
  const type = valueOr(left.authorizationType, null);
  if (type !== valueOr(right.authorizationType, null)) return { differences, gaps };
  if (byAuthorizer(type)) {
    compare(
      'authorizer',
      namedAuthorizer(leftSide, left),
      namedAuthorizer(rightSide, right),
      nameOf,
      (one, other) =>
        typeof one === 'object' &&
        typeof other === 'object' &&
        one !== null &&
        other !== null &&
        authorizerDifferences([one, other], [leftSide.variables, rightSide.variables]).length === 0,
    );
  }
  if (type === 'COGNITO_USER_POOLS') {
    compare('authorizationScopes', left.scopes, right.scopes, (scopes) =>
      scopes.length === 0 ? 'none' : [...new Set(scopes)].sort().join(', '),
    );
  }
  return { differences, gaps };
};

export interface MethodDifference {
  readonly method: Method;
  readonly differences: readonly Difference[];
}

/** All methods of both sides that ask different things of a caller. */
export const differingMethods = (
  pairs: Pairing['both'],
  sides: readonly [Side, Side],
): Comparison<MethodDifference> => {
  const compared = pairs.map((pair) => ({ method: pair[0], ...authorizationDifferences(pair, sides) }));
  return {
    differences: compared.filter(({ differences }) => differences.length > 0),
    gaps: compared.flatMap(({ gaps }) => gaps),
  };
};

export interface AuthorizerDifference {
  readonly authorizer: Authorizer;
  readonly differences: readonly Difference[];
  /** Methods of the left side that name it. */
  readonly methods: readonly Method[];
}

/** Authorizers of one name that methods of the left side use and that are set up differently on the right. */
export const differingAuthorizers = ([left, right]: readonly [
  Side,
  Side,
]): Comparison<AuthorizerDifference> => {
  const [methods, before, after] = [
    left.snapshot.methods,
    left.snapshot.authorizers,
    right.snapshot.authorizers,
  ];
  if (!isKnown(methods) || !isKnown(before) || !isKnown(after)) {
    return { differences: [], gaps: gapsAmong([methods, before, after]) };
  }
  const differences = before.value.flatMap((authorizer) => {
    const other = after.value.find(({ name }) => name === authorizer.name);
    const usedBy = methods.value.filter((method) => valueOr(method.authorizer, null) === authorizer.key);
    if (other === undefined || usedBy.length === 0) return [];
    const found = authorizerDifferences([authorizer, other], [left.variables, right.variables]);
    return found.length === 0 ? [] : [{ authorizer, differences: found, methods: usedBy }];
  });
  return { differences, gaps: gapsAmong(methods.value.map((method) => method.authorizer)) };
};

/** One gap for each read, however many methods met it. */
export const distinctGaps = (gaps: readonly Unreadable[]): readonly Unreadable[] => [
  ...new Map(gaps.map((gap) => [`${gap.operation}\n${gap.subject}\n${gap.because}`, gap])).values(),
];

/** `GET /a: authorizationType is AWS_IAM deployed and NONE in the draft`, as evidence and messages say it. */
export const describe = (
  { method, differences }: MethodDifference,
  [left, right]: readonly [string, string],
): string =>
  `${methodLabel(method)} has ${differences
    .map((one) => `${one.field} ${one.left} ${left} and ${one.right} ${right}`)
    .join(', ')}`;
