import rule from '../../../lambda/rules/authorizers/token-source-malformed';
import {
  account,
  cognitoAuthorizer,
  custom,
  denied,
  guarded,
  lambdaAuthorizer,
  poolArn,
  restApi,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const withSources = (kind: string, ...identitySources: string[]) =>
  account({
    restApis: [
      kind === 'COGNITO_USER_POOLS'
        ? restApi('shop', {
            methods: [guarded('GET', '/orders', 'door')],
            authorizers: [cognitoAuthorizer('door', [poolArn('eu-west-1_Shop')], { identitySources })],
          })
        : restApi('shop', {
            methods: [custom('GET', '/orders', 'door')],
            authorizers: [lambdaAuthorizer('door', { kind, identitySources })],
          }),
    ],
  });

const expecting = (source: string, because: string) => ({
  at: 'shop (idshop) authorizer door',
  saying: `Authorizer "door" looks for the token at "${source}": ${because}.`,
  affects: ['prod GET /orders'],
});

export default ruleTable(rule, {
  flags: [
    {
      when: 'a header name that repeats the mapping syntax, which no client is likely to send',
      account: withSources('TOKEN', 'method.request.header.method.request.header.Authorization'),
      expect: [
        {
          ...expecting(
            'method.request.header.method.request.header.Authorization',
            'it asks for a header that is itself called "method.request.header.Authorization"',
          ),
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a header name that repeats a part of it',
      account: withSources('COGNITO_USER_POOLS', 'method.request.header.header.name.Authorization'),
      expect: [
        {
          ...expecting(
            'method.request.header.header.name.Authorization',
            'it asks for a header that is itself called "header.name.Authorization"',
          ),
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a location that API Gateway does not know',
      account: withSources('TOKEN', '$request.header.Authorization'),
      expect: [expecting('$request.header.Authorization', 'API Gateway knows no such location')],
    },
    {
      when: 'a bare header name',
      account: withSources('TOKEN', 'Authorization'),
      expect: [expecting('Authorization', 'API Gateway knows no such location')],
    },
    {
      when: 'a path parameter',
      account: withSources('REQUEST', 'method.request.header.Authorization', 'method.request.path.tenant'),
      expect: [expecting('method.request.path.tenant', 'path parameters are not allowed there')],
    },
    {
      when: 'no header name',
      account: withSources('COGNITO_USER_POOLS', 'method.request.header.'),
      expect: [expecting('method.request.header.', 'it names no header')],
    },
    {
      when: 'a header name that HTTP cannot carry',
      account: withSources('TOKEN', 'method.request.header.My Token'),
      expect: [expecting('method.request.header.My Token', 'no header can have that name')],
    },
    {
      when: 'a query parameter where only a header is read',
      account: withSources('COGNITO_USER_POOLS', 'method.request.querystring.token'),
      expect: [expecting('method.request.querystring.token', 'this kind of authorizer reads a header only')],
    },
    {
      when: 'two names that repeat it, mended together',
      account: withSources(
        'REQUEST',
        'method.request.header.header.X-Token',
        'method.request.querystring.tenant',
        'method.request.querystring.querystring.shop',
      ),
      expect: [
        {
          ...expecting(
            'method.request.header.header.X-Token',
            'it asks for a header that is itself called "header.X-Token"',
          ),
          reach: 'some-calls',
        },
        {
          ...expecting(
            'method.request.querystring.querystring.shop',
            'it asks for a query parameter that is itself called "querystring.shop"',
          ),
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a stage variable and a context value where only a header is read',
      account: withSources('TOKEN', 'stageVariables.token', '$context.path'),
      expect: [
        expecting('stageVariables.token', 'this kind of authorizer reads a header only'),
        expecting('$context.path', 'this kind of authorizer reads a header only'),
      ],
    },
    {
      when: 'words that are no header name',
      account: withSources('TOKEN', 'My Token'),
      expect: [expecting('My Token', 'API Gateway knows no such location')],
    },
    {
      when: 'a header called like a context value, for which nothing was likely meant',
      account: withSources('TOKEN', 'method.request.header.context.path'),
      expect: [
        {
          ...expecting(
            'method.request.header.context.path',
            'it asks for a header that is itself called "context.path"',
          ),
          reach: 'some-calls',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'an ordinary header', account: withSources('TOKEN', 'method.request.header.Authorization') },
    {
      when: 'a header of another name that contains the word',
      account: withSources('COGNITO_USER_POOLS', 'method.request.header.X-Header-Token'),
    },
    {
      when: 'all that a REQUEST authorizer may look at',
      account: withSources(
        'REQUEST',
        'method.request.header.Authorization',
        'method.request.querystring.tenant',
        'stageVariables.realm',
        'context.httpMethod',
        '$context.path',
      ),
    },
    {
      when: 'a multi-value parameter, of which AWS does not say whether it works',
      account: withSources('REQUEST', 'method.request.multivaluequerystring.tenant'),
    },
    {
      when: 'a stage variable that the stage does not define: another rule says that',
      account: withSources('TOKEN', 'method.request.header.${stageVariables.header}'),
    },
    { when: 'an authorizer without identity source', account: withSources('REQUEST') },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'door')],
            authorizers: denied('GetAuthorizers'),
          }),
        ],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});

const fixFor = (source: string): string => {
  const [raised] = judge(rule, withSources('TOKEN', source)).raised;
  return raised?.flag.fix[0]?.commands[0] ?? '';
};

test('the fix puts the name that was meant', () => {
  expect(fixFor('method.request.header.method.request.header.X-Auth')).toContain(
    '"value":"method.request.header.X-Auth"',
  );
  expect(fixFor('method.request.header.header.name.X-Auth')).toContain(
    '"value":"method.request.header.X-Auth"',
  );
  expect(fixFor('X-Auth')).toContain('"value":"method.request.header.X-Auth"');
  expect(fixFor('$request.body.token')).toContain('"value":"method.request.header.Authorization"');
});
