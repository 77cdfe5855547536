import type { DistributionSummary } from '@aws-sdk/client-cloudfront';
import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import type { Statement, WebACL } from '@aws-sdk/client-wafv2';
import { toAppClientSettings } from '../../lambda/collect/app-client';
import { toCaller } from '../../lambda/collect/caller';
import { combine, toListedDistribution } from '../../lambda/collect/distributions';
import { toRoutingRule } from '../../lambda/collect/domains';
import { functionArnOf, parseFunctionArn } from '../../lambda/collect/functions';
import type { ForwardedHeaders } from '../../lambda/collect/managed-policies';
import { ShapeError } from '../../lambda/collect/shape';
import { toUserPool } from '../../lambda/collect/user-pools';
import { toWebAcl } from '../../lambda/collect/web-acls';

describe('app clients', () => {
  const CLIENT: UserPoolClientType = {
    UserPoolId: 'eu-west-1_Pets',
    ClientId: 'abc',
    ClientName: 'web',
    ClientSecret: 'hush',
    CreationDate: new Date(0),
    LastModifiedDate: new Date(0),
    AllowedOAuthFlows: ['code'],
    AllowedOAuthFlowsUserPoolClient: true,
    AccessTokenValidity: 5,
    TokenValidityUnits: { AccessToken: 'minutes' },
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
  };

  test('what an update would reset, and never the secret', () => {
    const settings = toAppClientSettings(CLIENT);
    expect(settings).toMatchObject({
      hasSecret: true,
      explicitAuthFlows: null,
      oauthEnabled: true,
      accessTokenValidity: { value: 5, unit: 'minutes' },
      idTokenValidity: { value: null, unit: 'hours' },
      refreshTokenValidity: { value: null, unit: 'days' },
    });
    expect(settings.updateInput).toEqual({
      UserPoolId: 'eu-west-1_Pets',
      ClientId: 'abc',
      ClientName: 'web',
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AccessTokenValidity: 5,
      TokenValidityUnits: { AccessToken: 'minutes' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    });
    expect(JSON.stringify(settings)).not.toContain('hush');
  });

  test('what means nothing is not sent back, where an update would refuse it', () => {
    const unset = {
      DefaultRedirectURI: '',
      AccessTokenValidity: 0,
      IdTokenValidity: 0,
      RefreshTokenValidity: 0,
    };
    expect(toAppClientSettings({ ClientId: 'abc', ...unset }).updateInput).toEqual({
      ClientId: 'abc',
      RefreshTokenValidity: 0,
    });
  });

  test('unset and empty flows are the same', () => {
    expect(toAppClientSettings({ ...CLIENT, ExplicitAuthFlows: [] }).explicitAuthFlows).toBeNull();
    expect(
      toAppClientSettings({ ...CLIENT, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }).explicitAuthFlows,
    ).toEqual(['ALLOW_USER_SRP_AUTH']);
    expect(toAppClientSettings({ ...CLIENT, ClientSecret: '' }).hasSecret).toBe(false);
  });

  test('no client is no answer', () => {
    expect(() => toAppClientSettings(undefined)).toThrow(ShapeError);
  });
});

describe('user pools', () => {
  const arn = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pets';
  const POOL = { Id: 'eu-west-1_Pets', Name: 'pets' };

  test('triggers in either spelling, and no key among them', () => {
    const pool = toUserPool(arn, {
      ...POOL,
      LambdaConfig: {
        PreSignUp: 'arn:a',
        KMSKeyID: 'arn:aws:kms:key',
        CustomSMSSender: { LambdaArn: 'arn:b', LambdaVersion: 'V1_0' },
        PreTokenGenerationConfig: { LambdaArn: 'arn:c', LambdaVersion: 'V2_0' },
      },
    });
    expect(pool.triggers).toEqual({
      PreSignUp: 'arn:a',
      CustomSMSSender: 'arn:b',
      PreTokenGeneration: 'arn:c',
    });
    expect(pool.preTokenGeneration).toBe('V2_0');
  });

  test('the legacy trigger is version 1; none is none', () => {
    expect(
      toUserPool(arn, { ...POOL, LambdaConfig: { PreTokenGeneration: 'arn:c' } }).preTokenGeneration,
    ).toBe('V1_0');
    expect(toUserPool(arn, POOL)).toMatchObject({
      preTokenGeneration: null,
      issuerType: 'ORIGINAL',
      domain: null,
    });
    expect(toUserPool(arn, { ...POOL, IssuerConfiguration: { Type: 'UPDATED' } }).issuerType).toBe('UPDATED');
    expect(() => toUserPool(arn, undefined)).toThrow(ShapeError);
  });
});

const uri = (arn: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

describe('functions', () => {
  const base = 'arn:aws:lambda:eu-west-1:111122223333:function:guard';

  test.each([
    [uri(base), base],
    [uri(`${base}:live`), `${base}:live`],
    [uri('guard'), null],
    [base, null],
    ['arn:aws:apigateway:eu-west-1:s3:path/x', null],
  ])('%s', (authorizerUri, arn) => {
    expect(functionArnOf(authorizerUri)).toBe(arn);
  });

  test('qualifiers', () => {
    expect(parseFunctionArn(`${base}:live`)).toMatchObject({ unqualifiedArn: base, qualifier: 'live' });
    expect(parseFunctionArn(base)?.qualifier).toBeNull();
    expect(parseFunctionArn('arn:aws:lambda:eu-west-1:111122223333:layer:x')).toBeNull();
  });
});

const ipSet = (given: object = {}): Statement => ({
  IPSetReferenceStatement: { ARN: 'arn:aws:wafv2:r:a:regional/ipset/office/123', ...given },
});

describe('web ACLs', () => {
  const VISIBILITY = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'm' };
  const ACL: WebACL = {
    Name: 'edge',
    Id: 'id',
    ARN: 'arn',
    DefaultAction: { Block: { CustomResponse: { ResponseCode: 401 } } },
    VisibilityConfig: VISIBILITY,
    Rules: [
      {
        Name: 'office',
        Priority: 1,
        Action: { Allow: {} },
        Statement: {
          NotStatement: {
            Statement: { IPSetReferenceStatement: { ARN: 'arn:aws:wafv2:r:a:regional/ipset/office/123' } },
          },
        },
        VisibilityConfig: VISIBILITY,
      },
      {
        Name: 'core',
        Priority: 2,
        OverrideAction: { None: {} },
        Statement: {
          ManagedRuleGroupStatement: {
            VendorName: 'AWS',
            Name: 'AWSManagedRulesCommonRuleSet',
            ExcludedRules: [{ Name: 'NoUserAgent_HEADER' }],
            RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
          },
        },
        VisibilityConfig: VISIBILITY,
      },
      {
        Name: 'size',
        Priority: 3,
        Action: { Block: { CustomResponse: { ResponseCode: 403 } } },
        Statement: {
          AndStatement: {
            Statements: [
              { GeoMatchStatement: { CountryCodes: ['US', 'CA'] } },
              {
                SizeConstraintStatement: {
                  FieldToMatch: { Body: {} },
                  ComparisonOperator: 'GT',
                  Size: 8192,
                  TextTransformations: [],
                },
              },
            ],
          },
        },
        VisibilityConfig: VISIBILITY,
      },
    ],
    PreProcessFirewallManagerRuleGroups: [
      {
        Name: 'central',
        Priority: 5,
        OverrideAction: { Count: {} },
        FirewallManagerStatement: {
          RuleGroupReferenceStatement: { ARN: 'arn:aws:wafv2:r:a:regional/rulegroup/all/1' },
        },
        VisibilityConfig: VISIBILITY,
      },
    ],
  };

  test('rules in phrases, central groups first', () => {
    const acl = toWebAcl('arn:acl', ACL);
    expect(acl).toMatchObject({ arn: 'arn:acl', defaultAction: 'Block', defaultBlockStatus: 401 });
    const byPriority = [...acl.rules].sort((a, b) => a.priority - b.priority);
    expect(byPriority.map(({ name, action, matches }) => [name, action, matches])).toEqual([
      ['central', 'Count', 'rule group all'],
      ['office', 'Allow', 'not (IP set office)'],
      ['core', 'None', 'managed AWSManagedRulesCommonRuleSet'],
      ['size', 'Block', 'geo match US, CA and size constraint'],
    ]);
    expect(byPriority[2]).toMatchObject({
      managedGroup: 'AWSManagedRulesCommonRuleSet',
      ruleOverrides: { NoUserAgent_HEADER: 'Count', SizeRestrictions_BODY: 'Count' },
      blockStatus: null,
    });
    expect(byPriority[3]?.blockStatus).toBe(403);
  });

  const forwarded = ipSet({
    IPSetForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'NO_MATCH', Position: 'LAST' },
  });
  const geo: Statement = { GeoMatchStatement: { CountryCodes: ['US'] } };
  test.each<[string, Statement, 'listed' | 'others' | undefined]>([
    ['an IP set', ipSet(), 'listed'],
    ['all but an IP set', { NotStatement: { Statement: ipSet() } }, 'others'],
    [
      'an IP set after all',
      { NotStatement: { Statement: { NotStatement: { Statement: ipSet() } } } },
      'listed',
    ],
    ['one of two IP sets', { OrStatement: { Statements: [ipSet(), ipSet()] } }, 'listed'],
    ['a forwarded address', forwarded, undefined],
    ['all but a forwarded address', { NotStatement: { Statement: forwarded } }, undefined],
    ['an IP set or a country', { OrStatement: { Statements: [ipSet(), geo] } }, undefined],
    ['an IP set and a country', { AndStatement: { Statements: [ipSet(), geo] } }, undefined],
  ])('by address: %s', (_, statement, expected) => {
    const rules = [
      { Name: 'x', Priority: 1, Action: { Block: {} }, Statement: statement, VisibilityConfig: VISIBILITY },
    ];
    const { rules: read } = toWebAcl('arn', {
      ...ACL,
      Rules: rules,
      PreProcessFirewallManagerRuleGroups: [],
    });
    expect(read.map((rule) => rule.byAddress)).toEqual([expected]);
  });

  test.each<[string, Partial<WebACL>]>([
    ['no default action', { DefaultAction: undefined }],
    [
      'a rule without action',
      { Rules: [{ Name: 'x', Priority: 1, Statement: {}, VisibilityConfig: VISIBILITY }] },
    ],
  ])('%s is no answer', (_, change) => {
    expect(() => toWebAcl('arn', { ...ACL, ...change })).toThrow(ShapeError);
  });
});

