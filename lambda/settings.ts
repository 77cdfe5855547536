import * as z from 'zod';
import {
  ACCOUNT_ALIAS,
  ALERTS_TOPIC_ARN,
  AUDITED_REGIONS,
  CHAT_TOPIC_ARN,
  DIGEST_DAY,
  EVENTS_TOPIC_ARN,
  HISTORY_BUCKET,
  QUOTA_SHARE,
  REPORT_LINK_HOURS,
  SECURITY_HUB,
  SLACK_WEBHOOK,
  SLACK_WEBHOOK_SECRET,
} from './environment';
import { DIGEST_DAYS, type DigestDay } from './digest-day';
import { LONGEST_LINK_HOURS } from './link-hours';
import { REGION_NAME } from './region-name';

export interface Settings {
  /** At least one. */
  readonly regions: readonly string[];
  /** The function's own. */
  readonly region: string;
  readonly alertsTopicArn: string;
  readonly eventsTopicArn: string;
  readonly chatTopicArn: string | null;
  readonly alias: string | null;
  readonly historyBucket: string;
  readonly digestDay: DigestDay;
  readonly securityHub: boolean;
  /** Another function posts events to Slack. */
  readonly slackWebhook: boolean;
  /** 0: no link is signed. */
  readonly reportLinkHours: number;
  /** `null`: the collector's default. */
  readonly quotaShare: number | null;
}

/** A setting is missing or wrong; names the variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const topicArn = z.string().regex(/^arn:[^:]+:sns:[^:]+:\d{12}:.+$/, 'must be the ARN of an SNS topic');
const region = z.string().regex(REGION_NAME, 'must be an AWS Region such as eu-west-1');

const environment = z.object({
  AWS_REGION: region,
  [ALERTS_TOPIC_ARN]: topicArn,
  [EVENTS_TOPIC_ARN]: topicArn,
  [CHAT_TOPIC_ARN]: topicArn.optional(),
  [AUDITED_REGIONS]: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(region).min(1))
    .optional(),
  [HISTORY_BUCKET]: z.string().min(3),
  [DIGEST_DAY]: z.enum(DIGEST_DAYS).optional(),
  [ACCOUNT_ALIAS]: z.string().min(1).optional(),
  [SECURITY_HUB]: z.enum(['true', 'false']).optional(),
  [SLACK_WEBHOOK]: z.enum(['true', 'false']).optional(),
  [REPORT_LINK_HOURS]: z.coerce
    .number('must be a number')
    .int('must be whole hours')
    .min(0, 'must be at least 0')
    .max(LONGEST_LINK_HOURS, `must be at most ${LONGEST_LINK_HOURS}`)
    .optional(),
  [QUOTA_SHARE]: z.coerce
    .number('must be a number')
    .gt(0, 'must be above 0')
    .lte(1, 'must be at most 1')
    .optional(),
});

/** The only place that reads the environment. */
export const readSettings = (variables: NodeJS.ProcessEnv = process.env): Settings => {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: [name], message }) => {
      const variable = String(name);
      return variables[variable] === undefined ? `${variable} is not set` : `${variable}: ${message}`;
    });
    throw new SettingsError(`Environment: ${[...new Set(faults)].join('; ')}`);
  }
  const { data } = parsed;
  return {
    region: data.AWS_REGION,
    regions: data[AUDITED_REGIONS] ?? [data.AWS_REGION],
    alertsTopicArn: data[ALERTS_TOPIC_ARN],
    eventsTopicArn: data[EVENTS_TOPIC_ARN],
    chatTopicArn: data[CHAT_TOPIC_ARN] ?? null,
    historyBucket: data[HISTORY_BUCKET],
    digestDay: data[DIGEST_DAY] ?? 'monday',
    alias: data[ACCOUNT_ALIAS] ?? null,
    securityHub: data[SECURITY_HUB] === 'true',
    slackWebhook: data[SLACK_WEBHOOK] === 'true',
    reportLinkHours: data[REPORT_LINK_HOURS] ?? LONGEST_LINK_HOURS,
    quotaShare: data[QUOTA_SHARE] ?? null,
  };
};

/** Of the function that posts to Slack. */
export const readSlackSettings = (
  variables: NodeJS.ProcessEnv = process.env,
): { readonly secretId: string } => {
  const { [SLACK_WEBHOOK_SECRET]: secretId } = variables;
  if (secretId === undefined || secretId === '') {
    throw new SettingsError(`Environment: ${SLACK_WEBHOOK_SECRET} is not set`);
  }
  return { secretId };
};
