import {
  firstUnresolved,
  isList,
  isObject,
  OMITTED,
  scalarText,
  Unresolved,
  type Resolved,
  type Value,
} from './value';

/** What the functions of a template are worked out with. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): Resolved;
  attribute(logicalId: string, name: string): Value;
  condition(name: string): boolean | Unresolved;
  /** `undefined`: there is no such entry. */
  mapped(map: string, first: string, second: string): unknown;
  exported(name: string): Value;
}

/** Texts that double by reference grow without end; nothing that is read is as long. */
const MAX_TEXT = 65_536;

const UNUSABLE = new Unresolved('its function is not written as CloudFormation takes it');

const limited = (text: string): Value => {
  if (text.length > MAX_TEXT) return new Unresolved(`it is longer than ${MAX_TEXT} characters`);
  const service = /\{\{resolve:([a-z-]+):/.exec(text)?.[1];
  return service === undefined ? text : new Unresolved(`it is a dynamic reference to ${service}`);
};

const asList = (value: Resolved): readonly Value[] | Unresolved => {
  if (value instanceof Unresolved) return value;
  return isList(value) ? value : UNUSABLE;
};

const asText = (value: Resolved | undefined): string | Unresolved => {
  if (value instanceof Unresolved) return value;
  return scalarText(value) ?? UNUSABLE;
};

const joined = (items: readonly Value[], delimiter: string): Value => {
  const texts: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = asText(item);
    if (text instanceof Unresolved) return text;
    texts.push(text);
    length += text.length;
    if (length > MAX_TEXT) break;
  }
  return limited(texts.join(delimiter));
};

const join = (given: unknown, scope: Scope): Value => {
  const [delimiter, list] = Array.isArray(given) ? given : [];
  if (typeof delimiter !== 'string') return UNUSABLE;
  const items = asList(resolve(list, scope));
  return items instanceof Unresolved ? items : joined(items, delimiter);
};

const PLACEHOLDER = /\$\{([^}]*)\}/g;

const variableOf = (name: string, variables: Value, scope: Scope): Resolved => {
  if (isObject(variables) && Object.hasOwn(variables, name)) return variables[name] ?? UNUSABLE;
  const [first = '', ...rest] = name.split('.');
  return rest.length === 0 ? scope.ref(name) : scope.attribute(first, rest.join('.'));
};

const sub = (given: unknown, scope: Scope): Value => {
  const [text, variables = {}] = Array.isArray(given) ? given : [given];
  if (typeof text !== 'string') return UNUSABLE;
  const known = resolve(variables, scope);
  if (!isObject(known)) return known instanceof Unresolved ? known : UNUSABLE;
  const parts: Value[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const name = (match[1] ?? '').trim();
    parts.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    if (name.startsWith('!')) parts.push(`\${${name.slice(1)}}`);
    else {
      const value = variableOf(name, known, scope);
      parts.push(value === OMITTED ? UNUSABLE : value);
    }
  }
  return joined([...parts, text.slice(end)], '');
};

const getAtt = (given: unknown, scope: Scope): Value => {
  const parts: readonly unknown[] =
    typeof given === 'string' ? given.split('.') : Array.isArray(given) ? given : [];
  const texts: string[] = [];
  for (const part of parts) {
    const text = asText(resolve(part, scope));
    if (text instanceof Unresolved) return text;
    texts.push(text);
  }
  const [logicalId, ...names] = texts;
  return logicalId === undefined || names.length === 0
    ? UNUSABLE
    : scope.attribute(logicalId, names.join('.'));
};

const select = (given: unknown, scope: Scope): Value => {
  const [index, list] = Array.isArray(given) ? given : [];
  const position = asText(resolve(index, scope));
  if (position instanceof Unresolved) return position;
  // Not resolved as a whole: one item may be known where others are not.
  const items = asList(resolve(list, scope));
  if (items instanceof Unresolved) return items;
  return /^\d+$/.test(position) ? (items[Number(position)] ?? UNUSABLE) : UNUSABLE;
};

const split = (given: unknown, scope: Scope): Value => {
  const [delimiter, source] = Array.isArray(given) ? given : [];
  const text = asText(resolve(source, scope));
  if (text instanceof Unresolved) return text;
  return typeof delimiter === 'string' && delimiter !== '' ? text.split(delimiter) : UNUSABLE;
};

