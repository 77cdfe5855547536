import { ipSetArn, type WebAclSketch } from '../build-account';
import type { ReportedAccounts } from '../reported-account';

type Rule = WebAclSketch['rules'][number];

const VISIBILITY = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'rule' };

const coreRuleSet = (overrides: readonly string[] = []): Rule => ({
  Name: 'common',
  Priority: 0,
  Statement: {
    ManagedRuleGroupStatement: {
      VendorName: 'AWS',
      Name: 'AWSManagedRulesCommonRuleSet',
      RuleActionOverrides: overrides.map((Name) => ({ Name, ActionToUse: { Count: {} } })),
    },
  },
  OverrideAction: { None: {} },
  VisibilityConfig: VISIBILITY,
});

const block = (Name: string, Statement: NonNullable<Rule['Statement']>): Rule => ({
  Name,
  Priority: 0,
  Statement,
  Action: { Block: {} },
  VisibilityConfig: VISIBILITY,
});

export const wafAccounts: ReportedAccounts = {
  c138: {
    sketch: {
      methods: { 'POST /graphql': 'AWS_IAM' },
      stages: { prod: { webAcl: 'geo' } },
      webAcls: {
        geo: {
          rules: [
            block('outside-us', {
              NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['US'] } } },
            }),
          ],
        },
      },
    },
    assumed: ['one method'],
    expected: {
      undecidable:
        'blocking callers from other countries is what the rule is for; which address the geographic database misplaces is not configuration',
    },
  },
  c081: {
    sketch: {
      methods: { 'GET /leases': 'users' },
      authorizers: { users: { type: 'TOKEN' } },
      stages: { prod: { webAcl: 'isb' } },
      distribution: { headers: ['Authorization'] },
      ipSets: { allowed: ['198.51.100.0/24'] },
      webAcls: {
        isb: {
          rules: [
            block('IsbAllowListRule', {
              NotStatement: { Statement: { IPSetReferenceStatement: { ARN: ipSetArn('allowed') } } },
            }),
          ],
        },
      },
    },
    assumed: ['one method behind a Lambda authorizer', 'the distribution is of the same account'],
    expected: { named: 'waf/address-list-behind-cloudfront' },
    fixed: {
      webAcls: {
        isb: {
          rules: [
            block('IsbAllowListRule', {
              NotStatement: {
                Statement: {
                  IPSetReferenceStatement: {
                    ARN: ipSetArn('allowed'),
                    IPSetForwardedIPConfig: {
                      HeaderName: 'X-Forwarded-For',
                      FallbackBehavior: 'NO_MATCH',
                      Position: 'LAST',
                    },
                  },
                },
              },
            }),
          ],
        },
      },
    },
  },
  c080: {
    sketch: {
      methods: { 'POST /jobs/{job_id}/submit': 'NONE' },
      stages: { prod: { webAcl: 'acl' } },
      webAcls: { acl: { rules: [coreRuleSet()] } },
    },
    assumed: ['authorizationType NONE'],
    expected: { named: 'waf/body-size-rule-blocks' },
    fixed: { webAcls: { acl: { rules: [coreRuleSet(['SizeRestrictions_BODY'])] } } },
  },
  c079: {
    sketch: {
      methods: { 'POST /models': 'AWS_IAM' },
      stages: { prod: { webAcl: 'acl' } },
      webAcls: { acl: { rules: [coreRuleSet()] } },
    },
    assumed: ['CreateModel as POST /models', 'AWS_IAM'],
    expected: { named: 'waf/body-size-rule-blocks' },
    fixed: { webAcls: { acl: { rules: [coreRuleSet(['SizeRestrictions_BODY'])] } } },
  },
};
