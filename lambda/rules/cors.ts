import type { Deployment } from '../model/deployment';
import { isKnown, known, valueOr, type Known, type Unreadable } from '../model/known';
import type { Method } from '../model/method';
import { methodsByPath } from '../model/queries';
import { aws, json } from './commands';
import { resourceIdOf } from './keyed-methods';
import { onlyOf } from './only';

export const ALLOW_ORIGIN = 'access-control-allow-origin';

/** The headers that the console's "Enable CORS" lists. */
const USUAL_HEADERS = ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token'];

/** Answers that API Gateway gives by itself; none for proxies, whose backend answers (CRS-10). */
export const answersOf = (method: Method): readonly Readonly<Record<string, string>>[] =>
  valueOr(method.integration, null)?.answers.map(({ headers }) => headers) ?? [];

/** Does anybody mean browsers to call this API: an OPTIONS method, or an answer with CORS headers? */
export const answersCors = (deployment: Deployment): Known<boolean> => {
  const { methods, gatewayResponses } = deployment;
  const all = valueOr(methods, []);
  const does =
    all.some(
      (method) => method.verb === 'OPTIONS' || answersOf(method).some((headers) => ALLOW_ORIGIN in headers),
    ) || valueOr(gatewayResponses, []).some((response) => ALLOW_ORIGIN in response.headers);
  if (does) return known(true);
  const gap = [methods, gatewayResponses, ...all.map(({ integration }) => integration)].find(
    (read) => !isKnown<unknown>(read),
  );
  return gap === undefined || isKnown<unknown>(gap) ? known(false) : gap;
};

/** The origin that preflights of the API allow, as a mapping value; everybody where none says. */
export const allowedOrigin = (deployment: Deployment): string => {
  const origins = valueOr(deployment.methods, []).flatMap((method) =>
    answersOf(method).flatMap((headers) => headers[ALLOW_ORIGIN] ?? []),
  );
  return onlyOf(new Set(origins.filter((origin) => origin.startsWith("'")))) ?? "'*'";
};

export interface Guard {
  /** What a call without credentials lacks; `null`: nothing. */
  readonly asksFor: 'a token' | 'a signature' | 'an API key' | null;
  readonly gaps: readonly Unreadable[];
}

/** What a method asks of a preflight, which browsers send without token, signature and key (CRS-1). */
export const guardOf = (method: Method): Guard => {
  const gaps: Unreadable[] = [];
  const { authorizationType: type, apiKeyRequired: keyed } = method;
  if (!isKnown(type)) gaps.push(type);
  else if (type.value === 'COGNITO_USER_POOLS' || type.value === 'CUSTOM')
    return { asksFor: 'a token', gaps };
  else if (type.value === 'AWS_IAM') return { asksFor: 'a signature', gaps };
  if (!isKnown(keyed)) gaps.push(keyed);
  else if (keyed.value) return { asksFor: 'an API key', gaps };
  return { asksFor: null, gaps };
};

/** A browser makes an open GET or HEAD without asking first; with a token, a key or a JSON body it asks. */
export const needsPreflight = ({ verb, authorizationType, apiKeyRequired }: Method): Known<boolean> => {
  if (verb !== 'GET' && verb !== 'HEAD') return known(true);
  if (isKnown(authorizationType) && authorizationType.value !== 'NONE') return known(true);
  return isKnown(authorizationType) ? apiKeyRequired : authorizationType;
};

/** Has the draft an OPTIONS for the path that what is judged has not? It needs no second one, only a deployment. */
export const isDrafted = ({ api, of }: Deployment, path: string): boolean =>
  of !== 'draft' &&
  (methodsByPath(valueOr(api.draft.methods, [])).get(path) ?? []).some(({ verb }) => verb === 'OPTIONS');

/** An OPTIONS method that answers preflights by itself; the order is AWS's (fix 11). */
export const addPreflight = (
  deployment: Deployment,
  path: string,
  region: string,
  headers: readonly string[] = [],
): readonly string[] => {
  const on = {
    restApiId: deployment.api.id,
    resourceId: resourceIdOf(deployment, path),
    httpMethod: 'OPTIONS',
  };
  const listed = new Set(USUAL_HEADERS.map((name) => name.toLowerCase()));
  const allowed = [...USUAL_HEADERS, ...headers.filter((name) => !listed.has(name.toLowerCase()))];
  const values = {
    'method.response.header.Access-Control-Allow-Headers': `'${allowed.join(',')}'`,
    'method.response.header.Access-Control-Allow-Methods': "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'",
    'method.response.header.Access-Control-Allow-Origin': allowedOrigin(deployment),
  };
  const declared = Object.fromEntries(Object.keys(values).map((name) => [name, false]));
  return [
    aws('apigateway', 'put-method', region, { ...on, authorizationType: 'NONE' }),
    aws('apigateway', 'put-method-response', region, {
      ...on,
      statusCode: '200',
      responseParameters: json(declared),
    }),
    aws('apigateway', 'put-integration', region, {
      ...on,
      type: 'MOCK',
      requestTemplates: json({ 'application/json': '{"statusCode": 200}' }),
    }),
    aws('apigateway', 'put-integration-response', region, {
      ...on,
      statusCode: '200',
      responseParameters: json(values),
    }),
  ];
};
