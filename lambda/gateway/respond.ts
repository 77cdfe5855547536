import { isKnown } from '../model/known';
import type { GatewayResponse } from '../model/rest-api';
import type { Refusal } from './answer';
import type { Deployment } from '../model/deployment';
import type { Request } from './request';

/** What the caller sees. `null`: nothing in HTTP, or not known. */
export interface Response {
  readonly status: number | null;
  readonly responseType: string | null;
  readonly errorType: string | null;
  readonly body: string | null;
}

const BUILT_IN = '{"message":$context.error.messageString}';

const isBuiltIn = (template: string): boolean => template.replaceAll(/\s/g, '') === BUILT_IN;

const builtInBody = (refusal: Refusal): string | null =>
  refusal.message === null ? null : JSON.stringify({ [refusal.key]: refusal.message });

const NAME = String.raw`(?:context|stageVariables|input|method|util)\.[A-Za-z0-9_.-]*[A-Za-z0-9_](?:\([^)]*\))?`;
const REFERENCE = new RegExp(String.raw`\$(?:\{${NAME}\}|${NAME})`, 'g');

/** Gateway responses know simple substitution only; what cannot be known of the request is shown as `…`. */
const fill = (template: string, refusal: Refusal, deployment: Deployment): string => {
  const values: Readonly<Record<string, string | null>> = {
    'context.error.messageString': JSON.stringify(refusal.message),
    'context.error.message': refusal.message,
    'context.error.responseType': refusal.responseType,
    'context.stage': deployment.stage.name,
    'context.apiId': deployment.api.id,
  };
  return template.replaceAll(REFERENCE, (reference) => values[reference.replaceAll(/[${}]/g, '')] ?? '…');
};

/** In either of the two ways of writing a reference. */
const repeatsMessage = (template: string): boolean =>
  template.replaceAll('{', '').includes('$context.error.message');

const templateOf = (row: GatewayResponse, accept: string): string | null => {
  const wanted = accept.split(/[,;]/, 1).join('').trim();
  const templates = new Map(Object.entries(row.templates));
  return templates.get(wanted) ?? templates.get('application/json') ?? [...templates.values()][0] ?? null;
};

/** A status that a family or a row sets may rewrite the refusal; where the type is not documented, any of the two may. */
const rowsFor = (refusal: Refusal, rows: readonly GatewayResponse[]): readonly GatewayResponse[] => {
  if (refusal.responseType !== null) return rows.filter(({ type }) => type === refusal.responseType);
  // MSG-9, MSG-10: INVALID_SIGNATURE or DEFAULT_4XX.
  return refusal.errorType === 'IncompleteSignatureException'
    ? rows.filter(({ type }) => type === 'INVALID_SIGNATURE' || type === 'DEFAULT_4XX')
    : [];
};

const rewritten = (
  refusal: Refusal,
  row: GatewayResponse,
  deployment: Deployment,
  accept: string,
): Response => {
  const template = templateOf(row, accept);
  const keepsBody = template === null || (isBuiltIn(template) && !row.customised);
  return {
    status: row.status ?? refusal.status,
    responseType: refusal.responseType,
    errorType: refusal.errorType,
    body: keepsBody
      ? builtInBody(refusal)
      : refusal.message === null && repeatsMessage(template)
        ? null
        : fill(template, refusal, deployment),
  };
};

const written = (refusal: Refusal, deployment: Deployment | null, accept: string): Response => {
  const builtIn: Response = {
    status: refusal.status,
    responseType: refusal.responseType,
    errorType: refusal.errorType,
    body: builtInBody(refusal),
  };
  if (deployment === null || !isKnown(deployment.gatewayResponses)) return builtIn;
  const answers = rowsFor(refusal, deployment.gatewayResponses.value).map((row) =>
    rewritten(refusal, row, deployment, accept),
  );
  const [first] = answers;
  if (first === undefined) return builtIn;
  if (refusal.responseType !== null) return first;
  const agreed = [builtIn, ...answers].every(
    (answer) => answer.status === builtIn.status && answer.body === builtIn.body,
  );
  return agreed ? builtIn : { ...builtIn, status: null, body: null };
};

/**
 * The answer as the API's gateway responses rewrite it (GWR-1, CRS-12): each row by its own values. Where they could not be read, the
 * built-in answer. `deployment` null: no API was reached, so no gateway response applies (CRS-14).
 */
export const respond = (
  refusal: Refusal,
  deployment: Deployment | null,
  { verb, headers }: Pick<Request, 'verb' | 'headers'>,
): Response => {
  const answer = written(refusal, deployment, headers['accept'] ?? '');
  // Whatever the template says: an answer to HEAD has no content (RFC 9110, section 9.3.2).
  return verb === 'HEAD' ? { ...answer, body: '' } : answer;
};
