import { distribution, apiOrigin, behavior, forwarding } from '../../support/distribution';
import {
  allow,
  domainName,
  guarded,
  cognitoAuthorizer,
  method,
  policy,
  restApi,
  vpcEndpoint,
} from '../../support/build';
import { loggedApi, ordersPool, type Area } from '../area';

const methods = [method('GET', '/orders')];
const rootTo = (restApiId: string, stage = 'prod') => ({
  mappings: [{ basePath: '', restApiId, stage }],
});
const pool = ordersPool('eu-west-1_Front');

/** Faults of domains, endpoints and distributions: the call never reaches a stage. */
export const addresses: Area = {
  restApis: [
    restApi('open', { methods }),
    restApi('closed', { methods, disableExecuteApiEndpoint: true }),
    loggedApi('fronted', {
      methods: [guarded('GET', '/orders', 'pool', ['orders/read'])],
      authorizers: [cognitoAuthorizer('pool', [pool.arn])],
    }),
    restApi('unnamed', { endpointTypes: ['PRIVATE'], methods }),
    restApi('lost', {
      endpointTypes: ['PRIVATE'],
      vpcEndpointIds: ['vpce-0gone'],
      methods,
      policy: policy(allow()),
    }),
    restApi('inner', {
      endpointTypes: ['PRIVATE'],
      vpcEndpointIds: ['vpce-0shut'],
      methods,
      policy: policy(allow()),
    }),
  ],
  userPools: [pool],
  domains: [
    domainName('empty.example.com'),
    domainName('below.example.com', {
      mappings: [{ basePath: 'v1', restApiId: 'idopen', stage: 'prod' }],
    }),
    domainName('typo.example.com', rootTo('idopen', 'Prod')),
    domainName('staged.example.com', { mappings: [{ basePath: '', restApiId: 'idopen', stage: null }] }),
    domainName('pending.example.com', {
      ...rootTo('idopen'),
      status: 'PENDING_OWNERSHIP_VERIFICATION',
      statusMessage: 'Certificate ownership not verified',
    }),
    domainName('partners.example.com', {
      ...rootTo('idopen'),
      mutualTls: { truststoreUri: 's3://trust/bundle.pem', truststoreVersion: 'v7', warnings: [] },
    }),
  ],
  vpcEndpoints: [
    vpcEndpoint('vpce-0names'),
    vpcEndpoint('vpce-0shut', {
      privateDnsEnabled: false,
      policy: policy(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:idother/*' })),
    }),
  ],
  distributions: [
    distribution(
      [apiOrigin('idfronted')],
      [behavior('*', 'idfronted', forwarding({ mode: 'none', headers: [] }))],
    ),
    distribution(
      [apiOrigin('idopen')],
      [
        behavior('/api/*', 'idopen'),
        behavior('*', 'idopen', forwarding({ mode: 'all', headers: [], forwardsHost: true })),
      ],
      { arn: 'arn:aws:cloudfront::222233334444:distribution/E2', id: 'E2', aliases: ['cdn.example.com'] },
    ),
  ],
};

/** Only where no endpoint of the Region has private DNS: a Region of its own. */
export const withoutPrivateDns: Area = {
  restApis: [restApi('nameless', { endpointTypes: ['PRIVATE'], methods, policy: policy(allow()) })],
  vpcEndpoints: [vpcEndpoint('vpce-0dark', { privateDnsEnabled: false })],
};
