/** What a template does not tell before it is deployed, and why: a phrase. */
export class Unresolved {
  constructor(readonly because: string) {}
}

/** JSON with its functions worked out, as far as that could be done. */
export type Value =
  null | boolean | number | string | Unresolved | readonly Value[] | { readonly [key: string]: Value };

/** `AWS::NoValue`: as if it had not been written. */
export const OMITTED: unique symbol = Symbol('AWS::NoValue');

export type Resolved = Value | typeof OMITTED;

export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Resolved | undefined): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Unresolved);

/** A text, or what CloudFormation makes a text of. */
export const scalarText = (value: Resolved | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

/** The first thing in a value that is not known, and where it stands. */
export const firstUnresolved = (
  value: Value,
  path = '',
): { readonly path: string; readonly because: string } | null => {
  if (value instanceof Unresolved) return { path, because: value.because };
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const found = firstUnresolved(item, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
};
