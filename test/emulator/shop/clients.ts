import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Emulator } from '../harness/emulator';

/** Clients of the services in which a shop is made. */
export interface ShopClients {
  readonly gateway: APIGatewayClient;
  readonly gatewayV2: ApiGatewayV2Client;
  readonly cognito: CognitoIdentityProviderClient;
  readonly lambda: LambdaClient;
  readonly cloudFront: CloudFrontClient;
  readonly iam: IAMClient;
}

export const shopClients = (emulator: Emulator): ShopClients => {
  const settings = emulator.client();
  return {
    gateway: new APIGatewayClient(settings),
    gatewayV2: new ApiGatewayV2Client(settings),
    cognito: new CognitoIdentityProviderClient(settings),
    lambda: new LambdaClient(settings),
    cloudFront: new CloudFrontClient(settings),
    iam: new IAMClient(settings),
  };
};

/** What AWS must have named when it made something. */
export const given = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new Error(`the answer names no ${name}`);
  return value;
};