describe('routing rules', () => {
  const RULE = {
    RoutingRuleId: 'r1',
    Priority: 10,
    Conditions: [
      { MatchBasePaths: { AnyOf: ['/orders'] } },
      { MatchHeaders: { AnyOf: [{ Header: 'x-version', ValueGlob: 'v2*' }] } },
    ],
    Actions: [{ InvokeApi: { ApiId: 'a1', Stage: 'prod', StripBasePath: true } }],
  };

  test('conditions and action', () => {
    expect(toRoutingRule(RULE)).toEqual({
      id: 'r1',
      priority: 10,
      basePaths: ['orders'],
      headers: [{ name: 'x-version', glob: 'v2*' }],
      restApiId: 'a1',
      stage: 'prod',
      stripBasePath: true,
    });
    expect(toRoutingRule({ ...RULE, Conditions: [] })).toMatchObject({ basePaths: [], headers: [] });
    expect(() => toRoutingRule({ ...RULE, Actions: [] })).toThrow(ShapeError);
  });
});

const listed = (...names: string[]): ForwardedHeaders => ({ behavior: 'whitelist', names });

describe('CloudFront', () => {
  const NONE: ForwardedHeaders = { behavior: 'none', names: [] };

  test.each<[string, ForwardedHeaders, ForwardedHeaders, object]>([
    [
      'nothing',
      NONE,
      NONE,
      { mode: 'none', headers: [], forwardsHost: false, authorizationInCachePolicy: false },
    ],
    [
      'cache policy alone',
      listed('authorization'),
      NONE,
      { mode: 'listed', headers: ['authorization'], authorizationInCachePolicy: true },
    ],
    ['both', listed('b'), listed('a', 'b'), { mode: 'listed', headers: ['a', 'b'] }],
    ['host by the cache policy', listed('host'), NONE, { forwardsHost: true }],
    [
      'all viewer',
      NONE,
      { behavior: 'allViewer', names: [] },
      { mode: 'all', headers: [], forwardsHost: true },
    ],
    [
      'all viewer and CloudFront headers',
      NONE,
      { behavior: 'allViewerAndWhitelistCloudFront', names: ['cloudfront-viewer-country'] },
      { mode: 'all', headers: [] },
    ],
    [
      'all but host',
      NONE,
      { behavior: 'allExcept', names: ['host'] },
      { mode: 'all-except', headers: ['host'], forwardsHost: false },
    ],
    [
      'all but what the cache policy sends all the same',
      listed('authorization'),
      { behavior: 'allExcept', names: ['authorization', 'cookie'] },
      { mode: 'all-except', headers: ['cookie'], forwardsHost: true },
    ],
  ])('%s', (_, cache, request, expected) => {
    expect(combine(cache, request).value).toMatchObject(expected);
  });

  test('origins keep the names of their headers alone', () => {
    const summary = {
      Id: 'E1',
      ARN: 'arn:aws:cloudfront::111122223333:distribution/E1',
      DomainName: 'd1.cloudfront.net',
      Enabled: true,
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: 'api',
            DomainName: 'a1.execute-api.eu-west-1.amazonaws.com',
            OriginPath: '/prod',
            CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-Api-Key', HeaderValue: 'hush' }] },
          },
        ],
      },
      DefaultCacheBehavior: { TargetOriginId: 'api', ViewerProtocolPolicy: 'https-only' },
    } as unknown as DistributionSummary;
    const { distribution, behaviors } = toListedDistribution(summary);
    expect(distribution.origins).toEqual([
      {
        id: 'api',
        domainName: 'a1.execute-api.eu-west-1.amazonaws.com',
        originPath: '/prod',
        customHeaders: ['x-api-key'],
      },
    ]);
    expect(behaviors.map(({ behavior }) => behavior)).toEqual([
      { pathPattern: '*', allowedMethods: ['GET', 'HEAD'], originId: 'api' },
    ]);
    expect(() => toListedDistribution({ ...summary, DefaultCacheBehavior: undefined })).toThrow(ShapeError);
  });
});

describe('the caller', () => {
  test('partition from the ARN', () => {
    expect(toCaller({ Account: '111122223333', Arn: 'arn:aws-us-gov:iam::111122223333:user/x' })).toEqual({
      accountId: '111122223333',
      partition: 'aws-us-gov',
    });
    expect(() => toCaller({ Account: '1', Arn: 'arn:aws:iam::1:user/x' })).toThrow(ShapeError);
    expect(() => toCaller({ Account: '111122223333', Arn: 'x' })).toThrow(ShapeError);
  });
});
