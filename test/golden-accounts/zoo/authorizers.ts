import type { Authorizer } from '../../../lambda/model/rest-api';
import {
  cognitoAuthorizer,
  custom,
  functionArn,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  method,
  policy,
  poolArn,
} from '../../support/build';
import { loggedApi, ordersApi, ordersPool, type Area } from '../area';

const pool = ordersPool('eu-west-1_Sound');
const scoped = guarded('GET', '/orders', 'pool', ['orders/read']);
const people = cognitoAuthorizer('pool', [pool.arn]);
const gateMayAsk = policy({
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn('gate'),
});
const behind = (name: string, authorizer: Authorizer) =>
  loggedApi(name, { methods: [custom('GET', '/orders', authorizer.key)], authorizers: [authorizer] });

/** Authorizers that find no token, or ask nobody, or are not asked. */
export const authorizers: Area = {
  restApis: [
    loggedApi('orphaned', { methods: [guarded('GET', '/orders', 'gone', ['orders/read'])] }),
    loggedApi('mistyped', { methods: [custom('GET', '/orders', 'pool')], authorizers: [people] }),
    loggedApi('idle', { methods: [method('GET', '/orders')], authorizers: [people] }),
    loggedApi('mingled', {
      methods: [scoped, method('POST', '/orders', { authorizationType: 'AWS_IAM' })],
      authorizers: [people],
    }),
    ordersApi('renamed', pool, { identitySources: ['method.request.header.X-Auth'] }),
    ordersApi('doubled', pool, {
      identitySources: ['method.request.header.method.request.header.Authorization'],
    }),
    ordersApi('picky', pool, { validationExpression: '^client-site$' }),
    ordersApi('variable', { arn: poolArn('${stageVariables.pool}') }),
    behind('deleted', lambdaAuthorizer('gone', { resultTtl: 0 })),
    behind('refused', lambdaAuthorizer('strange', { resultTtl: 0 })),
    behind(
      'twofold',
      lambdaAuthorizer('gate', {
        kind: 'REQUEST',
        identitySources: ['method.request.header.Authorization', 'method.request.querystring.tenant'],
      }),
    ),
    loggedApi('cached', {
      methods: [custom('GET', '/orders', 'gate'), custom('PUT', '/orders', 'gate')],
      authorizers: [lambdaAuthorizer('gate')],
    }),
  ],
  userPools: [pool],
  functions: [
    lambdaFunction('gone', { configuration: null }),
    lambdaFunction('strange'),
    lambdaFunction('gate', { policy: gateMayAsk }),
  ],
};