const findInMap = (given: unknown, scope: Scope): Resolved => {
  const [map, first, second, options] = Array.isArray(given) ? given : [];
  const keys = [map, first, second].map((key) => asText(resolve(key, scope)));
  const [inMap, outer, inner] = keys;
  const found =
    typeof inMap === 'string' && typeof outer === 'string' && typeof inner === 'string'
      ? scope.mapped(inMap, outer, inner)
      : undefined;
  if (found !== undefined) return resolve(found, scope);
  const unresolved = keys.find((key) => key instanceof Unresolved);
  if (unresolved instanceof Unresolved) return unresolved;
  const fallback: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'DefaultValue') : undefined;
  return fallback === undefined ? new Unresolved('the mapping has no such entry') : resolve(fallback, scope);
};

const ifElse = (given: unknown, scope: Scope): Resolved => {
  const [name, yes, no] = Array.isArray(given) ? given : [];
  if (typeof name !== 'string') return UNUSABLE;
  const holds = scope.condition(name);
  if (holds instanceof Unresolved) return holds;
  return resolve(holds ? yes : no, scope);
};

const importValue = (given: unknown, scope: Scope): Value => {
  const name = asText(resolve(given, scope));
  return name instanceof Unresolved ? name : scope.exported(name);
};

const base64 = (given: unknown, scope: Scope): Value => {
  const text = asText(resolve(given, scope));
  return text instanceof Unresolved ? text : limited(Buffer.from(text).toString('base64'));
};

const length = (given: unknown, scope: Scope): Value => {
  const items = asList(resolve(given, scope));
  return items instanceof Unresolved ? items : items.length;
};

const toJsonString = (given: unknown, scope: Scope): Value => {
  const value = resolve(given, scope);
  if (value === OMITTED) return UNUSABLE;
  const hole = firstUnresolved(value);
  return hole === null ? limited(JSON.stringify(value)) : new Unresolved(hole.because);
};

const FUNCTIONS: ReadonlyMap<string, (given: unknown, scope: Scope) => Resolved> = new Map<
  string,
  (given: unknown, scope: Scope) => Resolved
>([
  ['Ref', (given, scope) => (typeof given === 'string' ? scope.ref(given) : UNUSABLE)],
  ['Fn::Base64', base64],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAtt],
  ['Fn::If', ifElse],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
]);

/** Works out the functions in a value; what cannot be worked out stands in it as `Unresolved`. */
export const resolve = (node: unknown, scope: Scope): Resolved => {
  if (typeof node === 'string') return limited(node);
  if (node === null || node === undefined) return null;
  if (typeof node === 'boolean' || typeof node === 'number') return node;
  if (Array.isArray(node)) {
    return node.map((item: unknown) => resolve(item, scope)).filter((item) => item !== OMITTED);
  }
  if (typeof node !== 'object') return UNUSABLE;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(node);
  const [only] = entries;
  if (only !== undefined && entries.length === 1) {
    const [name, given] = only;
    const call = FUNCTIONS.get(name);
    if (call !== undefined) return call(given, scope);
    if (name.startsWith('Fn::'))
      return new Unresolved(`${name.slice(0, 40)} is worked out by CloudFormation alone`);
  }
  return Object.fromEntries(
    entries.flatMap(([key, item]) => {
      const value = resolve(item, scope);
      return value === OMITTED ? [] : [[key, value]];
    }),
  );
};

const all = (given: unknown, scope: Scope, decisive: boolean): boolean | Unresolved => {
  if (!Array.isArray(given)) return UNUSABLE;
  const answers = given.map((one: unknown) => holds(one, scope));
  if (answers.includes(decisive)) return decisive;
  return answers.find((answer) => answer instanceof Unresolved) ?? !decisive;
};

/** Whether a condition holds: Fn::Equals, Fn::And, Fn::Or, Fn::Not and other conditions by name. */
export const holds = (node: unknown, scope: Scope): boolean | Unresolved => {
  const entries: readonly (readonly [string, unknown])[] =
    typeof node === 'object' && node !== null ? Object.entries(node) : [];
  const [name, given] = entries[0] ?? ['', undefined];
  switch (name) {
    case 'Condition':
      return typeof given === 'string' ? scope.condition(given) : UNUSABLE;
    case 'Fn::Equals': {
      if (!Array.isArray(given) || given.length !== 2) return UNUSABLE;
      const [left, right] = given.map((one: unknown) => asText(resolve(one, scope)));
      if (left instanceof Unresolved) return left;
      return right instanceof Unresolved ? right : left === right;
    }
    case 'Fn::And':
      return all(given, scope, false);
    case 'Fn::Or':
      return all(given, scope, true);
    case 'Fn::Not': {
      const inner = holds(Array.isArray(given) ? given[0] : undefined, scope);
      return inner instanceof Unresolved ? inner : !inner;
    }
    default:
      return UNUSABLE;
  }
};
