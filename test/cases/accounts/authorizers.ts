import type { ReportedAccounts } from '../reported-account';

export const authorizerAccounts: ReportedAccounts = {
  c046: {
    sketch: {
      methods: { 'POST /ride': 'site' },
      authorizers: {
        site: { type: 'TOKEN', source: 'method.request.header.method.request.header.Authorization' },
      },
    },
    assumed: ["the workshop's method POST /ride"],
    expected: { named: 'authorizers/token-source-malformed' },
    fixed: { authorizers: { site: { type: 'TOKEN' } } },
  },
  c048: {
    sketch: {
      methods: { 'GET /pets': 'tokens' },
      authorizers: { tokens: { type: 'TOKEN', source: 'method.request.header.tokenHeader' } },
    },
    assumed: ['one method behind the authorizer'],
    expected: { named: 'authorizers/token-source-unusual' },
  },
  c041: {
    sketch: {
      methods: { 'GET /posts': 'authentication' },
      authorizers: {
        authentication: {
          type: 'TOKEN',
          function: 'authentication-dev-authorizer',
          expression: '^token .+$',
        },
      },
      stages: { dev: {} },
    },
    assumed: [
      'the expression: the thread says only that it was invalid; one that asks for another scheme than Bearer',
      'the tokens are JWTs, as those of the boilerplate that the thread links to',
    ],
    restsOn: 'the text of the expression',
    expected: { named: 'authorizers/validation-rejects-tokens' },
    fixed: {
      authorizers: {
        authentication: {
          type: 'TOKEN',
          function: 'authentication-dev-authorizer',
          expression: '^(Bearer )?[-0-9a-zA-Z._]*$',
        },
      },
    },
  },
  c060: {
    sketch: {
      methods: { 'ANY /items': 'AWS_IAM', 'ANY /items/{proxy+}': 'AWS_IAM' },
      pools: { Existing: { clients: { app: {} } } },
    },
    assumed: ['paths as Amplify makes them'],
    expected: {
      undecidable:
        'an API that asks for signatures throughout and has no authorizer is coherent; that its callers hold tokens of some pool is not in the configuration (IAM-2)',
    },
  },
  c109: {
    sketch: {
      methods: {
        'ANY /items': 'AWS_IAM',
        'ANY /items/{proxy+}': 'AWS_IAM',
        'OPTIONS /items': {
          auth: 'NONE',
          preflight: 'Content-Type,X-Amz-Date,Authorization,X-Amz-Security-Token',
        },
        'OPTIONS /items/{proxy+}': {
          auth: 'NONE',
          preflight: 'Content-Type,X-Amz-Date,Authorization,X-Amz-Security-Token',
        },
      },
    },
    assumed: ['paths and OPTIONS mocks as Amplify makes them'],
    expected: {
      undecidable:
        'the bearer token takes the place of the signature in the client; the methods themselves are coherent (IAM-2)',
    },
    also: {
      'cors/error-responses-without-cors':
        'the report\'s "403 without CORS headers": it hides the cause (CRS-11)',
    },
  },
};
