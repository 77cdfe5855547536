import type { MatrixCaller, MatrixRow } from '../gateway/matrix';

const REQUIRES: Readonly<Record<MatrixRow['requires'], string>> = {
  none: 'nothing',
  iam: 'a signature (AWS_IAM)',
  'api-key': 'an API key',
  'id-token': 'an ID token',
  'access-token': 'an access token',
  'lambda-authorizer': 'what its Lambda authorizer wants',
  'cannot-tell': 'cannot tell',
};

/** `an access token with one of orders/read, orders/write`. */
export const takesWords = ({ requires, scopes }: Pick<MatrixRow, 'requires' | 'scopes'>): string =>
  `${REQUIRES[requires]}${scopes.length === 0 ? '' : ` with one of ${scopes.join(', ')}`}`;

export type Answered = 'yes' | 'no' | 'unsure';

/** Callers with one answer for one reason. */
export interface CallerLine {
  readonly answer: Answered;
  readonly token: string;
  /** Empty for `yes`. */
  readonly because: string;
  /** As `nameOf` writes them. */
  readonly callers: readonly string[];
}

/** Methods of one stage that say the same of every caller. */
export interface MatrixGroup {
  readonly row: MatrixRow;
  readonly methods: readonly string[];
  readonly lines: readonly CallerLine[];
}

/** What one stage of an API serves. */
export interface MatrixPlace {
  /** As labels write it: `orders (a1b2c3)`. */
  readonly api: string;
  readonly stage: string;
  readonly groups: readonly MatrixGroup[];
}

export const answerOf = ({ admitted }: MatrixCaller): Answered =>
  admitted === 'cannot-tell' ? 'unsure' : admitted ? 'yes' : 'no';

export const tokenOf = ({ token }: MatrixCaller): string => (token === 'id' ? 'ID token' : 'access token');

/** `web (3n4u…) by code` */
export const nameOf = ({ clientName, clientId, flow }: MatrixCaller): string =>
  `${clientName} (${clientId}) by ${flow}`;

const callerLines = (callers: readonly MatrixCaller[]): readonly CallerLine[] => {
  const found = new Map<string, CallerLine & { readonly callers: string[] }>();
  for (const caller of callers) {
    const answer = answerOf(caller);
    const token = tokenOf(caller);
    const because = answer === 'yes' ? '' : caller.because;
    const key = JSON.stringify([answer, token, because]);
    const line = found.get(key);
    const name = nameOf(caller);
    if (line === undefined) found.set(key, { answer, token, because, callers: [name] });
    else line.callers.push(name);
  }
  return [...found.values()];
};

/** The access matrix by stage, rows and callers that are alike together. */
export const matrixPlaces = (rows: readonly MatrixRow[]): readonly MatrixPlace[] => {
  const places = new Map<string, MatrixPlace & { readonly groups: MatrixGroup[] }>();
  const groups = new Map<string, { readonly methods: string[] }>();
  for (const row of rows) {
    const { restApiId, stage, method } = row;
    const at = JSON.stringify([restApiId, stage]);
    const place = places.get(at) ?? { api: `${row.restApiName} (${restApiId})`, stage, groups: [] };
    places.set(at, place);
    const key = JSON.stringify([at, row.requires, row.scopes, row.callers]);
    const group = groups.get(key);
    if (group !== undefined) {
      group.methods.push(method);
      continue;
    }
    const methods = [method];
    groups.set(key, { methods });
    place.groups.push({ row, methods, lines: callerLines(row.callers) });
  }
  return [...places.values()];
};
