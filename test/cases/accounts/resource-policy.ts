import { apiArn } from '../places';
import { allow, ALLOW_ALL, deny } from '../policy';
import type { ReportedAccounts } from '../reported-account';

const ENDPOINT = 'vpce-0f3a9c41d27be8605';
const CALLERS_ENDPOINT = 'vpce-0caf3e0caf3e0caf3';
const PREFLIGHT = { auth: 'NONE', preflight: 'Content-Type' } as const;

const OTHERS = {
  'GET /contracts': 'NONE',
  'POST /contracts': 'NONE',
  'PUT /contracts': 'NONE',
  'DELETE /contracts': 'NONE',
  'OPTIONS /contracts': PREFLIGHT,
} as const;

/** Resource policies, of APIs and of VPC endpoints. */
export const resourcePolicyAccounts: ReportedAccounts = {
  c020: {
    sketch: {
      methods: { 'GET /iiif/2/{proxy+}': 'NONE', 'GET /iiif/2': 'NONE' },
      stages: { latest: {} },
      policy: {
        Statement: [allow('execute-api:/*', { StringEquals: { 'aws:UserAgent': 'Amazon CloudFront' } })],
      },
    },
    assumed: ['the condition: by the user agent that CloudFront names itself with', 'GET /iiif/2'],
    expected: {
      undecidable:
        'the policy admits whoever sends that header; that no distribution does is only known to those who meant one to (POL-24)',
    },
    fixed: { policy: ALLOW_ALL },
  },
  c082: {
    sketch: {
      methods: { 'POST /initialize': 'NONE', 'OPTIONS /initialize': PREFLIGHT },
      corsOnErrors: true,
      policy: { Statement: [allow(`${apiArn}/*/*/*`)] },
      deployed: {
        policy: {
          Statement: [
            allow('execute-api:/*'),
            deny('execute-api:/*', { NotIpAddress: { 'aws:SourceIp': ['0.0.0.0'] } }),
          ],
        },
      },
    },
    assumed: [
      'POST /initialize beside its preflight',
      'CORS on error responses',
      'resource execute-api:/* of the deployed policy',
    ],
    expected: { named: 'resource-policy/private-range-on-public-api' },
    also: { 'deployment/policy-not-deployed': 'the report: the edit in the console was never deployed' },
    fixed: { deployed: {} },
  },
  c019: {
    sketch: {
      methods: OTHERS,
      stages: { dev: {} },
      corsOnErrors: true,
      policy: {
        Statement: [
          allow(['execute-api:/*/POST/*', 'execute-api:/*/PUT/*', 'execute-api:/*/DELETE/*'], {
            IpAddress: { 'aws:SourceIp': ['123.123.123.123'] },
          }),
        ],
      },
    },
    assumed: ['CORS on error responses'],
    expected: { named: 'resource-policy/allows-no-caller' },
    also: { 'resource-policy/excludes-preflight': 'the report: OPTIONS is refused as well' },
    fixed: {
      policy: {
        Statement: [
          allow(['execute-api:/*/GET/*', 'execute-api:/*/OPTIONS/*']),
          allow(['execute-api:/*/POST/*', 'execute-api:/*/PUT/*', 'execute-api:/*/DELETE/*'], {
            IpAddress: { 'aws:SourceIp': ['123.123.123.123'] },
          }),
        ],
      },
    },
  },
  c021: {
    sketch: {
      methods: { 'GET /helloworld': { auth: 'NONE', key: true } },
      stages: { test: {} },
      apiKeys: { app: { enabled: true } },
      usagePlans: { plan: { stages: ['test'], keys: ['app'] } },
      policy: {
        Statement: [
          allow('execute-api:/*/*/*', { IpAddress: { 'aws:SourceIp': ['0.0.0.2', '240.240.240.240'] } }),
        ],
      },
    },
    assumed: ['a usage plan with a key'],
    expected: { named: 'resource-policy/private-range-on-public-api' },
    fixed: {
      policy: {
        Statement: [allow('execute-api:/*/*/*', { IpAddress: { 'aws:SourceIp': ['198.51.100.7'] } })],
      },
    },
  },
  c084: {
    sketch: {
      methods: { 'GET /items': 'NONE' },
      policy: { Statement: [allow(apiArn, { IpAddress: { 'aws:SourceIp': '123.123.123.123/32' } })] },
    },
    assumed: ['one open method'],
    expected: { named: 'resource-policy/resource-matches-nothing' },
    fixed: {
      policy: { Statement: [allow(`${apiArn}/*`, { IpAddress: { 'aws:SourceIp': '123.123.123.123/32' } })] },
    },
  },
  c086: {
    sketch: {
      methods: { 'GET /items': 'NONE' },
      endpoint: 'PRIVATE',
      vpcEndpointIds: [ENDPOINT],
      vpcEndpoints: { [ENDPOINT]: { privateDns: true } },
    },
    assumed: ['one open method', 'the endpoint exists'],
    expected: { named: 'private/private-api-without-policy' },
    fixed: {
      policy: { Statement: [allow('execute-api:/*', { StringEquals: { 'aws:SourceVpce': ENDPOINT } })] },
    },
  },
  c140: {
    sketch: {
      methods: { 'POST /interventions': 'NONE' },
      endpoint: 'PRIVATE',
      vpcEndpoints: { [ENDPOINT]: { privateDns: true } },
      policy: {
        Statement: [
          allow('execute-api:/*'),
          deny('execute-api:/*', { StringNotEquals: { 'aws:SourceVpce': [ENDPOINT] } }),
        ],
      },
    },
    assumed: [
      "the allowed endpoint is the account's own, and the caller's belongs to the account of the other service",
      'one open method',
    ],
    expected: {
      undecidable:
        'which endpoints ought to be on the list is not configuration, and those of other accounts are not to be read (PRV-9)',
    },
    fixed: {
      policy: {
        Statement: [
          allow('execute-api:/*'),
          deny('execute-api:/*', { StringNotEquals: { 'aws:SourceVpce': [ENDPOINT, CALLERS_ENDPOINT] } }),
        ],
      },
    },
  },
  c123: {
    sketch: {
      methods: { 'GET /items': 'NONE' },
      endpoint: 'PRIVATE',
      vpcEndpointIds: [ENDPOINT],
      policy: ALLOW_ALL,
      vpcEndpoints: {
        [ENDPOINT]: {
          privateDns: true,
          policy: {
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::111122223333:role/caller' },
                Action: 'execute-api:Invoke',
                Resource: '*',
              },
            ],
          },
        },
      },
    },
    assumed: ['one open method', 'the principal is a role of the account'],
    expected: { named: 'private/vpc-endpoint-policy-denies' },
    fixed: { vpcEndpoints: { [ENDPOINT]: { privateDns: true } } },
  },
};
