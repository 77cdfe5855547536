import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** What the fixes start from: the names that they use without saying where they come from. */
export interface Given {
  readonly stack: Stack;
  /** As people have it without `exactOptionalPropertyTypes`, under which a RestApi of the CDK is no IRestApi. */
  readonly api: apigateway.RestApi & apigateway.IRestApi;
  readonly orders: apigateway.Resource;
  readonly backend: apigateway.Integration;
  readonly handler: lambda.Function;
  readonly pool: cognito.UserPool;
  readonly vpc: ec2.Vpc;
}

/** A stack of its own, which needs no account. */
export const given = (): Given => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Shop');
  const handler = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({})'),
  });
  const api = new apigateway.RestApi(stack, 'Api', { cloudWatchRole: false });
  const backend = new apigateway.LambdaIntegration(handler);
  api.root.addMethod('GET', backend);
  return {
    stack,
    api: api as Given['api'],
    orders: api.root.addResource('orders'),
    backend,
    handler,
    pool: new cognito.UserPool(stack, 'Pool'),
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }),
  };
};
