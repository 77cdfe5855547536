import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Given } from './given';

export const letPeopleSignIn = ({ pool }: Given): void => {
  // #region clients/callback-url-missing clients/identity-provider-missing clients/no-sign-in-flow clients/oauth-disabled clients/openid-not-allowed clients/short-token-lifetime cognito/id-token-unobtainable cognito/user-pool-without-clients
  pool.addClient('Web', {
    authFlows: { userSrp: true },
    supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [cognito.OAuthScope.OPENID],
      callbackUrls: ['https://shop.example.com/signed-in'],
    },
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
  });
  // #endregion
};

export const askForScope = ({ stack, orders, backend, pool }: Given): void => {
  // #region clients/secret-missing-for-client-credentials clients/undefined-scope-listed cognito/id-token-required cognito/mixed-token-types cognito/scope-no-client-may-request cognito/scope-only-by-oauth cognito/scope-undefined
  const read = new cognito.ResourceServerScope({ scopeName: 'read', scopeDescription: 'Read orders' });
  const server = pool.addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
  const scope = cognito.OAuthScope.resourceServer(server, read);
  pool.addClient('Batch', {
    generateSecret: true,
    oAuth: { flows: { clientCredentials: true }, scopes: [scope] },
  });
  const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, 'Callers', {
    cognitoUserPools: [pool],
  });
  orders.addMethod('GET', backend, { authorizer, authorizationScopes: [scope.scopeName] });
  // #endregion
};

export const servePool = ({ pool }: Given): void => {
  // #region clients/user-pool-without-domain
  pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: 'shop-sign-in' } });
  // #endregion
};

export const setTriggers = ({ pool, handler }: Given): void => {
  // #region clients/custom-auth-without-triggers clients/trigger-function-missing
  // The construct of the function, not its ARN: so it exists, and Cognito may invoke it.
  pool.addTrigger(cognito.UserPoolOperation.DEFINE_AUTH_CHALLENGE, handler);
  pool.addTrigger(cognito.UserPoolOperation.CREATE_AUTH_CHALLENGE, handler);
  pool.addTrigger(cognito.UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE, handler);
  // #endregion
};

export const issueAsBefore = ({ pool }: Given): void => {
  // #region cognito/user-pool-issuer-unsupported
  const settings = pool.node.defaultChild as cognito.CfnUserPool;
  settings.issuerConfiguration = { type: 'ORIGINAL' };
  // #endregion
};
