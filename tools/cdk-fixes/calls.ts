import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Given } from './given';

export const giveKeyToCallers = ({ stack, api }: Given): void => {
  // #region api-keys/stage-in-no-usage-plan api-keys/usage-plan-without-enabled-key api-keys/key-without-plan api-keys/disabled-key-in-plan
  const key = new apigateway.ApiKey(stack, 'CallersKey', { enabled: true });
  const plan = api.addUsagePlan('Plan', { apiStages: [{ stage: api.deploymentStage }] });
  plan.addApiKey(key);
  // #endregion
};

export const takeKeyFromHeader = ({ stack, backend }: Given): void => {
  // #region api-keys/key-source-unsatisfiable
  const api = new apigateway.RestApi(stack, 'Shop', {
    apiKeySourceType: apigateway.ApiKeySourceType.HEADER,
  });
  // #endregion
  api.root.addMethod('GET', backend);
};

export const guardByPool = ({ stack, orders, backend, pool }: Given): void => {
  // #region authorizers/authorizer-missing authorizers/type-mismatch authorizers/unused authorizers/iam-among-bearer-methods cognito/user-pool-missing cognito/provider-arn-region-mismatch
  const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, 'People', {
    cognitoUserPools: [pool],
  });
  orders.addMethod('GET', backend, {
    authorizer,
    authorizationType: apigateway.AuthorizationType.COGNITO,
  });
  // #endregion
};

export const readTheUsualHeader = ({ stack, orders, backend, handler }: Given): void => {
  // #region authorizers/token-source-malformed authorizers/token-source-unusual authorizers/validation-rejects-tokens
  const authorizer = new apigateway.TokenAuthorizer(stack, 'Guard', {
    handler,
    identitySource: apigateway.IdentitySource.header('Authorization'),
    // Without validationRegex every token reaches the function.
  });
  orders.addMethod('GET', backend, { authorizer });
  // #endregion
};

export const defineStageVariable = ({ api, pool }: Given): void => {
  // #region authorizers/stage-variable-undefined
  const stage = api.deploymentStage.node.defaultChild as apigateway.CfnStage;
  stage.variables = { userPoolId: pool.userPoolId };
  // #endregion
};

export const askForNothingToCacheBy = ({ stack, orders, backend, handler }: Given): void => {
  // #region lambda-authorizer/cached-answer-spans-routes lambda-authorizer/identity-source-optional
  const authorizer = new apigateway.RequestAuthorizer(stack, 'Guard', {
    handler,
    identitySources: [],
    resultsCacheTtl: Duration.seconds(0),
  });
  orders.addMethod('GET', backend, { authorizer });
  // #endregion
};

export const letAuthorizerBeInvoked = ({ stack, orders, backend, handler }: Given): void => {
  // #region lambda-authorizer/function-missing lambda-authorizer/invoke-not-permitted
  // The construct of the function, not its ARN: so it exists, and API Gateway may invoke it.
  const authorizer = new apigateway.TokenAuthorizer(stack, 'Guard', { handler });
  orders.addMethod('GET', backend, { authorizer });
  // #endregion
};

export const letRoleInvoke = ({ stack, orders, backend }: Given): void => {
  const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  // #region iam/caller-role-without-invoke
  const method = orders.addMethod('GET', backend, {
    authorizationType: apigateway.AuthorizationType.IAM,
  });
  method.grantExecute(role);
  // #endregion
};

export const logRefusals = ({ stack, backend }: Given): void => {
  // #region observability/execution-logs-off observability/logging-role-missing
  const api = new apigateway.RestApi(stack, 'Shop', {
    cloudWatchRole: true,
    deployOptions: { loggingLevel: apigateway.MethodLoggingLevel.ERROR },
  });
  // #endregion
  api.root.addMethod('GET', backend);
};
