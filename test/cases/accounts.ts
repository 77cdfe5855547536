import { apiKeyAccounts } from './accounts/api-keys';
import { authorizerAccounts } from './accounts/authorizers';
import { clientAccounts } from './accounts/client';
import { cognitoAccounts } from './accounts/cognito';
import { corsAccounts } from './accounts/cors';
import { deploymentAccounts } from './accounts/deployment';
import { edgeAccounts } from './accounts/edge';
import { healthyAccounts } from './accounts/healthy';
import { iamAccounts } from './accounts/iam';
import { lambdaAuthorizerAccounts } from './accounts/lambda-authorizer';
import { resourcePolicyAccounts } from './accounts/resource-policy';
import { wafAccounts } from './accounts/waf';
import type { ReportedAccounts } from './reported-account';

const families: readonly ReportedAccounts[] = [
  apiKeyAccounts,
  authorizerAccounts,
  clientAccounts,
  cognitoAccounts,
  corsAccounts,
  deploymentAccounts,
  edgeAccounts,
  healthyAccounts,
  iamAccounts,
  lambdaAuthorizerAccounts,
  resourcePolicyAccounts,
  wafAccounts,
];

/** The account of every report by the report's id. */
export const reportedAccounts: ReportedAccounts = Object.assign({}, ...families) as ReportedAccounts;
