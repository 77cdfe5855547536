import disabledKeyInPlan from './api-keys/disabled-key-in-plan';
import keySourceUnsatisfiable from './api-keys/key-source-unsatisfiable';
import keyWithoutPlan from './api-keys/key-without-plan';
import stageInNoUsagePlan from './api-keys/stage-in-no-usage-plan';
import usagePlanWithoutEnabledKey from './api-keys/usage-plan-without-enabled-key';
import authorizerMissing from './authorizers/authorizer-missing';
import iamAmongBearerMethods from './authorizers/iam-among-bearer-methods';
import stageVariableUndefined from './authorizers/stage-variable-undefined';
import tokenSourceMalformed from './authorizers/token-source-malformed';
import tokenSourceUnusual from './authorizers/token-source-unusual';
import typeMismatch from './authorizers/type-mismatch';
import unused from './authorizers/unused';
import validationRejectsTokens from './authorizers/validation-rejects-tokens';
import callbackUrlMissing from './clients/callback-url-missing';
import customAuthWithoutTriggers from './clients/custom-auth-without-triggers';
import identityProviderMissing from './clients/identity-provider-missing';
import noSignInFlow from './clients/no-sign-in-flow';
import oauthDisabled from './clients/oauth-disabled';
import openidNotAllowed from './clients/openid-not-allowed';
import poolWithoutUsers from './clients/pool-without-users';
import secretMissingForClientCredentials from './clients/secret-missing-for-client-credentials';
import shortTokenLifetime from './clients/short-token-lifetime';
import triggerFunctionMissing from './clients/trigger-function-missing';
import undefinedScopeListed from './clients/undefined-scope-listed';
import userPoolWithoutDomain from './clients/user-pool-without-domain';
import idTokenRequired from './cognito/id-token-required';
import idTokenUnobtainable from './cognito/id-token-unobtainable';
import mixedTokenTypes from './cognito/mixed-token-types';
import providerArnRegionMismatch from './cognito/provider-arn-region-mismatch';
import scopeNoClientMayRequest from './cognito/scope-no-client-may-request';
import scopeOnlyByOauth from './cognito/scope-only-by-oauth';
import scopeUndefined from './cognito/scope-undefined';
import userPoolIssuerUnsupported from './cognito/user-pool-issuer-unsupported';
import userPoolMissing from './cognito/user-pool-missing';
import userPoolWithoutClients from './cognito/user-pool-without-clients';
import allowHeadersIncomplete from './cors/allow-headers-incomplete';
import errorResponsesWithoutCors from './cors/error-responses-without-cors';
import preflightMissing from './cors/preflight-missing';
import preflightNeedsAuthorization from './cors/preflight-needs-authorization';
import apiNeverDeployed from './deployment/api-never-deployed';
import authorizationNotDeployed from './deployment/authorization-not-deployed';
import authorizerNotDeployed from './deployment/authorizer-not-deployed';
import canaryDiffers from './deployment/canary-differs';
import gatewayResponsesNotDeployed from './deployment/gateway-responses-not-deployed';
import methodNotDeployed from './deployment/method-not-deployed';
import policyNotDeployed from './deployment/policy-not-deployed';
import rootNotServed from './deployment/root-not-served';
import stageBehindLatest from './deployment/stage-behind-latest';
import cloudfrontForwardsHost from './edge/cloudfront-forwards-host';
import cloudfrontPathNotServed from './edge/cloudfront-path-not-served';
import cloudfrontStripsAuthorization from './edge/cloudfront-strips-authorization';
import defaultEndpointDisabled from './edge/default-endpoint-disabled';
import domainNotAvailable from './edge/domain-not-available';
import domainRootUnmapped from './edge/domain-root-unmapped';
import domainWithoutRoute from './edge/domain-without-route';
import mappingToMissingStage from './edge/mapping-to-missing-stage';
import mappingWithoutStage from './edge/mapping-without-stage';
import mutualTlsRequired from './edge/mutual-tls-required';
import privateDnsShadowsPublicApi from './edge/private-dns-shadows-public-api';
import callerRoleWithoutInvoke from './iam/caller-role-without-invoke';
import crossAccountWithoutAllow from './iam/cross-account-without-allow';
import statusRewritten from './iam/status-rewritten';
import cachedAnswerSpansRoutes from './lambda-authorizer/cached-answer-spans-routes';
import functionMissing from './lambda-authorizer/function-missing';
import identitySourceOptional from './lambda-authorizer/identity-source-optional';
import invokeNotPermitted from './lambda-authorizer/invoke-not-permitted';
import executionLogsOff from './observability/execution-logs-off';
import loggingRoleMissing from './observability/logging-role-missing';
import privateApiNotAddressable from './private/private-api-not-addressable';
import privateApiWithoutPolicy from './private/private-api-without-policy';
import vpcEndpointMissing from './private/vpc-endpoint-missing';
import vpcEndpointPolicyDenies from './private/vpc-endpoint-policy-denies';
import allowsNoCaller from './resource-policy/allows-no-caller';
import deniesEveryCaller from './resource-policy/denies-every-caller';
import excludesPreflight from './resource-policy/excludes-preflight';
import principalMatchesNobody from './resource-policy/principal-matches-nobody';
import principalNeedsSignedCaller from './resource-policy/principal-needs-signed-caller';
import privateRangeOnPublicApi from './resource-policy/private-range-on-public-api';
import resourceMatchesNothing from './resource-policy/resource-matches-nothing';
import sourceIpOnPrivateApi from './resource-policy/source-ip-on-private-api';
import unreadablePolicy from './resource-policy/unreadable-policy';
import vpcConditionOnPublicApi from './resource-policy/vpc-condition-on-public-api';
import addressListBehindCloudfront from './waf/address-list-behind-cloudfront';
import bodySizeRuleBlocks from './waf/body-size-rule-blocks';
import defaultActionBlocks from './waf/default-action-blocks';
import type { Rule } from './rule';

