import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Architecture, Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { join } from 'node:path';
import type { DigestDay } from '../lambda/digest-day';
import * as environment from '../lambda/environment';
import { alarmsTo, watchAudit } from './parts/alarms';
import { addDashboard } from './parts/dashboard';
import { letInvokeItself, makeFunctionRole } from './parts/function-role';
import { makeHistoryBucket } from './parts/history-bucket';
import { scheduleRuns } from './parts/schedule-runs';
import { showInSlack } from './parts/slack-channel';
import { postToSlack } from './parts/slack-webhook';
import { letAlarmsPublish, makeTopic, makeTopicKey } from './parts/topics';
import { isSecretName, NO_SECRET_NAME } from './secret-name';
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
   * Hours without a finished audit after which an alarm goes off, at most 168.
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
   * The secret in Secrets Manager that holds the address of a Slack incoming webhook, for teams without Amazon Q Developer: its name or
   * its ARN.
   * @default - no webhook
   */
  readonly slackWebhookSecret?: string;
  /**
   * Whether findings are imported into Security Hub too, in each audited region; it must be enabled there.
   * @default false
   */
  readonly securityHub?: boolean;
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
   * How long the link to a report in mails and events is to last, in hours, at most 12; 0 for no such link. Whoever has it can read the
   * report without signing in.
   * @default 12
   */
  readonly reportLinkHours?: number;
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
   * Whether the stack has a CloudWatch dashboard.
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * The folder that `npm run build` makes for the function.
   * @default - dist/function of this package
   */
  readonly functionFolder?: string;
  /**
   * The folder that `npm run build` makes for the function that posts to Slack.
   * @default - dist/slack of this package
   */
  readonly slackFunctionFolder?: string;
}

const FUNCTION_FOLDER = join(__dirname, '..', 'dist', 'function');
const SLACK_FUNCTION_FOLDER = join(__dirname, '..', 'dist', 'slack');
/** Lambda's longest. */
const TIMEOUT = Duration.minutes(15);
/** A run stops a minute before the time-out and goes on in another invocation: one that takes longer could not stop. */
const SLOW = Duration.seconds(870);

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
    const {
      schedule = 'rate(1 day)',
      regions = [Aws.REGION],
      logRetention = RetentionDays.THREE_MONTHS,
    } = props;
    if (!isSchedule(schedule)) {
      throw new Error(`schedule: "${schedule}" is neither rate(N minutes|hours|days) nor cron(six fields)`);
    }
    if ((props.slackWorkspaceId === undefined) !== (props.slackChannelId === undefined)) {
      throw new Error('slackWorkspaceId and slackChannelId: give both or neither');
    }
    const { slackWebhookSecret } = props;
    if (slackWebhookSecret !== undefined && !isSecretName(slackWebhookSecret)) {
      throw new Error(`slackWebhookSecret ${NO_SECRET_NAME}`);
    }

    const key = makeTopicKey(this);
    this.alertsTopic = makeTopic(this, 'Alerts', key, 'API auth audit');
    this.eventsTopic = makeTopic(this, 'Events', key, 'API auth audit events');
    const chatTopic =
      props.slackChannelId === undefined ? null : makeTopic(this, 'Chat', key, 'API auth audit threads');
    const topics = [this.alertsTopic, this.eventsTopic, ...(chatTopic === null ? [] : [chatTopic])];
    for (const email of props.emails ?? []) this.alertsTopic.addSubscription(new EmailSubscription(email));

    this.undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the dead-letter queue, of the schedule and of failed runs.',
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.history = makeHistoryBucket(this);
    const role = makeFunctionRole(this, {
      regions,
      topics,
      alertsTopic: this.alertsTopic,
      key,
      history: this.history,
      signsLinks: props.reportLinkHours !== 0,
      importsFindings: props.securityHub === true,
      undelivered: this.undelivered,
      logGroup,
    });

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
        ...(props.securityHub === true ? { [environment.SECURITY_HUB]: 'true' } : {}),
        ...(slackWebhookSecret === undefined ? {} : { [environment.SLACK_WEBHOOK]: 'true' }),
        ...(props.reportLinkHours === undefined
          ? {}
          : { [environment.REPORT_LINK_HOURS]: String(props.reportLinkHours) }),
        ...(props.digestDay === undefined ? {} : { [environment.DIGEST_DAY]: props.digestDay }),
        ...(chatTopic === null ? {} : { [environment.CHAT_TOPIC_ARN]: chatTopic.topicArn }),
        ...(props.regions === undefined ? {} : { [environment.AUDITED_REGIONS]: props.regions.join(',') }),
        ...(props.alias === undefined ? {} : { [environment.ACCOUNT_ALIAS]: props.alias }),
        ...(props.quotaShare === undefined ? {} : { [environment.QUOTA_SHARE]: String(props.quotaShare) }),
      },
    });
    letInvokeItself(this, role, this.function);
    // A failed audit has told people itself. Minutes later the same permission or setting would most likely be missing still, and a second
    // scan would use the quota for nothing: the next schedule is the retry.
    this.function.configureAsyncInvoke({
      retryAttempts: 0,
      onFailure: { bind: () => ({ destination: this.undelivered.queueArn }) },
    });

    scheduleRuns(this, { expression: schedule, audit: this.function, undelivered: this.undelivered });
    const { slackWorkspaceId, slackChannelId } = props;
    if (chatTopic !== null && slackWorkspaceId !== undefined && slackChannelId !== undefined) {
      showInSlack(this, { slackWorkspaceId, slackChannelId, topics: [this.alertsTopic, chatTopic] });
    }
    const alarmTopics = [this.alertsTopic];
    if (slackWebhookSecret !== undefined) {
      // The alerts topic holds texts for people, the events topic what machines agreed on: alarms for the webhook get one of their own.
      const alarmsTopic = makeTopic(this, 'Alarms', key, 'API auth audit alarms');
      postToSlack(this, {
        secret: slackWebhookSecret,
        folder: props.slackFunctionFolder ?? SLACK_FUNCTION_FOLDER,
        topics: [this.eventsTopic, alarmsTopic],
        logRetention,
        alarm: alarmsTo(this, [this.alertsTopic]),
      });
      alarmTopics.push(alarmsTopic);
    }
    for (const topic of alarmTopics) letAlarmsPublish(topic);
    watchAudit(alarmsTo(this, alarmTopics), {
      audit: this.function,
      undelivered: this.undelivered,
      alertsTopic: this.alertsTopic,
      silenceHours: props.silenceHours ?? silenceHoursOf(schedule) ?? 26,
      timeout: TIMEOUT,
      slow: SLOW,
    });
    if (props.dashboard !== false) addDashboard(this, this.function);
  }
}
