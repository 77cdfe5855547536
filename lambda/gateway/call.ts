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
  const arn = parseArn(caller.arn);
  return new Map<string, KeyValue>([
    ['aws:principalaccount', [caller.accountId]],
    // The ARN of a session hides the path of its role.
    ['aws:principalarn', arn?.service === 'iam' ? [caller.arn] : 'unknown'],
    ['aws:username', arn?.resource.startsWith('user/') ? [arn.resource.replace(/^.*\//, '')] : 'absent'],
  ]);
};

/** The condition keys of a call. Headers that are not given may still be sent, so their keys are unknown. */
export const keysOfCall = (
  { source, headers, at }: Request,
  caller: Caller,
  endpoint: 'public' | 'private',
  viaDomainArn: string | null,
): ContextKeys =>
  requestKeys({
    endpoint,
    signed: caller.kind !== 'anonymous',
    at: at.toISOString(),
    sourceIp: source.ip ?? undefined,
    vpcSourceIp: source.ip ?? undefined,
    sourceVpce: source.vpceId ?? undefined,
    sourceVpc: source.vpcId ?? undefined,
    referer: headers['referer'],
    userAgent: headers['user-agent'],
    viaDomainArn,
    principal: principalKeys(caller),
  });

/** The ARN that the call is authorised against, its path as sent (POL-15, MIS-6). */
export const resourceOf = (call: Call): string =>
  executeApiArn(
    call.account,
    call.deployment.api.id,
    call.deployment.stage.name,
    call.request.verb,
    call.path,
  );
