import type { Place } from './account';

type Dictionary = Readonly<Record<string, unknown>>;

const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** An account stands for its root (IAM user guide, AWS account principals). */
const canonicalPrincipal = (kind: string, value: string, partition: string): string =>
  kind === 'AWS' && /^\d{12}$/.test(value) ? `arn:${partition}:iam::${value}:root` : value;

const canonicalPrincipals = (value: unknown, partition: string): unknown => {
  // `"*"` and `{"AWS":"*"}` name the same callers (POL-9).
  const principals = isDictionary(value) ? value : { AWS: value };
  return Object.fromEntries(
    Object.keys(principals)
      .sort()
      .map((kind) => [
        kind,
        sorted(listOf(principals[kind]).map((one) => canonicalPrincipal(kind, textOf(one), partition))),
      ]),
  );
};

/** One address is a range of one. */
const canonicalValue = (operator: string, value: unknown): string =>
  /IpAddress/i.test(operator) && /^[\d.]+$/.test(textOf(value)) ? `${textOf(value)}/32` : textOf(value);

/** Keys are case insensitive, the values of one key are a set (POL-32). */
const canonicalConditions = (value: unknown): unknown => {
  if (!isDictionary(value)) return value;
  return Object.keys(value)
    .sort()
    .map((operator) => {
      const keys = value[operator];
      if (!isDictionary(keys)) return [operator, keys];
      const tests = Object.entries(keys).map(([key, given]): readonly [string, readonly string[]] => [
        key.toLowerCase(),
        sorted(listOf(given).map((one) => canonicalValue(operator, one))),
      ]);
      return [operator, tests.sort(([one], [other]) => (one < other ? -1 : 1))];
    });
};

/**
 * A resource policy in a form that is equal for equal meaning: statement order, formatting, `Sid`, one value or a list of one, and the
 * short form `execute-api:/STAGE/VERB/PATH` for the full ARN of this API do not count (POL-14). Other short forms stay as written.
 * `null` when the text is no policy document.
 */
export const canonicalPolicy = (text: string, place: Place, apiId: string): string | null => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isDictionary(document)) return null;
  const expand = (resource: string): string =>
    resource.startsWith('execute-api:/')
      ? `arn:${place.partition}:execute-api:${place.region}:${place.accountId}:${apiId}${resource.slice('execute-api:'.length)}`
      : resource;
  const canonicalElement = (name: string, value: unknown): unknown => {
    switch (name) {
      case 'Principal':
      case 'NotPrincipal':
        return canonicalPrincipals(value, place.partition);
      case 'Action':
      case 'NotAction':
        return sorted(listOf(value).map((one) => textOf(one).toLowerCase()));
      case 'Resource':
      case 'NotResource':
        return sorted(listOf(value).map((one) => expand(textOf(one))));
      case 'Condition':
        return canonicalConditions(value);
      default:
        return value;
    }
  };
  const statements = listOf(document['Statement'] ?? []).map((statement) => {
    if (!isDictionary(statement)) return JSON.stringify(statement);
    const elements = Object.keys(statement)
      .filter((name) => name !== 'Sid')
      .sort()
      .map((name) => [name, canonicalElement(name, statement[name])])
      .filter(([name, value]) => name !== 'Condition' || !Array.isArray(value) || value.length > 0);
    return JSON.stringify(elements);
  });
  return JSON.stringify([document['Version'] ?? '2008-10-17', sorted(statements)]);
};
