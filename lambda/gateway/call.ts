import type { SharedAccount } from '../model/account';
import { executeApiArn, parseArn } from '../model/arn';
import type { Deployment } from '../model/deployment';
import type { Method } from '../model/method';
import type { RestApi } from '../model/rest-api';
import { requestKeys, type ContextKeys, type KeyValue } from './policy/keys';
import type { Caller } from './policy/principal';
import type { Identity, Request } from './request';

/** One request on its way through one configuration. */
export interface Call {
  readonly request: Request;
  readonly identity: Identity;
  readonly account: SharedAccount;
  readonly deployment: Deployment;
  /** Below the stage, as the API matches it. */
  readonly path: string;
  /** The private custom domain that the call came through. */
  readonly viaDomainArn: string | null;
}

/** A call that found its method. */
export interface RoutedCall extends Call {
  readonly method: Method;
}

export const isPrivate = (api: Pick<RestApi, 'endpointTypes'>): boolean =>
  api.endpointTypes.includes('PRIVATE');

/** Who calls, as policies see it; off AWS_IAM methods a signature does not count (POL-9, IAM-6). */
export const callerOf = (identity: Identity, signatureCounts: boolean): Caller => {
  const { credential } = identity;
  if (credential.kind !== 'signed' || !signatureCounts) return { kind: 'anonymous' };
  const accountId = parseArn(credential.principalArn)?.accountId;
  return accountId === undefined
    ? { kind: 'unknown' }
    : { kind: 'aws', arn: credential.principalArn, accountId };
};

const principalKeys = (caller: Caller): ReadonlyMap<string, KeyValue> => {
  if (caller.kind !== 'aws') return new Map();
  const known = new Map<string, KeyValue>([['aws:principalaccount', [caller.accountId]]]);
  // The ARN of a session hides the path of its role.
  if (/^arn:[^:]+:iam::\d*:(user|role)\//.test(caller.arn)) known.set('aws:principalarn', [caller.arn]);
  const [kind, ...names] = (parseArn(caller.arn)?.resource ?? '').split('/');
  if (kind === 'user') known.set('aws:username', [names.at(-1) ?? '']);
  if (kind === 'role' || kind === 'assumed-role') known.set('aws:username', 'absent');
  return known;
};

/** The condition keys of a call. Headers that are not given may still be sent, so their keys are unknown. */
export const keysOfCall = (
  request: Request,
  caller: Caller,
  endpoint: 'public' | 'private',
  viaDomainArn: string | null,
): ContextKeys => {
  const { source, headers, at } = request;
  const referer = headers['referer'];
  const userAgent = headers['user-agent'];
  return requestKeys({
    endpoint,
    signed: caller.kind !== 'anonymous',
    at: at.toISOString(),
    ...(source.ip === null ? {} : { sourceIp: source.ip, vpcSourceIp: source.ip }),
    ...(source.vpceId === null ? {} : { sourceVpce: source.vpceId }),
    ...(source.vpcId === null ? {} : { sourceVpc: source.vpcId }),
    ...(referer === undefined ? {} : { referer }),
    ...(userAgent === undefined ? {} : { userAgent }),
    viaDomainArn,
    principal: principalKeys(caller),
  });
};

/** The ARN that the call is authorised against, its path as sent (POL-15, MIS-6). */
export const resourceOf = (call: Call): string =>
  executeApiArn(
    call.account,
    call.deployment.api.id,
    call.deployment.stage.name,
    call.request.verb,
    call.path,
  );
