import { App } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as environment from '../../lambda/environment';
import { readConfiguration, SETTINGS } from '../../lib/configuration';
import { silenceHoursOf } from '../../lib/schedule';

const read = (context: Record<string, unknown>): unknown => readConfiguration(new App({ context }).node);

test('nothing given is nothing set', () => {
  expect(read({})).toEqual({});
});

test.each([
  [
    'as text, as -c gives it',
    {
      regions: 'eu-west-1, us-gov-east-1',
      emails: 'a@example.com',
      quotaShare: '0.25',
      logRetentionDays: '30',
      silenceHours: '12',
      reportLinkHours: '6',
      reserveConcurrency: 'false',
      securityHub: 'true',
      dashboard: 'false',
    },
  ],
  [
    'as JSON, as cdk.json holds it',
    {
      regions: ['eu-west-1', 'us-gov-east-1'],
      emails: ['a@example.com'],
      quotaShare: 0.25,
      logRetentionDays: 30,
      silenceHours: 12,
      reportLinkHours: 6,
      reserveConcurrency: false,
      securityHub: true,
      dashboard: false,
    },
  ],
])('reads every setting %s', (_, context) => {
  const texts = {
    schedule: 'cron(0 6 ? * MON-FRI *)',
    slackWorkspaceId: 'T0123ABCD',
    slackChannelId: 'C0123ABCD',
    alias: 'prod',
    slackWebhookSecret: 'api-auth-audit/slack',
  };
  expect(read({ ...context, ...texts })).toEqual({
    ...texts,
    regions: ['eu-west-1', 'us-gov-east-1'],
    emails: ['a@example.com'],
    quotaShare: 0.25,
    logRetention: 30,
    silenceHours: 12,
    reportLinkHours: 6,
    reserveConcurrency: false,
    securityHub: true,
    dashboard: false,
  });
});

test.each([
  [{ regions: 'Ireland' }, 'regions: must be AWS Regions such as eu-west-1; given "Ireland"'],
  [{ regions: '' }, 'regions: must name at least one; given ""'],
  [
    { schedule: 'daily' },
    'schedule: must be rate(N minutes|hours|days) or cron(six fields), such as rate(12 hours); given "daily"',
  ],
  [{ schedule: 'rate(0 days)' }, 'schedule: must be'],
  [{ emails: 'a@example.com,nobody' }, 'emails: must be e-mail addresses; given "a@example.com,nobody"'],
  [
    { slackChannelId: '#alerts', slackWorkspaceId: 'T1' },
    'slackChannelId: must be the id of a channel, such as C0123ABCD, not its name; given "#alerts"',
  ],
  [{ slackChannelId: 'C1' }, 'slackWorkspaceId and slackChannelId belong together'],
  [{ logRetentionDays: 31 }, 'logRetentionDays: must be one of 1, 3, 5, 7'],
  [{ logRetentionDays: 'a month' }, 'logRetentionDays: must be a number; given "a month"'],
  [{ reportLinkHours: 24 }, 'reportLinkHours: must be at most 12; given 24'],
  [{ securityHub: 'maybe' }, 'securityHub: must be true or false'],
  [{ quotaShare: 2 }, 'quotaShare: must be at most 1; given 2'],
  [{ quotaShare: '0' }, 'quotaShare: must be above 0; given "0"'],
  [{ silenceHours: 400 }, 'silenceHours: must be at most 168; given 400'],
  [{ silenceHours: 1.5 }, 'silenceHours: must be whole hours; given 1.5'],
  [{ alias: 7 }, 'alias: must be text of at most 60 characters; given 7'],
  [{ reserveConcurrency: 'no' }, 'reserveConcurrency: must be true or false; given "no"'],
])('%j is refused', (context, words) => {
  expect(() => read(context)).toThrow(words);
});

test('an address in place of its secret’s name is refused and not repeated', () => {
  const given = { slackWebhookSecret: 'https://hooks.slack.com/services/T0/B0/s3cr3t' };
  expect(() => read(given)).toThrow('slackWebhookSecret: must be the name or the ARN of a secret');
  expect(() => read(given)).not.toThrow(/s3cr3t/);
});

test.each([
  ['email', 'emails'],
  ['Regions', 'regions'],
  ['slack-channel-id', 'slackChannelId'],
])('%s is taken for a slip', (slip, meant) => {
  expect(() => read({ [slip]: 'x' })).toThrow(`"${slip}" is no setting; did you mean ${meant}?`);
});

test("other people's context is left alone", () => {
  expect(read({ '@aws-cdk/core:regions': true, owner: 'me', 'availability-zones:x': [] })).toEqual({});
});

test('several faults are told at once', () => {
  expect(() => read({ regions: 'x', quotaShare: 2 })).toThrow(/regions: .*quotaShare: /);
});

test('the page lists every setting and every variable', () => {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'configuration.md'), 'utf8');
  expect([...page.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name).sort()).toEqual(
    [...SETTINGS, ...Object.values(environment)].sort(),
  );
});

test.each([
  ['rate(1 day)', 26],
  ['rate(30 minutes)', 3],
  ['rate(12 hours)', 14],
  ['rate(30 days)', 168],
  ['cron(0 6 * * ? *)', null],
])('%s may be silent for %p hours', (expression, hours) => {
  expect(silenceHoursOf(expression)).toBe(hours);
});
