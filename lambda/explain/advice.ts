import type { FixStep } from '../rules/verdict';

interface Advice {
  /** Rules that name this cause when they are found at the place, the most telling first; a trailing slash stands for a family. */
  readonly rules: readonly string[];
  /** What the caller can do, where configuration is not at fault. */
  readonly steps: readonly string[];
}

const advice = (rules: readonly string[], ...steps: readonly string[]): Advice => ({ rules, steps });

/** By cause of a refusal (see the gates). */
const ADVICE: Readonly<Record<string, Advice>> = {
  'default-endpoint-disabled': advice(
    ['edge/default-endpoint-disabled'],
    'Call the API by its custom domain.',
  ),
  'domain-without-route': advice(
    ['edge/domain-without-route', 'edge/domain-root-unmapped'],
    'Use a path under one of the base paths of the domain, or add a mapping for this one.',
  ),
  'domain-not-associated': advice(
    [],
    'Create an access association between the domain and the VPC endpoint.',
  ),
  'private-dns-shadows': advice(
    ['edge/private-dns-shadows-public-api'],
    'From this VPC, call the public API by a custom domain, or turn private DNS of the endpoint off.',
  ),
  'private-api-from-internet': advice(
    [],
    'Call the private API from inside a VPC, through an execute-api endpoint.',
  ),
  'vpc-endpoint-policy-denies': advice(
    ['private/vpc-endpoint-policy-denies'],
    "Let the VPC endpoint's policy allow this call.",
  ),
  'vpc-endpoint-not-associated': advice(
    ['private/vpc-endpoint-missing'],
    'Associate the VPC endpoint with the API, or call the API by another of its private names.',
  ),
  'private-dns-off': advice(
    ['private/private-api-not-addressable'],
    'Call the endpoint by its own name with the header x-apigw-api-id, or associate the endpoint with the API.',
  ),
  'api-not-named': advice([], "Send the header x-apigw-api-id, or Host with the API's own name."),
  'headers-too-large': advice(
    [],
    'Send fewer or shorter headers; a token of many groups or claims is the usual cause.',
  ),
  'uri-too-long': advice([], 'Send a shorter path: move what is long into the query or the body.'),
  'stage-unknown': advice(
    ['edge/mapping-to-missing-stage'],
    'Put an existing stage into the path, or deploy the API to this one.',
  ),
  'never-deployed': advice(['deployment/api-never-deployed'], 'Deploy the API to a stage.'),
  'route-unknown': advice(
    ['deployment/method-not-deployed', 'deployment/root-not-served', 'cors/preflight-missing'],
    'Check verb and path, upper and lower case included; if the method exists in the console, deploy the API.',
  ),
  'waf-blocks': advice(['waf/default-action-blocks'], 'Let a rule of the web ACL allow the call.'),
  'policy-denies': advice(
    ['resource-policy/', 'private/'],
    'Change the resource policy so that it does not deny this call, and deploy.',
  ),
  'policy-allows-not': advice(
    [
      'private/private-api-without-policy',
      'resource-policy/',
      'iam/cross-account-without-allow',
      'deployment/policy-not-deployed',
    ],
    'Let the resource policy allow this call, and deploy.',
  ),
  'authorizer-missing': advice(
    ['authorizers/authorizer-missing'],
    'Attach an authorizer to the method, and deploy.',
  ),
  'authorizer-type-mismatch': advice(
    ['authorizers/type-mismatch'],
    'Attach an authorizer of the fitting kind, and deploy.',
  ),
  'identity-source-malformed': advice(
    ['authorizers/token-source-malformed'],
    'Name a header as token source, and deploy.',
  ),
  'stage-variable-undefined': advice(['authorizers/stage-variable-undefined'], 'Define the stage variable.'),
  'user-pool-missing': advice(
    ['cognito/user-pool-missing'],
    'Point the authorizer at an existing user pool, and deploy.',
  ),
  'issuer-updated': advice(
    ['cognito/user-pool-issuer-unsupported'],
    'Switch the user pool back to the original issuer.',
  ),
  'issuer-unknown': advice(
    ['cognito/provider-arn-region-mismatch', 'authorizers/authorizer-not-deployed'],
    "Get the token from a user pool that the method's authorizer lists, or add the token's pool to it and deploy.",
  ),
  'issuer-missing': advice([], 'Send a token that a Cognito user pool issued.'),
  'audience-missing': advice(
    ['authorizers/validation-rejects-tokens'],
    'Remove the identity validation expression from the authorizer, and deploy.',
  ),
  'audience-mismatch': advice(
    ['authorizers/validation-rejects-tokens'],
    'Use an app client that the expression matches, or widen the expression and deploy.',
  ),
  'access-token-for-id': advice(
    ['cognito/id-token-unobtainable', 'cognito/mixed-token-types', 'cognito/id-token-required'],
    'Send the ID token. Or give the method authorization scopes and deploy; then it takes access tokens, and no longer ID tokens.',
  ),
  'id-token-for-access': advice(
    ['cognito/mixed-token-types'],
    "Send the access token, with one of the method's scopes. Or remove the scopes from the method and deploy; then it takes ID tokens, and no longer access tokens.",
  ),
  'scope-missing': advice(
    [
      'cognito/scope-undefined',
      'clients/oauth-disabled',
      'cognito/scope-no-client-may-request',
      'cognito/scope-only-by-oauth',
      'clients/undefined-scope-listed',
    ],
    'Ask for one of the scopes when the token is fetched, by a flow and an app client that may have it.',
  ),
  'token-missing': advice(
    ['edge/cloudfront-strips-authorization'],
    'Send the token in the header that the authorizer reads.',
  ),
  'token-in-wrong-header': advice(
    ['authorizers/token-source-malformed', 'authorizers/token-source-unusual'],
    'Send the token in the header that the authorizer reads.',
  ),
  'token-malformed': advice(
    [],
    'Send the JWT itself, alone or after "Bearer ", without quotes, blanks or line breaks.',
  ),
  'token-expired': advice(['clients/short-token-lifetime'], 'Refresh the token before the call.'),
  'signature-invalid': advice([], 'Send the token unchanged, as the user pool issued it.'),
  'signature-for-token': advice([], "Do not sign the call; send the user pool's token."),
  'identity-source-missing': advice(
    ['lambda-authorizer/identity-source-optional'],
    'Send every identity source of the authorizer; each must be there and not empty.',
  ),
  'validation-mismatch': advice(
    ['authorizers/validation-rejects-tokens'],
    'Send the value in the form that the token validation expression wants.',
  ),
  'function-missing': advice(['lambda-authorizer/function-missing'], "Bring the authorizer's function back."),
  'invoke-not-permitted': advice(
    ['lambda-authorizer/invoke-not-permitted'],
    'Let API Gateway invoke the function.',
  ),
  unsigned: advice(
    [],
    'Sign the call with Signature Version 4 for execute-api, as a principal that may invoke the API.',
  ),
  'signature-scope': advice(
    [],
    "Sign for service execute-api and the API's Region, on the day of the call. With curl: --aws-sigv4 aws:amz:REGION:execute-api.",
  ),
  'signature-time': advice(
    [],
    'Sign each call anew, right before it is sent, on a machine whose clock is right.',
  ),
  'signature-incomplete': advice(
    [],
    'Send Credential, SignedHeaders and Signature in the Authorization header, and X-Amz-Date with it, as the signer made them.',
  ),
  'bearer-for-iam': advice(
    ['authorizers/unused', 'authorizers/iam-among-bearer-methods', 'deployment/authorization-not-deployed'],
    'Sign the call with Signature Version 4. If the method should take a token, give it an authorizer and deploy.',
  ),
  'api-key-missing': advice([], 'Send the value of an API key in the header x-api-key.'),
  'api-key-id-sent': advice([], "Send the key's value in x-api-key, not its id."),
  'api-key-unknown': advice([], 'Use a key of this account and Region.'),
  'api-key-disabled': advice(['api-keys/disabled-key-in-plan'], 'Enable the key.'),
  'api-key-in-no-plan': advice(['api-keys/key-without-plan'], 'Add the key to a usage plan of this stage.'),
  'stage-in-no-plan': advice(['api-keys/stage-in-no-usage-plan'], 'Add the stage to a usage plan.'),
  'plan-without-key': advice(
    ['api-keys/usage-plan-without-enabled-key'],
    "Add an enabled key to the stage's usage plan.",
  ),
  'key-source-unsatisfiable': advice(
    ['api-keys/key-source-unsatisfiable'],
    'Take keys from the header, or give the method a Lambda authorizer.',
  ),
  'cache-control-refused': advice([], 'Leave Cache-Control: max-age=0 out.'),
};

/** Ids or families of the rules that may name a cause. */
export const rulesFor = (cause: string): readonly string[] => ADVICE[cause]?.rules ?? [];

export const stepsFor = (cause: string): readonly FixStep[] =>
  (ADVICE[cause]?.steps ?? []).map((step) => ({ step, commands: [] }));
