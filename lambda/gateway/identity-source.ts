import type { Credential, Request } from './request';
import type { Secret } from './secret';

/** Where an identity source of an authorizer is taken from; names as configured. */
export type IdentitySource =
  | { readonly from: 'header' | 'querystring' | 'stage-variable' | 'context'; readonly name: string }
  /** No such location, or no name: no request has it. */
  | { readonly from: 'nowhere' };

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Reads `method.request.header.X`, `method.request.querystring.X`, `stageVariables.X`, `context.X` (COG-11, LAM-3). */
export const parseIdentitySource = (stored: string): IdentitySource => {
  const text = stored.trim();
  const after = (prefix: string): string | null =>
    text.startsWith(prefix) && text.length > prefix.length ? text.slice(prefix.length) : null;
  const header = after('method.request.header.');
  if (header !== null)
    return HEADER_NAME.test(header) ? { from: 'header', name: header } : { from: 'nowhere' };
  const query = after('method.request.querystring.');
  if (query !== null) return { from: 'querystring', name: query };
  const variable = after('stageVariables.');
  if (variable !== null) return { from: 'stage-variable', name: variable };
  const context = after('context.') ?? after('$context.');
  if (context !== null) return { from: 'context', name: context };
  return { from: 'nowhere' };
};

/** What a header of the call holds: nothing, the credential, a SigV4 signature, or other text. */
export type HeaderContent =
  | { readonly holds: 'nothing' }
  | { readonly holds: 'credential'; readonly credential: Extract<Credential, { kind: 'token' | 'opaque' }> }
  | { readonly holds: 'signature' }
  | { readonly holds: 'text'; readonly text: string };

/** Header names are not case sensitive (COG-11). */
export const headerContent = (request: Request, credential: Credential, name: string): HeaderContent => {
  const wanted = name.toLowerCase();
  if (credential.kind === 'signed' && wanted === 'authorization') return { holds: 'signature' };
  if (credential.kind === 'token' || credential.kind === 'opaque') {
    if ((credential.header ?? wanted) === wanted) return { holds: 'credential', credential };
  }
  const text = Object.hasOwn(request.headers, wanted) ? request.headers[wanted] : undefined;
  return text === undefined || text.trim() === '' ? { holds: 'nothing' } : { holds: 'text', text };
};

/** The header's text as sent, for matching; `null` when only its meaning is known. */
export const sentText = (content: HeaderContent): string | Secret | null =>
  content.holds === 'text' ? content.text : content.holds === 'credential' ? content.credential.value : null;
