import { known } from '../../../lambda/model/known';
import {
  allow,
  apiKey,
  canary,
  cognitoAuthorizer,
  custom,
  functionArn,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  machineClient,
  method,
  policy,
  restApi,
  snapshot,
  usagePlan,
} from '../../support/build';
import { loggedApi, loggedStage, ordersPool, type Area } from '../area';

const machines = ordersPool('eu-west-1_Machines', { clients: [machineClient('batch', ['orders/read'])] });
const machinesOnly = {
  methods: [guarded('POST', '/batches', 'machines', ['orders/read'])],
  authorizers: [cognitoAuthorizer('machines', [machines.arn])],
};
const asked = (name: string) =>
  lambdaFunction(name, {
    policy: policy({
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: functionArn(name),
      Condition: {
        ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:eu-west-1:222233334444:idpartners/authorizers/*' },
      },
    }),
  });
const signed = (verb: string) => method(verb, '/reports', { authorizationType: 'AWS_IAM' });

/** What programs call: with tokens of their own, tokens of strangers, keys and signatures. */
export const services: Area = {
  restApis: [
    restApi('batches', {
      ...machinesOnly,
      stages: [loggedStage('prod', machinesOnly, { canary: canary({ snapshot: snapshot(machinesOnly) }) })],
    }),
    loggedApi('partners', {
      methods: [
        custom('GET', '/stock', 'token'),
        custom('PUT', '/stock', 'token'),
        custom('GET', '/prices', 'request'),
      ],
      authorizers: [
        lambdaAuthorizer('token', { resultTtl: 0 }),
        lambdaAuthorizer('request', { kind: 'REQUEST' }),
      ],
    }),
    loggedApi('metered', { methods: [method('GET', '/rates', { apiKeyRequired: true })] }),
    loggedApi('reports', {
      methods: [signed('GET'), signed('POST')],
      policy: policy(
        allow({
          Principal: { AWS: 'arn:aws:iam::555566667777:role/partner' },
          Resource: 'execute-api:/prod/*/reports',
        }),
      ),
    }),
  ],
  userPools: [machines],
  functions: [asked('token'), asked('request')],
  usagePlans: [usagePlan('gold', [['idmetered', 'prod']], ['key-partner'])],
  apiKeys: [apiKey('partner')],
  callerRoles: [
    {
      roleArn: 'arn:aws:iam::222233334444:role/app/Auth',
      identityPoolId: 'eu-west-1:pool',
      use: 'authenticated',
      mayInvoke: known({
        'arn:aws:execute-api:eu-west-1:222233334444:idreports/prod/GET/reports': true,
        'arn:aws:execute-api:eu-west-1:222233334444:idreports/prod/POST/reports': true,
      }),
    },
  ],
};
