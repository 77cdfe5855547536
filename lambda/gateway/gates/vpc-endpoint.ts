import { parseArn } from '../../model/arn';
import type { SharedAccount } from '../../model/account';
import type { VpcEndpoint } from '../../model/edge';
import { isKnown } from '../../model/known';
import { passes, refuses, unsure, type Answer, type Refusal } from '../answer';
import { callerOf, keysOfCall } from '../call';
import { evaluatePolicy } from '../policy/evaluate';
import { INVOKE } from '../policy/resource';
import { readPolicy } from '../policy-texts';
import { CONTESTED, NO_ANSWER } from '../refusals';
import type { Identity, Request, Source } from '../request';
import { judgeSignature } from './signature';

/** MSG-33: the order is documented, the body is not. */
const ENDPOINT_DENIES: Refusal = {
  status: 403,
  responseType: null,
  errorType: 'AccessDeniedException',
  message: null,
  key: 'Message',
};

/** PRV-3: a signature that does not hold is refused outright, in which words is not documented. */
const WRONGLY_SIGNED = { ...CONTESTED, status: 403 };

/** The VPC endpoint that private traffic uses. `elsewhere`: not among this account's, so nothing is known of it (PRV-9). */
export type UsedEndpoint =
  | { readonly is: 'own'; readonly endpoint: VpcEndpoint }
  | { readonly is: 'elsewhere'; readonly because: string }
  | { readonly is: 'none' };

/** `host`: a name that only private DNS leads to an endpoint. */
export const endpointUsed = (account: SharedAccount, source: Source): UsedEndpoint => {
  const { vpcEndpoints } = account.slices;
  if (source.vpceId === null && source.vpcId === null) return { is: 'none' };
  if (!isKnown(vpcEndpoints)) {
    return { is: 'elsewhere', because: `VPC endpoints could not be read: ${vpcEndpoints.detail}` };
  }
  if (source.vpceId !== null) {
    const endpoint = vpcEndpoints.value.find(({ id }) => id === source.vpceId);
    return endpoint === undefined
      ? { is: 'elsewhere', because: `${source.vpceId} is no execute-api endpoint of this account and Region` }
      : { is: 'own', endpoint };
  }
  const inVpc = vpcEndpoints.value.filter(({ vpcId }) => vpcId === source.vpcId);
  const endpoint = inVpc.find(({ privateDnsEnabled }) => privateDnsEnabled) ?? inVpc[0];
  return endpoint === undefined ? { is: 'none' } : { is: 'own', endpoint };
};

/** PRV-2 to PRV-5: the endpoint's own policy speaks first; without one it lets everything through. */
export const judgeEndpointPolicy = (
  endpoint: VpcEndpoint,
  request: Request,
  identity: Identity,
  resource: string,
  viaDomainArn: string | null,
): Answer => {
  if (endpoint.state !== 'available') {
    return refuses(
      'vpc-endpoint-down',
      NO_ANSWER,
      `VPC endpoint ${endpoint.id} is in state ${endpoint.state}.`,
      'PRV-12',
    );
  }
  const parsed = endpoint.policy === null ? null : readPolicy(endpoint.policy);
  if (parsed === null || parsed.kind === 'none') {
    return passes(`VPC endpoint ${endpoint.id} has the default policy, full access.`, 'PRV-5');
  }
  if (parsed.kind === 'fault') {
    return unsure(
      `The policy of VPC endpoint ${endpoint.id} cannot be evaluated: ${parsed.because}.`,
      'PRV-2',
      ENDPOINT_DENIES,
    );
  }
  const { credential } = identity;
  if (credential.kind === 'signed') {
    const signature = judgeSignature(credential, request.at, parseArn(resource)?.region ?? '');
    if (signature.outcome === 'refuses') {
      return refuses(
        signature.cause,
        WRONGLY_SIGNED,
        `At VPC endpoint ${endpoint.id}: ${signature.because}`,
        'PRV-3',
      );
    }
    if (signature.outcome === 'cannot-tell') return signature;
  }
  const caller = callerOf(identity, true);
  const through = { ...request, source: { ...request.source, vpceId: endpoint.id, vpcId: endpoint.vpcId } };
  const verdict = evaluatePolicy(parsed.policy, {
    principal: caller,
    action: INVOKE,
    resource,
    keys: keysOfCall(through, caller, 'private', viaDomainArn),
  });
  const because = `VPC endpoint ${endpoint.id}: ${verdict.because}.`;
  switch (verdict.verdict) {
    case 'allow':
      return passes(because, 'PRV-2');
    case 'cannot-tell':
      return unsure(because, 'PRV-2', ENDPOINT_DENIES);
    case 'explicit-deny':
    case 'silent':
      return refuses(
        'vpc-endpoint-policy-denies',
        ENDPOINT_DENIES,
        caller.kind === 'anonymous'
          ? `${because} A call with a bearer token or without a signature is anonymous to it.`
          : because,
        caller.kind === 'anonymous' ? 'PRV-4' : 'PRV-3',
      );
  }
};
