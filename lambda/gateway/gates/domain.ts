import type { SharedAccount } from '../../model/account';
import type { DomainName } from '../../model/edge';
import { isKnown } from '../../model/known';
import { refuses, unsure, type Answer } from '../answer';
import { callerOf, keysOfCall } from '../call';
import { evaluatePolicy } from '../policy/evaluate';
import { INVOKE } from '../policy/resource';
import { readPolicy } from '../policy-texts';
import { CERTIFICATE_REFUSED, CONTESTED, NO_ANSWER } from '../refusals';
import type { Identity, Request } from '../request';
import { endpointUsed, judgeEndpointPolicy } from './vpc-endpoint';

export const isPrivateDomain = (domain: DomainName): boolean => domain.endpointTypes.includes('PRIVATE');

/** DOM-14: what a domain that is not available answers is not documented. */
export const judgeStatus = (domain: DomainName): Answer | null =>
  domain.status === null || domain.status === 'AVAILABLE' || domain.status === 'UPDATING'
    ? null
    : unsure(`Domain ${domain.name} is in status ${domain.status}.`, 'DOM-14');

/** DOM-11, DOM-12. */
const judgeCertificate = (domain: DomainName, request: Request): Answer | null => {
  if (domain.mutualTls === null) return null;
  if (request.clientCertificate === 'trusted') {
    return domain.mutualTls.warnings.length === 0
      ? null
      : unsure(
          `The truststore of ${domain.name} has warnings: some certificates are refused.`,
          'DOM-13',
          CERTIFICATE_REFUSED,
        );
  }
  return unsure(
    `Domain ${domain.name} asks for a client certificate, and whether the caller has one that it trusts is not known.`,
    'MSG-2',
    null,
  );
};

const judgeAccessMode = (domain: DomainName, request: Request): Answer | null =>
  domain.endpointAccessMode === 'STRICT' && request.source.vpceId !== null
    ? refuses(
        'strict-access-mode',
        CONTESTED,
        `Domain ${domain.name} is in STRICT access mode, which refuses calls that arrive through a VPC endpoint.`,
        'DOM-15',
      )
    : null;

const judgeDomainPolicy = (
  domain: DomainName,
  request: Request,
  identity: Identity,
  resource: string,
): Answer | null => {
  const parsed = domain.policy === null ? null : readPolicy(domain.policy);
  if (parsed === null || parsed.kind !== 'policy') {
    return unsure(
      `The policy of private domain ${domain.name} is not there or cannot be evaluated.`,
      'DOM-21',
    );
  }
  const caller = callerOf(identity, true);
  const keys = keysOfCall(request, caller, 'private', domain.arn);
  // Whether its resources are written as the domain's ARN or as an execute-api one differs between AWS's examples.
  const verdicts = [resource, domain.arn].map((of) =>
    evaluatePolicy(parsed.policy, { principal: caller, action: INVOKE, resource: of, keys }),
  );
  if (verdicts.some(({ denies }) => denies === true)) {
    return refuses(
      'domain-policy-denies',
      CONTESTED,
      `The policy of private domain ${domain.name} denies the call.`,
      'DOM-21',
    );
  }
  return verdicts.every(({ verdict }) => verdict === 'allow')
    ? null
    : unsure(
        `Whether the policy of private domain ${domain.name} allows the call could not be worked out.`,
        'DOM-21',
      );
};

const judgePrivateTraffic = (
  domain: DomainName,
  account: SharedAccount,
  request: Request,
  identity: Identity,
  resource: string,
): readonly (Answer | null)[] => {
  const used = endpointUsed(account, request.source);
  if (used.is === 'none') {
    return [unsure('A private domain answers only calls that come through a VPC endpoint.', 'DOM-21')];
  }
  const endpointId = used.is === 'own' ? used.endpoint.id : request.source.vpceId;
  const { domainAccessAssociations: associations } = account.slices;
  const associated =
    isKnown(associations) &&
    associations.value.some((one) => one.domainArn === domain.arn && one.vpcEndpointId === endpointId);
  return [
    associated
      ? null
      : !isKnown(associations) || used.is === 'elsewhere'
        ? unsure(`Whether the VPC endpoint may use domain ${domain.name} is not known.`, 'DOM-21', NO_ANSWER)
        : refuses(
            'domain-not-associated',
            NO_ANSWER,
            `No access association lets VPC endpoint ${String(endpointId)} use domain ${domain.name}.`,
            'DOM-21',
          ),
    used.is === 'own'
      ? judgeEndpointPolicy(used.endpoint, request, identity, resource, domain.arn)
      : unsure(`What the VPC endpoint lets through is not known: ${used.because}.`, 'PRV-9'),
    judgeDomainPolicy(domain, request, identity, resource),
  ];
};

/** What a custom domain asks before it routes. `resource`: the execute-api ARN of the call, once it is known. */
export const judgeDomain = (
  domain: DomainName,
  account: SharedAccount,
  request: Request,
  identity: Identity,
  resource: string,
): readonly (Answer | null)[] => [
  judgeStatus(domain),
  ...(isPrivateDomain(domain)
    ? judgePrivateTraffic(domain, account, request, identity, resource)
    : [judgeCertificate(domain, request), judgeAccessMode(domain, request)]),
];
