import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { LoggingLevel, SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import {
  ComparisonOperator,
  Stats,
  TreatMissingData,
  type Alarm,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { join } from 'node:path';
import type { DigestDay } from '../lambda/digest-day';
import * as environment from '../lambda/environment';
import { runbookPage, type Article } from '../lambda/runbook';
import { readStatements, wildcardResources } from './read-role';
import { isSchedule, silenceHoursOf } from './schedule';

export interface ApiAuthAuditorProps {
  /**
   * Regions to audit.
   * @default - the region of the stack
   */
  readonly regions?: string[];
  /**
   * When to audit: an EventBridge Scheduler expression, `rate(…)` or `cron(…)` in UTC.
   * @default rate(1 day)
   */
  readonly schedule?: string;
  /**
   * Hours without a run after which an alarm goes off, at most 168.
   * @default - one interval and two hours with `rate(…)`, 26 with `cron(…)`
   */
  readonly silenceHours?: number;
  /**
   * Addresses that get the alerts; each must confirm.
   * @default - nobody
   */
  readonly emails?: string[];
  /**
   * The Slack workspace that Amazon Q Developer in chat applications was authorised for, such as `T0123ABCD`.
   * @default - no Slack
   */
  readonly slackWorkspaceId?: string;
  /**
   * The Slack channel, such as `C0123ABCD`.
   * @default - no Slack
   */
  readonly slackChannelId?: string;
  /**
   * What people call the account; stands in subjects and titles.
   * @default - the account's digits
   */
  readonly alias?: string;
  /**
   * The day, in UTC, on which alerts tell again what stays open; `never` for none.
   * @default monday
   */
  readonly digestDay?: DigestDay;
  /**
   * How long logs stay.
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;
  /**
   * Share of API Gateway's request quota that the audit may use, above 0 and at most 1.
   * @default - the collector's
   */
  readonly quotaShare?: number;
  /**
   * Whether one concurrent run is set aside, so that two runs never share the quota. An account whose concurrency
   * limit is 10 has none to spare: switch it off there.
   * @default true
   */
  readonly reserveConcurrency?: boolean;
  /**
   * The folder that `npm run build` makes for the function.
   * @default - dist/function of this package
   */
  readonly functionFolder?: string;
}

const FUNCTION_FOLDER = join(__dirname, '..', 'dist', 'function');
/** Lambda's longest. */
const TIMEOUT = Duration.minutes(15);
const SLOW = Duration.minutes(12);

/** Audits the API Gateway REST APIs of an account on a schedule and tells people which callers are kept out, and how to let them in. */
export class ApiAuthAuditor extends Construct {
  /** What runs. */
  public readonly function: Function;
  /** For people: mail and chat. */
  public readonly alertsTopic: Topic;
  /** For machines. */
  public readonly eventsTopic: Topic;
  /** What runs remember, their reports, and `suppressions.yaml`, which people put there. */
  public readonly history: Bucket;
  /** Failed runs and undelivered schedules. */
  public readonly undelivered: Queue;

  constructor(scope: Construct, id: string, props: ApiAuthAuditorProps = {}) {
    super(scope, id);
    const { schedule = 'rate(1 day)', regions = [Aws.REGION] } = props;
    if (!isSchedule(schedule)) {
      throw new Error(`schedule: "${schedule}" is neither rate(N minutes|hours|days) nor cron(six fields)`);
    }
    if ((props.slackWorkspaceId === undefined) !== (props.slackChannelId === undefined)) {
      throw new Error('slackWorkspaceId and slackChannelId: give both or neither');
    }

    const key = this.topicKey();
    this.alertsTopic = this.topic('Alerts', key, 'API auth audit');
    this.eventsTopic = this.topic('Events', key, 'API auth audit events');
    const chatTopic =
      props.slackChannelId === undefined ? null : this.topic('Chat', key, 'API auth audit threads');
    const topics = [this.alertsTopic, this.eventsTopic, ...(chatTopic === null ? [] : [chatTopic])];
    for (const email of props.emails ?? []) this.alertsTopic.addSubscription(new EmailSubscription(email));

    this.undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.history = this.historyBucket();
    const role = this.functionRole({ regions, topics, key, logGroup });

    this.function = new Function(this, 'Function', {
      description:
        'Finds the API Gateway and Cognito misconfigurations that answer 401 or 403 to callers who should get in.',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler.handler',
      code: Code.fromAsset(props.functionFolder ?? FUNCTION_FOLDER),
      role,
      // 600 APIs of 1,200 methods need some 260 MB and 50 s of a whole processor, which comes with 1,769 MB: half of one keeps ahead of API Gateway's quota.
      memorySize: 1024,
      timeout: TIMEOUT,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      ...(props.reserveConcurrency === false ? {} : { reservedConcurrentExecutions: 1 }),
      environment: {
        [environment.ALERTS_TOPIC_ARN]: this.alertsTopic.topicArn,
        [environment.EVENTS_TOPIC_ARN]: this.eventsTopic.topicArn,
        [environment.HISTORY_BUCKET]: this.history.bucketName,
        ...(props.digestDay === undefined ? {} : { [environment.DIGEST_DAY]: props.digestDay }),
        ...(chatTopic === null ? {} : { [environment.CHAT_TOPIC_ARN]: chatTopic.topicArn }),
        ...(props.regions === undefined ? {} : { [environment.AUDITED_REGIONS]: props.regions.join(',') }),
        ...(props.alias === undefined ? {} : { [environment.ACCOUNT_ALIAS]: props.alias }),
        ...(props.quotaShare === undefined ? {} : { [environment.QUOTA_SHARE]: String(props.quotaShare) }),
      },
    });
    // A failed audit has told people itself; run again at once it would tell them twice. The next schedule is the retry.
    this.function.configureAsyncInvoke({
      retryAttempts: 0,
      onFailure: { bind: () => ({ destination: this.undelivered.queueArn }) },
    });

    this.scheduleRuns(schedule);
    if (chatTopic !== null) this.slackChannel(chatTopic, props);
    this.alarms(props.silenceHours ?? silenceHoursOf(schedule) ?? 26);
    this.acknowledgeChecks(role, regions);
  }

  /** A key of our own: CloudWatch alarms cannot publish to a topic under the AWS-managed one. */
  private topicKey(): Key {
    const key = new Key(this, 'TopicKey', {
      description: 'Encrypts the topics of the API auth audit',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return key;
  }

  private topic(id: string, masterKey: Key, displayName: string): Topic {
    return new Topic(this, id, { displayName, masterKey, enforceSSL: true });
  }

  private functionRole({
    regions,
    topics,
    key,
    logGroup,
  }: {
    readonly regions: readonly string[];
    readonly topics: readonly Topic[];
    readonly key: Key;
    readonly logGroup: LogGroup;
  }): Role {
    const role = new Role(this, 'Role', {
      description: 'Reads API Gateway and Cognito, publishes alerts',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const allow = (actions: string[], resources: string[]): void => {
      role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
    };
    for (const statement of readStatements(regions)) role.addToPolicy(statement);
    allow(
      ['sns:Publish'],
      topics.map(({ topicArn }) => topicArn),
    );
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
    const objects = (...keys: string[]): string[] => keys.map((one) => this.history.arnForObjects(one));
    allow(['s3:GetObject'], objects('state/findings.json', 'alerts/*', 'suppressions.yaml'));
    allow(['s3:PutObject'], objects('state/findings.json', 'alerts/*', 'reports/*'));
    // Without it S3 answers 403 for a key that is not there, so the first run could not be told from a denied one. Reading an
    // object has no prefix, therefore IfExists.
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['s3:ListBucket'],
        resources: [this.history.bucketArn],
        conditions: {
          StringLikeIfExists: {
            's3:prefix': ['state/*', 'alerts/*', 'reports/*', 'suppressions.yaml'],
          },
        },
      }),
    );
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    allow(['sqs:SendMessage'], [this.undelivered.queueArn]);
    return role;
  }

  /** Reports go after 400 days, replaced versions after 30; the state stays, and outlives the stack. */
  private historyBucket(): Bucket {
    return new Bucket(this, 'History', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { id: 'Reports', prefix: 'reports/', expiration: Duration.days(400) },
        { id: 'Claims', prefix: 'alerts/', expiration: Duration.days(30) },
        {
          id: 'OldVersions',
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
  }

  private scheduleRuns(expression: string): void {
    const role = new Role(this, 'ScheduleRole', {
      description: 'Starts the API auth audit',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const allow = (action: string, resource: string): void => {
      role.addToPolicy(
        new PolicyStatement({ effect: Effect.ALLOW, actions: [action], resources: [resource] }),
      );
    };
    allow('lambda:InvokeFunction', this.function.functionArn);
    allow('sqs:SendMessage', this.undelivered.queueArn);
    const schedule = new Schedule(this, 'Schedule', {
      description: 'Runs the API auth audit',
      schedule: ScheduleExpression.expression(expression),
      target: new LambdaInvoke(this.function, {
        input: ScheduleTargetInput.fromObject({}),
        deadLetterQueue: this.undelivered,
        retryAttempts: 3,
        maxEventAge: Duration.hours(1),
        // Left to itself the target would also allow every version and alias of the function.
        role: role.withoutPolicyUpdates(),
      }),
    });
    schedule.node.addDependency(role);
  }

  private slackChannel(
    chatTopic: Topic,
    { slackWorkspaceId = '', slackChannelId = '' }: ApiAuthAuditorProps,
  ): void {
    // Without a guardrail of ours the channel's members could do whatever AdministratorAccess leaves to the channel's role.
    const guardrail = new ManagedPolicy(this, 'SlackGuardrail', {
      description: 'Nobody acts on AWS from the channel of the API auth audit',
      statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] })],
    });
    new SlackChannelConfiguration(this, 'SlackChannel', {
      slackChannelConfigurationName: `api-auth-audit-${slackChannelId}`,
      slackWorkspaceId,
      slackChannelId,
      notificationTopics: [this.alertsTopic, chatTopic],
      guardrailPolicies: [guardrail],
      loggingLevel: LoggingLevel.ERROR,
    });
  }

  private alarms(silenceHours: number): void {
    this.alertsTopic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alertsTopic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const period = Duration.minutes(5);
    this.alarm('AuditFailed', 'audit-failed', {
      saying: 'A run of the API auth audit failed.',
      metric: this.function.metricErrors({ period, statistic: Stats.SUM }),
    });
    this.alarm('AuditSlow', 'audit-slow', {
      saying: `A run of the API auth audit took more than ${SLOW.toMinutes()} of its ${TIMEOUT.toMinutes()} minutes.`,
      metric: this.function.metricDuration({ period, statistic: Stats.MAXIMUM }),
      threshold: SLOW.toMilliseconds(),
    });
    this.alarm('AuditNotRun', 'audit-not-run', {
      saying: `The API auth audit has not run for ${silenceHours} hours.`,
      metric: this.function.metricInvocations({ period: Duration.hours(1), statistic: Stats.SUM }),
      below: true,
      periods: silenceHours,
    });
    this.alarm('EventsUndelivered', 'events-undelivered', {
      saying: 'Runs of the API auth audit failed or could not be started; the queue holds their events.',
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
    });
    this.alarm('AlertsUndelivered', 'alerts-undelivered', {
      saying: 'Alerts of the API auth audit did not reach a subscriber.',
      metric: this.alertsTopic.metricNumberOfNotificationsFailed({ period, statistic: Stats.SUM }),
    });
  }

  /** Goes off at `threshold` (1) or above; with `below`, when all `periods` stay below it, missing data included. */
  private alarm(
    id: string,
    article: Article,
    {
      saying,
      metric,
      threshold = 1,
      below = false,
      periods = 1,
    }: {
      readonly saying: string;
      readonly metric: Metric;
      readonly threshold?: number;
      readonly below?: boolean;
      readonly periods?: number;
    },
  ): Alarm {
    const alarm = metric.createAlarm(this, id, {
      alarmDescription: `${saying} What to do: ${runbookPage(article)}`,
      threshold,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.alertsTopic));
    return alarm;
  }

  /** What cdk-nag must be told, each with its reason. */
  private acknowledgeChecks(role: Role, regions: readonly string[]): void {
    Validations.of(this.undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the dead-letter queue, of the schedule and of failed runs.',
    });
    Validations.of(this.history).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Server access logs would need a second bucket; CloudTrail data events record access where it matters.',
    });
    const bucketElement = this.history.node.defaultChild;
    const bucket = bucketElement instanceof CfnBucket ? Stack.of(this).getLogicalId(bucketElement) : '';
    for (const prefix of ['alerts', 'reports']) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${prefix}/*]`,
        reason: 'A run names its report and its claim by its id, which is not known before.',
      });
    }
    for (const resource of wildcardResources(regions)) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason:
          resource === '*'
            ? 'IAM knows no narrower resource for these read actions.'
            : 'The audit reads all of the account, also what is made after the deployment; the actions only read.',
      });
    }
  }
}
