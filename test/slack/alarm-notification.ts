/** What CloudWatch publishes when an alarm goes off. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
export const alarmNotification = (given: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    AlarmName: 'ApiAuthAuditor-AuditorAuditFailed1A2B3C4D-abcdefghijkl',
    AlarmDescription: null,
    AWSAccountId: '222233334444',
    AlarmConfigurationUpdatedTimestamp: '2026-11-01T09:00:00.000+0000',
    NewStateValue: 'ALARM',
    NewStateReason:
      'Threshold Crossed: 1 out of the last 1 datapoints [1.0 (23/11/26 09:00:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).',
    StateChangeTime: '2026-11-23T09:05:10.123+0000',
    Region: 'EU (Ireland)',
    AlarmArn:
      'arn:aws:cloudwatch:eu-west-1:222233334444:alarm:ApiAuthAuditor-AuditorAuditFailed1A2B3C4D-abcdefghijkl',
    OldStateValue: 'OK',
    OKActions: [],
    AlarmActions: ['arn:aws:sns:eu-west-1:222233334444:alarms'],
    InsufficientDataActions: [],
    Trigger: { MetricName: 'Errors', Namespace: 'AWS/Lambda', Threshold: 1 },
    ...given,
  });
