import { PLAIN_POOL } from '../build-user-pool';
import type { ReportedAccounts } from '../reported-account';

const COGNITO = { cognito: { type: 'COGNITO_USER_POOLS', pools: ['Users'] } } as const;
const DOMAIN = 'api.example.com';

/** CloudFront, custom domains, mutual TLS and private DNS. */
export const edgeAccounts: ReportedAccounts = {
  c111: {
    sketch: {
      methods: { 'GET /me': 'cognito' },
      authorizers: COGNITO,
      pools: { Users: PLAIN_POOL },
      distribution: { headers: [] },
    },
    assumed: ['one method', 'the header list of the behaviour is empty'],
    expected: { named: 'edge/cloudfront-strips-authorization' },
    fixed: { distribution: { headers: ['Authorization'] } },
  },
  c110: {
    sketch: { methods: { 'GET /items': 'NONE' }, endpoint: 'EDGE', distribution: { headers: ['*'] } },
    assumed: ['one open method'],
    expected: { named: 'edge/cloudfront-forwards-host' },
    fixed: { distribution: { headers: ['Authorization'] } },
  },
  c113: {
    sketch: {
      methods: { 'GET /items': 'AWS_IAM' },
      distribution: {
        headers: ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token'],
      },
    },
    assumed: [
      'one method',
      'the headers of a signature are forwarded, as the report takes only the host for wrong',
    ],
    expected: {
      undecidable:
        'which host a client signs is not configuration: one that signs for the execute-api host gets in through this distribution (IAM-4)',
    },
  },
  c063: {
    sketch: {
      methods: { 'ANY /': 'NONE', 'ANY /{proxy+}': 'NONE' },
      domains: { [DOMAIN]: { mappings: {} } },
    },
    assumed: ['open methods as Zappa makes them'],
    expected: { named: 'edge/domain-without-route' },
    fixed: { domains: { [DOMAIN]: { mappings: { '(none)': 'prod' } } } },
  },
  c100: {
    sketch: {
      methods: { 'GET /cases': 'users' },
      authorizers: { users: { type: 'TOKEN' } },
      stages: { blue: {} },
      domains: { [DOMAIN]: { mappings: { '(none)': 'green' } } },
    },
    assumed: ['names of the stages', 'one method behind the authorizer', 'the previous stage is gone'],
    restsOn: 'that the previous stage is gone, rather than kept beside the new one',
    expected: { named: 'edge/mapping-to-missing-stage' },
    fixed: { domains: { [DOMAIN]: { mappings: { '(none)': 'blue' } } } },
  },
  c094: {
    sketch: {
      methods: { 'GET /': 'NONE' },
      disableExecuteApiEndpoint: true,
      domains: {
        [DOMAIN]: {
          mappings: { '(none)': 'prod' },
          truststore: {
            uri: 's3://truststores/clients.pem',
            warnings: ['Certificate at index 1 has an invalid signature algorithm'],
          },
        },
      },
    },
    assumed: [
      'wording of the warning',
      'the default endpoint is disabled, as AWS recommends with mutual TLS',
    ],
    expected: { named: 'edge/mutual-tls-required' },
    fixed: {
      domains: {
        [DOMAIN]: {
          mappings: { '(none)': 'prod' },
          truststore: { uri: 's3://truststores/clients.pem', warnings: [] },
        },
      },
    },
  },
  c091: {
    sketch: {
      methods: { 'GET /items': 'NONE' },
      vpcEndpoints: { 'vpce-0a1b2c3d4e5f60718': { privateDns: true } },
    },
    assumed: ['REGIONAL', 'one open method'],
    expected: { named: 'edge/private-dns-shadows-public-api' },
  },
  c092: {
    sketch: {
      methods: { 'GET /items': 'NONE', 'POST /items': 'NONE' },
      vpcEndpoints: { 'vpce-0a1b2c3d4e5f60718': { privateDns: true } },
    },
    assumed: ['REGIONAL', 'open methods'],
    restsOn: 'the endpoint and its private DNS',
    expected: { named: 'edge/private-dns-shadows-public-api' },
  },
};
