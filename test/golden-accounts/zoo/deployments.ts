import { known } from '../../../lambda/model/known';
import {
  allow,
  canary,
  cognitoAuthorizer,
  gatewayResponse,
  guarded,
  method,
  policy,
  restApi,
  snapshot,
  stage,
} from '../../support/build';
import { loggedStage, ordersPool, type Area } from '../area';

const get = method('GET', '/orders');
const post = method('POST', '/orders');
const signed = method('GET', '/orders', { authorizationType: 'AWS_IAM' });
const [oldPool, newPool] = [ordersPool('eu-west-1_Old'), ordersPool('eu-west-1_New')];
const scoped = [guarded('GET', '/orders', 'people', ['orders/read'])];
const from = (...blocks: readonly string[]) =>
  policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': blocks } } }));

/** The draft says one thing, the stage serves another. */
export const deployments: Area = {
  restApis: [
    restApi('undeployed', { methods: [get], stages: [] }),
    restApi('halfway', { methods: [get, post], stages: [stage('prod', { methods: [get] })] }),
    restApi('behind', {
      methods: [get],
      stages: [stage('prod', { methods: [signed] })],
      newestDeployment: known({ id: 'dep-new', snapshot: snapshot({ methods: [get] }) }),
    }),
    restApi('moved', {
      methods: scoped,
      authorizers: [cognitoAuthorizer('people', [newPool.arn])],
      stages: [
        loggedStage('prod', {
          methods: scoped,
          authorizers: [cognitoAuthorizer('people', [oldPool.arn])],
        }),
      ],
    }),
    restApi('office', {
      methods: [get],
      policy: from('203.0.113.0/24', '198.51.100.7/32'),
      stages: [stage('prod', { methods: [get], policy: from('203.0.113.0/24') })],
    }),
    restApi('worded', {
      methods: [get],
      gatewayResponses: [gatewayResponse('ACCESS_DENIED', { headers: { 'x-reason': "'denied'" } })],
      stages: [stage('prod', { methods: [get] })],
    }),
    restApi('trial', {
      methods: [get],
      stages: [
        stage('prod', { methods: [get] }, { canary: canary({ snapshot: snapshot({ methods: [signed] }) }) }),
      ],
    }),
    restApi('greedy', { methods: [method('ANY', '/{proxy+}')] }),
  ],
  userPools: [oldPool, newPool],
};
