import { readSettings, SettingsError } from '../../lambda/settings';

const VARIABLES = {
  AWS_REGION: 'eu-west-1',
  HISTORY_BUCKET: 'history',
  ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:222233334444:alerts',
  EVENTS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:222233334444:events',
};

test('the function audits its own region unless told otherwise', () => {
  expect(readSettings(VARIABLES)).toEqual({
    region: 'eu-west-1',
    regions: ['eu-west-1'],
    alertsTopicArn: VARIABLES.ALERTS_TOPIC_ARN,
    eventsTopicArn: VARIABLES.EVENTS_TOPIC_ARN,
    chatTopicArn: null,
    alias: null,
    historyBucket: 'history',
    digestDay: 'monday',
    reportLinkHours: 12,
    securityHub: false,
    slackWebhook: false,
    quotaShare: null,
  });
});

test('reads everything that the stack may set', () => {
  const settings = readSettings({
    ...VARIABLES,
    CHAT_TOPIC_ARN: 'arn:aws-us-gov:sns:us-gov-west-1:222233334444:chat',
    AUDITED_REGIONS: 'us-east-1, ap-southeast-2',
    ACCOUNT_ALIAS: 'prod',
    QUOTA_SHARE: '0.5',
    REPORT_LINK_HOURS: '0',
    SECURITY_HUB: 'true',
    SLACK_WEBHOOK: 'true',
  });
  expect(settings).toMatchObject({
    chatTopicArn: 'arn:aws-us-gov:sns:us-gov-west-1:222233334444:chat',
    regions: ['us-east-1', 'ap-southeast-2'],
    alias: 'prod',
    reportLinkHours: 0,
    securityHub: true,
    slackWebhook: true,
    quotaShare: 0.5,
  });
});

test.each([
  [{ ALERTS_TOPIC_ARN: undefined }, 'Environment: ALERTS_TOPIC_ARN is not set'],
  [
    { AWS_REGION: undefined, EVENTS_TOPIC_ARN: undefined },
    'Environment: AWS_REGION is not set; EVENTS_TOPIC_ARN is not set',
  ],
  [{ EVENTS_TOPIC_ARN: 'events' }, 'EVENTS_TOPIC_ARN: must be the ARN of an SNS topic'],
  [{ AUDITED_REGIONS: '' }, 'AUDITED_REGIONS: must be an AWS Region'],
  [{ QUOTA_SHARE: 'half' }, 'QUOTA_SHARE: must be a number'],
  [{ QUOTA_SHARE: '1.5' }, 'QUOTA_SHARE: must be at most 1'],
  [{ SECURITY_HUB: 'yes' }, 'SECURITY_HUB: '],
  [{ REPORT_LINK_HOURS: '13' }, 'REPORT_LINK_HOURS: must be at most 12'],
  [{ ACCOUNT_ALIAS: '' }, 'ACCOUNT_ALIAS: '],
])('%j is refused by the name of the variable', (change, words) => {
  expect(() => readSettings({ ...VARIABLES, ...change })).toThrow(SettingsError);
  expect(() => readSettings({ ...VARIABLES, ...change })).toThrow(words);
});
