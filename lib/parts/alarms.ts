import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarmWords, type Article } from '../../lambda/runbook';
import { measured } from './measured';

/** Fine enough to tell people while it matters. */
const PERIOD = Duration.minutes(5);

/**
 * Goes off at `threshold` (1) or above; with `below`, when all `periods` stay below it, missing data included. With `lasting` it stays as
 * it is until something is measured again.
 */
interface Watch {
  readonly saying: string;
  readonly metric: Metric;
  readonly threshold?: number;
  readonly below?: boolean;
  readonly lasting?: boolean;
  readonly periods?: number;
}

const missingData = (below: boolean, lasting: boolean): TreatMissingData => {
  if (below) return TreatMissingData.BREACHING;
  return lasting ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING;
};

export type Alert = (id: string, article: Article, watch: Watch) => void;

/** Makes alarms that tell people on topics, each with its article of the runbook. */
export const alarmsTo =
  (scope: Construct, topics: readonly Topic[]): Alert =>
  (id, article, { saying, metric, threshold = 1, below = false, lasting = false, periods = 1 }) => {
    const alarm = metric.createAlarm(scope, id, {
      alarmDescription: alarmWords(saying, article),
      threshold,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: missingData(below, lasting),
    });
    for (const topic of topics) alarm.addAlarmAction(new SnsAction(topic));
  };

interface Watched {
  readonly audit: Function;
  readonly undelivered: Queue;
  readonly alertsTopic: Topic;
  /** Hours without a run that mean that nobody is watching. */
  readonly silenceHours: number;
  readonly timeout: Duration;
  /** Of the time-out, above which a run is slow. */
  readonly slow: Duration;
}

/** The alarms on the audit itself. */
export const watchAudit = (
  alarm: Alert,
  { audit, undelivered, alertsTopic, silenceHours, timeout, slow }: Watched,
): void => {
  alarm('AuditFailed', 'audit-failed', {
    saying: 'A run of the API auth audit failed.',
    metric: audit.metricErrors({ period: PERIOD, statistic: Stats.SUM }),
  });
  alarm('AuditIncomplete', 'audit-incomplete', {
    saying: 'The last API auth audit could not judge everything, so its silence is no proof.',
    metric: measured(audit, 'IncompleteAudits', { period: PERIOD }),
    lasting: true,
  });
  alarm('AuditSlow', 'audit-slow', {
    saying: `A run of the API auth audit took more than ${slow.toSeconds()} of its ${timeout.toSeconds()} seconds.`,
    metric: audit.metricDuration({ period: PERIOD, statistic: Stats.MAXIMUM }),
    threshold: slow.toMilliseconds(),
  });
  alarm('AuditNotRun', 'audit-not-run', {
    saying: `No API auth audit has finished for ${silenceHours} hours.`,
    metric: measured(audit, 'IncompleteAudits', {
      period: Duration.hours(1),
      statistic: Stats.SAMPLE_COUNT,
    }),
    below: true,
    periods: silenceHours,
  });
  alarm('EventsUndelivered', 'events-undelivered', {
    saying: 'Runs of the API auth audit failed or could not be started; the queue holds their events.',
    metric: undelivered.metricApproximateNumberOfMessagesVisible({
      period: PERIOD,
      statistic: Stats.MAXIMUM,
    }),
  });
  alarm('AlertsUnsent', 'alerts-unsent', {
    saying: 'SNS did not take the alerts of the last API auth audit.',
    metric: measured(audit, 'UnsentAlerts', { period: PERIOD }),
    lasting: true,
  });
  alarm('AlertsUndelivered', 'alerts-undelivered', {
    saying: 'Alerts of the API auth audit did not reach a subscriber.',
    metric: alertsTopic.metricNumberOfNotificationsFailed({ period: PERIOD, statistic: Stats.SUM }),
  });
};
