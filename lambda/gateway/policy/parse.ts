/** A JSON value as a policy may hold it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Who a statement is about. `not`: NotPrincipal. */
export interface PrincipalClause {
  readonly not: boolean;
  /** `*`, or `{"AWS": "*"}` (POL-9). */
  readonly anyone: boolean;
  /** `type` is AWS, Federated, Service, CanonicalUser. */
  readonly entries: readonly { readonly type: string; readonly value: string }[];
}

/** Action or NotAction, Resource or NotResource. */
export interface PatternClause {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

/** One key of one operator; its values are ORed, conditions are ANDed (POL-32). */
export interface Condition {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** As written; compare in lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** From 0, as in the document. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  /** `null` where the statement has none; AWS would not save it so. */
  readonly principal: PrincipalClause | null;
  readonly actions: PatternClause | null;
  readonly resources: PatternClause | null;
  readonly conditions: readonly Condition[];
  /** Why what the statement says cannot be known; `null` where it can. */
  readonly doubt: string | null;
  /** As it stands in the document. */
  readonly source: JsonObject;
}

export interface Policy {
  readonly statements: readonly Statement[];
  /** Policy variables are replaced only in the language of 2012-10-17; before, they are plain text. */
  readonly variables: boolean;
  /** The whole document, to be printed again with a change. */
  readonly document: JsonObject;
}

/** `none`: an empty text or an empty object, which stand for "no policy" (POL-22). */
export type Parsed =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'none' }
  | { readonly kind: 'fault'; readonly because: string };

/** AWS allows 8,192 characters, more on request (POL-21); far beyond that the text is no policy. */
const LONGEST = 4_000_000;
/** A policy nests five levels. */
const DEEPEST = 16;

class Fault extends Error {}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nesting of brackets outside strings, counted without recursion. */
const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
};

const decode = (text: string): JsonValue | undefined => {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};

/** The document in a text: plain, or in either of the escaped forms that AWS's tools hand on (POL-22). */
const decodeDocument = (text: string): JsonValue | undefined => {
  const direct = decode(text);
  if (typeof direct === 'string') return decode(direct);
  if (direct !== undefined) return direct;
  const inner = decode(`"${text}"`);
  return typeof inner === 'string' ? decode(inner) : undefined;
};

const textsOf = (value: JsonValue, what: string): readonly string[] => {
  const items: readonly JsonValue[] =
    typeof value === 'string' ? [value] : Array.isArray(value) ? value : [null];
  return items.map((item) => {
    if (typeof item === 'string') return item;
    throw new Fault(`${what} is neither a text nor a list of texts`);
  });
};

const clauseOf = (source: JsonObject, name: string, at: string): PatternClause | null => {
  const [plain, negated] = [source[name], source[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) throw new Fault(`${at} has both ${name} and Not${name}`);
  if (plain !== undefined) return { not: false, patterns: textsOf(plain, `${name} of ${at}`) };
  if (negated !== undefined) return { not: true, patterns: textsOf(negated, `Not${name} of ${at}`) };
  return null;
};

const principalOf = (source: JsonObject, at: string): PrincipalClause | null => {
  const [plain, negated] = [source['Principal'], source['NotPrincipal']];
  if (plain !== undefined && negated !== undefined)
    throw new Fault(`${at} has both Principal and NotPrincipal`);
  const value = plain ?? negated;
  if (value === undefined) return null;
  const isNot = plain === undefined;
  if (value === '*') return { not: isNot, anyone: true, entries: [] };
  if (!isObject(value)) throw new Fault(`Principal of ${at} is neither "*" nor an object`);
  const entries = Object.entries(value).flatMap(([type, names]) =>
    textsOf(names, `Principal.${type} of ${at}`).map((name) => ({ type, value: name })),
  );
  return {
    not: isNot,
    anyone: entries.some((entry) => entry.type === 'AWS' && entry.value === '*'),
    entries,
  };
};

const conditionsOf = (value: JsonValue | undefined, at: string): readonly Condition[] => {
  if (value === undefined) return [];
  if (!isObject(value)) throw new Fault(`Condition of ${at} is not an object`);
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new Fault(`Condition.${operator} of ${at} is not an object`);
    return Object.entries(keys).map(([key, given]) => {
      const items: readonly JsonValue[] = Array.isArray(given) ? given : [given];
      const values = items.map((item) => {
        if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
          return String(item);
        throw new Fault(`Condition.${operator}.${key} of ${at} holds something other than texts`);
      });
      return { operator, key, values };
    });
  });
};

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

const doubtOf = (statement: Omit<Statement, 'doubt'>): string | null => {
  const stranger = Object.keys(statement.source).find((name) => !ELEMENTS.has(name));
  if (stranger !== undefined) return `it has an element that policies do not have, "${stranger}"`;
  if (statement.principal === null) return 'it names no Principal';
  if (statement.actions === null) return 'it names no Action';
  if (statement.resources === null) return 'it names no Resource';
  return null;
};

const statementOf = (source: JsonValue, index: number): Statement => {
  const at = `statement ${index + 1}`;
  if (!isObject(source)) throw new Fault(`${at} is not an object`);
  const { Effect: effect, Sid: sid } = source;
  if (effect !== 'Allow' && effect !== 'Deny') throw new Fault(`Effect of ${at} is neither Allow nor Deny`);
  if (sid !== undefined && typeof sid !== 'string') throw new Fault(`Sid of ${at} is not a text`);
  const statement = {
    index,
    sid: sid ?? null,
    effect,
    principal: principalOf(source, at),
    actions: clauseOf(source, 'Action', at),
    resources: clauseOf(source, 'Resource', at),
    conditions: conditionsOf(source['Condition'], at),
    source,
  } as const;
  return { ...statement, doubt: doubtOf(statement) };
};

/** Reads a policy document. What AWS would refuse to save is a fault, or a doubt of its statement; never an exception. */
export const parsePolicy = (text: string): Parsed => {
  if (text.trim() === '') return { kind: 'none' };
  if (text.length > LONGEST) return { kind: 'fault', because: `it is ${text.length} characters long` };
  if (depthOf(text) > DEEPEST) return { kind: 'fault', because: 'it is nested deeper than a policy can be' };
  const document = decodeDocument(text);
  if (document === undefined) return { kind: 'fault', because: 'it is not JSON' };
  if (!isObject(document)) return { kind: 'fault', because: 'it is JSON, but not an object' };
  if (Object.keys(document).length === 0) return { kind: 'none' };
  const list = document['Statement'];
  if (list === undefined) return { kind: 'fault', because: 'it has no Statement' };
  const sources: readonly JsonValue[] = Array.isArray(list) ? list : [list];
  try {
    const statements = sources.map(statementOf);
    const variables = document['Version'] === '2012-10-17';
    return { kind: 'policy', policy: { statements, variables, document } };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'fault', because: error.message };
    throw error;
  }
};

/** `statement 2 (Sid OfficeOnly)`, as people find it. */
export const statementLabel = (statement: Pick<Statement, 'index' | 'sid'>): string =>
  statement.sid === null || statement.sid === ''
    ? `statement ${statement.index + 1}`
    : `statement ${statement.index + 1} (${statement.sid})`;
