import type { Rule } from './rule';

/** What scanners ask for, where several rules meet it; how to have both differs. */
type Asked = Omit<NonNullable<Rule['scanners']>, 'both'>;

export const WEB_ACL_ATTACHED: Asked = {
  asks: 'a web ACL is attached to the stage',
  checks: [
    'Prowler apigateway_restapi_waf_acl_attached',
    'CloudSploit apigatewayWafEnabled',
    'Powerpipe apigateway_stage_use_waf_web_acl',
    'Cloud Custodian wafv2-enabled',
    'Security Hub APIGateway.4',
    'Checkov CKV2_AWS_29',
    'Checkov CKV2_AWS_77',
    'cdk-nag AwsSolutions-APIG3',
  ],
};

export const API_PRIVATE: Asked = {
  asks: 'the API is private',
  checks: [
    'Prowler apigateway_restapi_public',
    'CloudSploit apigatewayPrivateEndpoints',
    'Powerpipe apigateway_rest_api_endpoint_restrict_public_access',
  ],
};

export const NO_PUBLIC_ACCESS: Asked = {
  asks: 'the resource policy allows no public access',
  checks: ['IAM Access Analyzer CheckNoPublicAccess', 'Cloud Custodian cross-account'],
};