/**
 * Every rule, by the gate that refuses, in AWS's order. Within a gate the order counts: a rule speaks before those below it
 * (see root-causes), so named causes stand above the general ones.
 */
export const catalogue: readonly Rule[] = [
  domainWithoutRoute,
  defaultEndpointDisabled,
  domainRootUnmapped,
  domainNotAvailable,
  mutualTlsRequired,
  privateDnsShadowsPublicApi,
  cloudfrontForwardsHost,
  vpcEndpointMissing,
  privateApiNotAddressable,
  vpcEndpointPolicyDenies,

  apiNeverDeployed,
  mappingToMissingStage,
  mappingWithoutStage,

  methodNotDeployed,
  stageBehindLatest,
  rootNotServed,
  cloudfrontPathNotServed,
  preflightMissing,

  defaultActionBlocks,
  addressListBehindCloudfront,
  bodySizeRuleBlocks,

  policyNotDeployed,
  privateApiWithoutPolicy,
  unreadablePolicy,
  sourceIpOnPrivateApi,
  vpcConditionOnPublicApi,
  privateRangeOnPublicApi,
  principalNeedsSignedCaller,
  principalMatchesNobody,
  resourceMatchesNothing,
  crossAccountWithoutAllow,
  excludesPreflight,
  deniesEveryCaller,
  allowsNoCaller,

  authorizationNotDeployed,
  authorizerNotDeployed,
  canaryDiffers,
  preflightNeedsAuthorization,
  allowHeadersIncomplete,
  cloudfrontStripsAuthorization,
  authorizerMissing,
  typeMismatch,
  stageVariableUndefined,
  tokenSourceMalformed,
  providerArnRegionMismatch,
  userPoolMissing,
  userPoolIssuerUnsupported,
  validationRejectsTokens,
  tokenSourceUnusual,
  identitySourceOptional,
  iamAmongBearerMethods,
  unused,
  shortTokenLifetime,

  functionMissing,
  invokeNotPermitted,
  cachedAnswerSpansRoutes,
  userPoolWithoutClients,
  secretMissingForClientCredentials,
  noSignInFlow,
  oauthDisabled,
  scopeUndefined,
  scopeNoClientMayRequest,
  idTokenUnobtainable,
  scopeOnlyByOauth,
  mixedTokenTypes,
  idTokenRequired,
  openidNotAllowed,
  undefinedScopeListed,
  userPoolWithoutDomain,
  callbackUrlMissing,
  identityProviderMissing,
  customAuthWithoutTriggers,
  triggerFunctionMissing,
  poolWithoutUsers,
  callerRoleWithoutInvoke,

  keySourceUnsatisfiable,
  stageInNoUsagePlan,
  usagePlanWithoutEnabledKey,
  disabledKeyInPlan,
  keyWithoutPlan,

  errorResponsesWithoutCors,
  gatewayResponsesNotDeployed,
  statusRewritten,
  executionLogsOff,
  loggingRoleMissing,
];
