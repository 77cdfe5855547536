import { known, unreadable, type Known, type Unreadable } from '../model/known';
import type { Readable } from './readable';
import type { Resource } from './stack';
import { firstUnresolved, isList, isObject, scalarText, Unresolved, type Value } from './value';

/** A thing, or a place in it, that can be spoken of; whether it can be read does not matter. */
type Mentioned = Pick<Readable, 'id' | 'type'> & Partial<Pick<Readable, 'at'>>;

const pathIn = ({ at = '' }: Mentioned, name: string): string =>
  at === '' || name === '' ? `${at}${name}` : `${at}.${name}`;

const subjectOf = (from: Mentioned, name: string): string => {
  const path = pathIn(from, name);
  return path === '' ? from.id : `${from.id}.${path}`;
};

/** What of a resource is not known, and why. */
export const gapAt = (from: Mentioned, name: string, because: string): Unreadable => {
  const subject = subjectOf(from, name);
  return unreadable({
    because: 'unsupported',
    operation: from.type,
    subject,
    detail: `${subject}: ${because}`,
  });
};

/** An object among the properties, to be read like them. */
export const inside = (from: Readable, name: string): Readable => {
  const value = from.property(name);
  return {
    id: from.id,
    type: from.type,
    at: pathIn(from, name),
    property: (inner) => {
      if (value === undefined || value === null || value instanceof Unresolved) return value ?? undefined;
      if (!isObject(value)) return new Unresolved('it stands in something that is no object');
      return Object.hasOwn(value, inner) ? value[inner] : undefined;
    },
  };
};

export const has = (from: Readable, name: string): boolean => (from.property(name) ?? null) !== null;

/** The objects of a list, each to be read like a resource's properties. */
export const each = (from: Readable, name: string): Known<readonly Readable[]> => {
  const value = from.property(name) ?? [];
  if (value instanceof Unresolved) return gapAt(from, name, value.because);
  if (!isList(value)) return gapAt(from, name, 'it is no list');
  const list = inside(from, name);
  return known(
    value.map((_, index) =>
      inside({ ...list, property: (position) => value[Number(position)] }, String(index)),
    ),
  );
};

/** A property and all in it, with every function worked out; `undefined`: it is left out. */
const whole = (from: Readable, name: string): Known<Value | undefined> => {
  const value = from.property(name);
  if (value === undefined) return known(undefined);
  const hole = firstUnresolved(value, name);
  return hole === null ? known(value === null ? undefined : value) : gapAt(from, hole.path, hole.because);
};

/** Reads a property by `take`, which answers `null` for what is not of its kind. */
const reader =
  <T>(kind: string, absent: T, take: (value: Value) => T | null) =>
  (from: Readable, name: string): Known<T> => {
    const value = whole(from, name);
    if (value.state === 'unreadable') return value;
    if (value.value === undefined) return known(absent);
    const taken = take(value.value);
    return taken === null ? gapAt(from, name, `it is no ${kind}`) : known(taken);
  };

const flagOf = (value: unknown): boolean | null => {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
};

const textsOf = (value: Value): readonly string[] | null => {
  if (!isList(value)) return null;
  const texts = value.map(scalarText);
  return texts.every((text) => text !== null) ? texts : null;
};

const textMapOf = (value: Value): Readonly<Record<string, string>> | null => {
  if (!isObject(value)) return null;
  const entries = Object.entries(value).map(([key, item]) => [key, scalarText(item)] as const);
  return entries.every((entry): entry is readonly [string, string] => entry[1] !== null)
    ? Object.fromEntries(entries)
    : null;
};

const numberOf = (value: Value): number | null => {
  const number = Number(scalarText(value) ?? 'none');
  return Number.isFinite(number) ? number : null;
};

/** Absent and empty are the same: `null`. */
export const textAt = (from: Readable, name: string): Known<string | null> => {
  const read = reader<string>('text', '', scalarText)(from, name);
  return read.state === 'known' && read.value === '' ? known(null) : read;
};

/** Absent means false. */
export const flagAt = reader<boolean>('Boolean', false, flagOf);
export const textsAt = reader<readonly string[]>('list of texts', [], textsOf);
export const textMapAt = reader<Readonly<Record<string, string>>>('map of texts', {}, textMapOf);
/** Absent means empty. */
export const objectAt = reader<Readonly<Record<string, Value>>>('object', {}, (value) =>
  isObject(value) ? value : null,
);
const someNumberAt = reader<number | 'none'>('number', 'none', numberOf);
export const numberAt = (from: Readable, name: string): Known<number | null> => {
  const read = someNumberAt(from, name);
  return read.state === 'known' ? known(read.value === 'none' ? null : read.value) : read;
};

/** A text that must be there. */
export const requiredTextAt = (from: Readable, name: string): Known<string> => {
  const read = textAt(from, name);
  if (read.state === 'unreadable') return read;
  return read.value === null ? gapAt(from, name, 'it is missing') : known(read.value);
};

/** What a thing is called; names that are not known are for people only, and the id says it as well. */
export const nameAt = (from: Readable, name: string): string => {
  const read = textAt(from, name);
  return (read.state === 'known' ? read.value : null) ?? from.id;
};

/** Nothing that AWS gives has this form. */
const STAND_IN = 'unresolved:';

export const isStandIn = (text: string): boolean => text.startsWith(STAND_IN);

/** Stands for a text that is not known, where reading the rest must not hang on it. */
export const standInFor = (from: Mentioned, name: string): string => `${STAND_IN}${subjectOf(from, name)}`;

/** The text, or what stands for it. */
export const standInAt = (from: Readable, name: string): string | null => {
  const read = textAt(from, name);
  return read.state === 'known' ? read.value : `${STAND_IN}${read.subject}`;
};

type Values<T extends Readonly<Record<string, Known<unknown>>>> = {
  readonly [K in keyof T]: Extract<T[K], { state: 'known' }>['value'];
};

/** All fields, or the first reason why one is not known. */
export const fields = <T extends Readonly<Record<string, Known<unknown>>>>(given: T): Known<Values<T>> => {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(given)) {
    if (field.state === 'unreadable') return field;
    values[name] = field.value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name of `given` is filled with the value of its kind
  return known(values as Values<T>);
};

const all = <From, T>(items: readonly From[], read: (item: From) => Known<T>): Known<readonly T[]> => {
  const found: T[] = [];
  for (const item of items) {
    const one = read(item);
    if (one.state === 'unreadable') return one;
    found.push(one.value);
  }
  return known(found);
};

/** Why it is not known whether a resource is made; `null`: it is made. */
export const unmade = (resource: Resource): Unreadable | null =>
  resource.made === true ? null : gapAt(resource, '', `whether it is made, ${resource.made.because}`);

/** All that are made, each read; or why one is not known, its own existence included. */
export const everyOne = <T>(
  resources: readonly Resource[],
  read: (resource: Resource) => Known<T>,
): Known<readonly T[]> => all(resources, (resource) => unmade(resource) ?? read(resource));

/** The objects of a list, each read; or why one is not known. */
export const eachOne = <T>(
  from: Readable,
  name: string,
  read: (item: Readable) => Known<T>,
): Known<readonly T[]> => {
  const list = each(from, name);
  return list.state === 'unreadable' ? list : all(list.value, read);
};
