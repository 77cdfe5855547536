import type { ReportedAccounts } from '../reported-account';

export const lambdaAuthorizerAccounts: ReportedAccounts = {
  c038: {
    sketch: {
      methods: { 'GET /items': 'users', 'POST /items': 'users' },
      authorizers: { users: { type: 'TOKEN', ttl: 300 } },
    },
    assumed: ['two methods: the report needs a second one'],
    expected: { named: 'lambda-authorizer/cached-answer-spans-routes' },
    fixed: { authorizers: { users: { type: 'TOKEN', ttl: 0 } } },
  },
  c035: {
    sketch: {
      methods: { 'GET /cases': 'users', 'GET /cases/{id}': 'users' },
      authorizers: { users: { type: 'TOKEN' } },
    },
    assumed: ['two endpoints', 'no TTL set, so 300'],
    expected: { named: 'lambda-authorizer/cached-answer-spans-routes' },
    fixed: { authorizers: { users: { type: 'TOKEN', ttl: 0 } } },
  },
  c026: {
    sketch: {
      methods: { 'GET /one': 'Authorizer', 'POST /two': 'Authorizer' },
      authorizers: { Authorizer: { type: 'REQUEST', source: 'method.request.header.authorization' } },
    },
    assumed: ['two parts of the template'],
    expected: { named: 'lambda-authorizer/cached-answer-spans-routes' },
    fixed: {
      authorizers: { Authorizer: { type: 'REQUEST', source: 'method.request.header.authorization', ttl: 0 } },
    },
  },
  c040: {
    sketch: { methods: { 'GET /items': 'addresses' }, authorizers: { addresses: { type: 'TOKEN' } } },
    assumed: ['one method'],
    expected: {
      undecidable:
        'a TOKEN authorizer that reads the Authorization header is the usual set-up; who calls without the header is not configuration (LAM-1)',
    },
  },
  c120: {
    sketch: {
      methods: { 'GET /items': 'users' },
      authorizers: {
        users: {
          type: 'REQUEST',
          source: 'method.request.header.HeaderAuth1,method.request.querystring.QueryString1',
          ttl: 300,
        },
      },
    },
    assumed: ['the two sources of the sample in the guide', 'one method'],
    expected: { named: 'lambda-authorizer/identity-source-optional' },
    fixed: { authorizers: { users: { type: 'REQUEST', ttl: 300 } } },
  },
  c043: {
    sketch: {
      methods: { 'GET /items': 'users' },
      authorizers: { users: { type: 'TOKEN', permitted: false } },
      stages: { dev: {} },
    },
    assumed: ['one method'],
    expected: { named: 'lambda-authorizer/invoke-not-permitted' },
    fixed: { authorizers: { users: { type: 'TOKEN' } } },
  },
  c044: {
    sketch: {
      methods: { 'GET /items': 'users' },
      authorizers: { users: { type: 'TOKEN', ttl: 0, permitted: false, pathVersion: '2018-05-29' } },
    },
    assumed: ['one method'],
    expected: { named: 'lambda-authorizer/invoke-not-permitted' },
    fixed: { authorizers: { users: { type: 'TOKEN', ttl: 0, pathVersion: '2018-05-29' } } },
  },
};
