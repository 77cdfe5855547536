import type { AwsError } from './wire/aws-error';

export interface PageRequest {
  /** Page size asked for. */
  readonly limit: number | undefined;
  readonly token: string | undefined;
  /** Page size when none is asked for, and the sandbox's own cap. */
  readonly usual: number;
  readonly cap: number;
  /** What is listed: a token of another list is refused, as on AWS. */
  readonly list: string;
  readonly invalidToken: () => AwsError;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next: { readonly token?: string };
}

const encodeToken = (list: string, offset: number): string =>
  Buffer.from(JSON.stringify([list, offset])).toString('base64url');

const offsetOf = (token: string, { list, invalidToken }: PageRequest): number => {
  try {
    const [of, offset] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [unknown, unknown];
    if (of === list && Number.isInteger(offset)) return offset as number;
  } catch {
    throw invalidToken();
  }
  throw invalidToken();
};

/** One page of a list, with an opaque token that only this list understands. */
export const pageOf = <T>(all: readonly T[], request: PageRequest): Page<T> => {
  const start = request.token === undefined ? 0 : offsetOf(request.token, request);
  const end = start + Math.min(request.limit ?? request.usual, request.cap);
  const items = all.slice(start, end);
  return { items, next: end < all.length ? { token: encodeToken(request.list, end) } : {} };
};
