import { contains, parseBlock } from '../address';
import { compileGlob, matchGlob, type Variables } from '../glob';
import { all, not, type Truth } from '../truth';

/** Does one value of the policy fit one value of the request? `unknown` for what AWS would refuse to save: a malformed number, date or block. */
export type Comparison = (wanted: string, given: string, variables: Variables | null) => Truth;

export interface Operator {
  readonly negated: boolean;
  readonly compare: Comparison;
}

const text =
  (wild: boolean): Comparison =>
  (wanted, given, variables) =>
    matchGlob(compileGlob(wanted, wild, variables), given);

const ignoringCase: Comparison = (wanted, given, variables) => {
  const folded = variables === null ? null : (name: string) => variables(name)?.toLowerCase() ?? null;
  return matchGlob(compileGlob(wanted.toLowerCase(), false, folded), given.toLowerCase());
};

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const numberOf = (it: string): number | null => (NUMBER.test(it) ? Number(it) : null);

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/** Milliseconds of an ISO 8601 instant or of seconds since 1970; both forms are AWS's. */
const instantOf = (it: string): number | null => {
  if (/^\d+$/.test(it) && it.length > 4) return Number(it) * 1000;
  if (!INSTANT.test(it)) return null;
  const milliseconds = Date.parse(it);
  return Number.isNaN(milliseconds) ? null : milliseconds;
};

const ordered =
  (valueOf: (it: string) => number | null, holds: (given: number, wanted: number) => boolean): Comparison =>
  (wanted, given) => {
    const [left, right] = [valueOf(given), valueOf(wanted)];
    return left === null || right === null ? 'unknown' : holds(left, right);
  };

const isBool = (it: string): boolean => it === 'true' || it === 'false';

const bool: Comparison = (wanted, given) => {
  const [left, right] = [given.toLowerCase(), wanted.toLowerCase()];
  return isBool(left) && isBool(right) ? left === right : 'unknown';
};

const binary: Comparison = (wanted, given) =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(wanted) ? wanted === given : 'unknown';

const address: Comparison = (wanted, given) => {
  const [outer, inner] = [parseBlock(wanted), parseBlock(given)];
  return outer === null || inner === null ? 'unknown' : contains(outer, inner);
};

const componentsOf = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/** The six parts of an ARN are matched each for itself; ArnEquals knows wildcards too (IAM user guide, ARN condition operators). */
const arn: Comparison = (wanted, given, variables) => {
  // A variable may hold colons, which would move the parts.
  if (variables !== null && wanted.includes('${')) {
    return matchGlob(compileGlob(wanted, true, variables), given) === false ? false : 'unknown';
  }
  if (!wanted.startsWith('arn:') || wanted.split(':').length < 6) return wanted === '*' ? true : 'unknown';
  const parts = componentsOf(given);
  return all(componentsOf(wanted).map((part, index) => matchGlob(compileGlob(part), parts[index] ?? '')));
};

const negatable = (name: string, compare: Comparison): readonly (readonly [string, Operator])[] => {
  const at = /^(String|Numeric|Date|Arn)/.exec(name)?.[0].length ?? 0;
  return [
    [name, { negated: false, compare }],
    [`${name.slice(0, at)}Not${name.slice(at)}`, { negated: true, compare }],
  ];
};

const comparisons = (
  family: string,
  valueOf: (it: string) => number | null,
): readonly (readonly [string, Operator])[] => [
  ...negatable(
    `${family}Equals`,
    ordered(valueOf, (given, wanted) => given === wanted),
  ),
  [`${family}LessThan`, { negated: false, compare: ordered(valueOf, (given, wanted) => given < wanted) }],
  [
    `${family}LessThanEquals`,
    { negated: false, compare: ordered(valueOf, (given, wanted) => given <= wanted) },
  ],
  [`${family}GreaterThan`, { negated: false, compare: ordered(valueOf, (given, wanted) => given > wanted) }],
  [
    `${family}GreaterThanEquals`,
    { negated: false, compare: ordered(valueOf, (given, wanted) => given >= wanted) },
  ],
];

/** Every operator but Null, which asks for presence. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...negatable('StringEquals', text(false)),
  ...negatable('StringEqualsIgnoreCase', ignoringCase),
  ...negatable('StringLike', text(true)),
  ...comparisons('Numeric', numberOf),
  ...comparisons('Date', instantOf),
  ['Bool', { negated: false, compare: bool }],
  ['BinaryEquals', { negated: false, compare: binary }],
  ...negatable('IpAddress', address),
  ...negatable('ArnEquals', arn),
  ...negatable('ArnLike', arn),
]);

export const negation = (operator: Operator, matched: Truth): Truth =>
  operator.negated ? not(matched) : matched;
