const DOMAIN = 'a custom domain needs a certificate and a name that the account owns';
const VPC = 'who calls has to stand in a VPC';
const STRANGER = 'who calls has to be of another account: those of this one get in by their own policies';
const BROWSER = 'a browser refuses, not AWS: what AWS answers looks right';
const LOOKS = 'it changes how refusals look, and refuses nothing';
const LOGS = 'it refuses nothing: it says why a log is silent';

/** Rules of which no loop shows a refused call, and why. */
export const WITHOUT_LOOP: Readonly<Record<string, string>> = {
  'edge/domain-without-route': DOMAIN,
  'edge/domain-root-unmapped': DOMAIN,
  'edge/domain-not-available': DOMAIN,
  'edge/mapping-without-stage': DOMAIN,
  'edge/mutual-tls-required': DOMAIN,
  'edge/cloudfront-path-not-served':
    'the API refuses a path that it does not have, rightly; that CloudFront asks for it is a matter of what viewers call',
  'edge/private-dns-shadows-public-api': VPC,
  'private/vpc-endpoint-missing': VPC,
  'private/private-api-not-addressable': VPC,
  'private/vpc-endpoint-policy-denies': VPC,
  'private/private-api-without-policy': VPC,
  'resource-policy/source-ip-on-private-api': VPC,
  'deployment/stage-behind-latest':
    'a stage may be rolled back on purpose; what it then refuses is deployment/method-not-deployed',
  'resource-policy/unreadable-policy': 'API Gateway stores no policy that is no policy document',
  'iam/cross-account-without-allow': STRANGER,
  'resource-policy/principal-matches-nobody': STRANGER,
  'cors/allow-headers-incomplete': BROWSER,
  'cors/error-responses-without-cors': BROWSER,
  'authorizers/authorizer-missing': 'API Gateway does not deploy a method in this state (COG-30)',
  'authorizers/unused': 'nothing refuses: a method that asks no authorizer may be meant to be open',
  'clients/short-token-lifetime': 'a token is refused once it has expired, however long it was valid',
  'clients/secret-missing-for-client-credentials': 'Cognito makes no such app client (CLI-7)',
  'clients/pool-without-users': 'the number of users is an estimate that lags behind',
  'iam/caller-role-without-invoke': 'it needs an identity pool, and the roles are read only when asked for',
  'deployment/gateway-responses-not-deployed': LOOKS,
  'iam/status-rewritten': LOOKS,
  'observability/execution-logs-off': LOGS,
  'observability/logging-role-missing': LOGS,
};
