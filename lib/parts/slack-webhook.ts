import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { SLACK_WEBHOOK_SECRET } from '../../lambda/environment';
import type { Alert } from './alarms';

interface Webhook {
  /** Name or ARN. */
  readonly secret: string;
  readonly folder: string;
  /** What it posts: events, and alarms on the audit. */
  readonly topics: readonly Topic[];
  readonly logRetention: RetentionDays;
  /** That it failed, told elsewhere than in Slack. */
  readonly alarm: Alert;
}

/** Secrets Manager adds a hyphen and six characters of its own to the ARN, which a name or a partial ARN lacks. */
const arnOf = (scope: Construct, secret: string): string => {
  if (/^arn:.+-[A-Za-z0-9]{6}$/.test(secret)) return secret;
  if (secret.startsWith('arn:')) return `${secret}-??????`;
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: `secret:${secret}-??????`,
  });
};

/** A function of its own that turns each event and alarm into a message of a Slack incoming webhook. It may read the address and nothing else. */
export const postToSlack = (
  scope: Construct,
  { secret, folder, topics, logRetention, alarm }: Webhook,
): void => {
  const undelivered = new Queue(scope, 'SlackQueue', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(undelivered).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself the dead-letter queue, of the messages for Slack.',
  });
  const logGroup = new LogGroup(scope, 'SlackLogs', {
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'SlackRole', {
    description: 'Reads the address of the Slack webhook',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const allow = (actions: string[], resource: string): void => {
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [resource] }));
  };
  allow(['secretsmanager:GetSecretValue'], arnOf(scope, secret));
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
  allow(['sqs:SendMessage'], undelivered.queueArn);
  const slack = new Function(scope, 'Slack', {
    description: 'Posts what the API auth audit found to a Slack incoming webhook.',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'handler.handler',
    code: Code.fromAsset(folder),
    role,
    memorySize: 256,
    // Slack asks to wait half a minute or so when it is sent too much.
    timeout: Duration.minutes(2),
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    environment: { [SLACK_WEBHOOK_SECRET]: secret },
  });
  slack.configureAsyncInvoke({
    retryAttempts: 2,
    onFailure: { bind: () => ({ destination: undelivered.queueArn }) },
  });
  for (const topic of topics) {
    topic.addSubscription(new LambdaSubscription(slack, { deadLetterQueue: undelivered }));
  }
  alarm('SlackUndelivered', 'slack-undelivered', {
    saying: 'Alerts of the API auth audit did not reach Slack; the queue holds them.',
    metric: undelivered.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(5),
      statistic: Stats.MAXIMUM,
    }),
  });
};
