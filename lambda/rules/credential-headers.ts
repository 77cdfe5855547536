import { parseIdentitySource } from '../gateway/identity-source';
import type { Deployment } from '../model/deployment';
import { isKnown, type Unreadable } from '../model/known';
import type { Method } from '../model/method';
import { authorizerOf } from '../model/queries';

export interface CredentialHeaders {
  /** Lower case, each once. */
  readonly headers: readonly string[];
  readonly gaps: readonly Unreadable[];
}

/**
 * Headers that browsers, CloudFront and API Gateway set by themselves (Fetch standard; CloudFront guide on request headers). An
 * authorizer may well read them, and no caller has to send them.
 */
const SET_ON_THE_WAY =
  /^(?:accept(?:-encoding|-language)?|cloudfront-.*|connection|content-(?:language|length)|cookie|date|dnt|host|origin|referer|sec-.*|user-agent|via|x-amz-cf-id|x-amzn-trace-id|x-forwarded-.*)$/;

/** As people write it: `Authorization`, `X-Api-Key`. */
export const headerName = (name: string): string =>
  name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** The headers in which a method looks for credentials: token (COG-12, LAM-3), signature, API key (KEY-6). */
export const credentialHeaders = (deployment: Deployment, method: Method): CredentialHeaders => {
  const headers = new Set<string>();
  const gaps: Unreadable[] = [];
  const type = method.authorizationType;
  if (!isKnown(type)) gaps.push(type);
  else if (type.value === 'AWS_IAM') headers.add('authorization');
  else if (type.value === 'COGNITO_USER_POOLS' || type.value === 'CUSTOM') {
    const authorizer = authorizerOf(deployment, method);
    if (!isKnown(authorizer)) gaps.push(authorizer);
    else if (typeof authorizer.value === 'object') {
      for (const stored of authorizer.value.identitySources) {
        const source = parseIdentitySource(stored);
        const name = source.from === 'header' ? source.name.toLowerCase() : null;
        if (name !== null && !SET_ON_THE_WAY.test(name)) headers.add(name);
      }
    }
  }
  if (!isKnown(method.apiKeyRequired)) gaps.push(method.apiKeyRequired);
  else if (method.apiKeyRequired.value && deployment.api.apiKeySource === 'HEADER') headers.add('x-api-key');
  return { headers: [...headers], gaps };
};
