/** An answer that lacks what AWS always sends, or sends it in another form. The door turns it into a broken read. */
export class ShapeError extends Error {
  constructor(readonly field: string) {
    super(`no usable ${field}`);
    this.name = 'ShapeError';
  }
}

/** A string that AWS always sends, never empty. */
export const text = (value: unknown, field: string): string => {
  if (typeof value !== 'string' || value === '') throw new ShapeError(field);
  return value;
};

/** Absent and empty are the same: `null`. */
export const optionalText = (value: unknown, field: string): string | null => {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new ShapeError(field);
  return value;
};

export const flag = (value: unknown, field: string): boolean => {
  if (typeof value !== 'boolean') throw new ShapeError(field);
  return value;
};

/** Absent means false. */
export const optionalFlag = (value: unknown, field: string): boolean =>
  value === undefined || value === null ? false : flag(value, field);

export const optionalNumber = (value: unknown, field: string): number | null => {
  if (value === undefined || value === null) return null;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new ShapeError(field);
  return number;
};

/** A list that AWS always sends, if only empty. */
export const list = <T>(value: readonly T[] | null | undefined, field: string): readonly T[] => {
  if (!Array.isArray(value)) throw new ShapeError(field);
  return value;
};

/** Absent means empty. */
export const optionalList = <T>(value: readonly T[] | null | undefined, field: string): readonly T[] =>
  value === undefined || value === null ? [] : list(value, field);

export const texts = (value: readonly unknown[] | null | undefined, field: string): readonly string[] =>
  optionalList(value, field).map((item) => text(item, field));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = (value: unknown, field: string): Readonly<Record<string, unknown>> => {
  if (!isObject(value)) throw new ShapeError(field);
  return value;
};

/** Absent means empty. */
export const optionalObject = (value: unknown, field: string): Readonly<Record<string, unknown>> =>
  value === undefined || value === null ? {} : object(value, field);

/** A map of strings; absent means empty. */
export const textMap = (value: unknown, field: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(optionalObject(value, field)).map(([name, item]) => {
      if (typeof item !== 'string') throw new ShapeError(`${field}.${name}`);
      return [name, item];
    }),
  );
