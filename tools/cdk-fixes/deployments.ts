import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Given } from './given';

export const deployAnew = ({ api }: Given): void => {
  // #region deployment/method-not-deployed deployment/authorization-not-deployed deployment/authorizer-not-deployed deployment/policy-not-deployed deployment/gateway-responses-not-deployed
  // RestApi deploys when its own methods change. What was changed elsewhere needs a new id:
  api.latestDeployment?.addToLogicalId({ changed: 'authorizer People, 2026-11-28' });
  // #endregion
};

export const deployAtAll = ({ stack, backend }: Given): void => {
  // #region deployment/api-never-deployed
  const api = new apigateway.RestApi(stack, 'Shop', {
    deploy: true,
    deployOptions: { stageName: 'prod' },
  });
  // #endregion
  api.root.addMethod('GET', backend);
};

export const serveLatest = ({ stack, api }: Given): void => {
  // #region deployment/stage-behind-latest deployment/canary-differs
  const deployment = new apigateway.Deployment(stack, 'Latest', { api });
  // Without canarySetting: all calls meet this deployment.
  new apigateway.Stage(stack, 'Next', { stageName: 'next', deployment });
  // #endregion
};

export const serveParent = ({ api, backend }: Given): void => {
  // #region deployment/root-not-served
  const pets = api.root.addResource('pets');
  pets.addMethod('ANY', backend);
  pets.addProxy({ defaultIntegration: backend, anyMethod: true });
  // #endregion
};

export const answerPreflights = ({ orders }: Given): void => {
  // #region cors/preflight-missing cors/preflight-needs-authorization cors/allow-headers-incomplete
  // Adds an open OPTIONS method, whatever the default authorizer is.
  orders.addCorsPreflight({
    allowOrigins: ['https://shop.example.com'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'X-Api-Key'],
  });
  // #endregion
};

export const letBrowsersReadRefusals = ({ api }: Given): void => {
  // #region cors/error-responses-without-cors iam/status-rewritten
  // Without statusCode every refusal keeps its own.
  api.addGatewayResponse('Refused', {
    type: apigateway.ResponseType.DEFAULT_4XX,
    responseHeaders: { 'Access-Control-Allow-Origin': "'https://shop.example.com'" },
  });
  // #endregion
};
