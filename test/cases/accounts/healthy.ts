import { allow, deny } from '../policy';
import type { ReportedAccounts } from '../reported-account';

const ENDPOINT = 'vpce-0f3a9c41d27be8605';
const ADDRESS = '100.200.100.200/32';

/** Configurations that are known to work. */
export const healthyAccounts: ReportedAccounts = {
  c163: {
    sketch: {
      methods: { 'GET /a': 'AWS_IAM', 'GET /b': { auth: 'NONE', key: true } },
      apiKeys: { app: { enabled: true } },
      usagePlans: { plan: { stages: ['prod'], keys: ['app'] } },
    },
    expected: { silent: true },
  },
  c159: {
    sketch: {
      methods: { 'GET /': 'MyLambdaTokenAuthorizer', 'GET /users': 'MyLambdaTokenAuthorizer' },
      authorizers: { MyLambdaTokenAuthorizer: { type: 'TOKEN', function: 'MyAuthFunction', ttl: 300 } },
      stages: { Prod: {} },
    },
    expected: { silent: true },
  },
  c162: {
    sketch: {
      methods: { 'GET /': 'NONE' },
      disableExecuteApiEndpoint: true,
      domains: {
        'api.example.com': {
          mappings: { '(none)': 'prod' },
          truststore: { uri: 's3://app-truststore-us/truststore.pem', warnings: [] },
        },
      },
    },
    assumed: ['one open method'],
    expected: { silent: true },
  },
  c157: {
    sketch: { methods: { 'GET /': 'NONE' }, endpoint: 'EDGE' },
    assumed: [
      'the integration over a VPC link is left at a proxy: what answers a call has no part in admitting it',
    ],
    expected: { silent: true },
  },
  c156: {
    sketch: {
      methods: { 'ANY /': 'NONE', 'ANY /{proxy+}': 'NONE' },
      endpoint: 'PRIVATE',
      vpcEndpointIds: [ENDPOINT],
      vpcEndpoints: { [ENDPOINT]: { privateDns: true } },
      policy: {
        Statement: [
          deny('execute-api:/*/*/*', { StringNotEquals: { 'aws:sourceVpce': ENDPOINT } }),
          allow('execute-api:/*/*/*'),
        ],
      },
    },
    expected: { silent: true },
  },
  c164: {
    sketch: {
      methods: { 'GET /hello': 'NONE' },
      stages: { dev: {} },
      policy: {
        Statement: [
          deny('execute-api:/dev/GET/hello', { NotIpAddress: { 'aws:SourceIp': ADDRESS } }),
          allow('execute-api:/dev/GET/hello', { IpAddress: { 'aws:SourceIp': ADDRESS } }),
          allow('execute-api:/*'),
        ],
      },
    },
    expected: { silent: true },
  },
};
