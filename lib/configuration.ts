import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import * as z from 'zod';
import { DIGEST_DAYS } from '../lambda/digest-day';
import { LONGEST_LINK_HOURS } from '../lambda/link-hours';
import { REGION_NAME } from '../lambda/region-name';
import type { ApiAuthAuditorProps } from './api-auth-auditor';
import { isSecretName, NO_SECRET_NAME } from './secret-name';
import { isSchedule, LONGEST_SILENCE_HOURS } from './schedule';

/** A setting of the CDK context is wrong; names it. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** `-c key=a,b` gives text, cdk.json may hold a list. */
const list = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(','))])
    .transform((items) => items.map((one) => one.trim()).filter((one) => one !== ''))
    .pipe(z.array(item).min(1, 'must name at least one'));

/** `-c key=3` gives text, cdk.json may hold a number. */
const number = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\d+(?:\.\d+)?$/, 'must be a number')
      .transform(Number),
  ],
  {
    error: 'must be a number',
  },
);

/** `-c key=false` gives text, cdk.json may hold a boolean. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {
  error: 'must be true or false',
});

const ALIAS = 'must be text of at most 60 characters';

const RETENTIONS = Object.values(RetentionDays).filter((days) => typeof days === 'number');

const settings = {
  regions: list(z.string().regex(REGION_NAME, 'must be AWS Regions such as eu-west-1')),
  schedule: z
    .string()
    .refine(isSchedule, 'must be rate(N minutes|hours|days) or cron(six fields), such as rate(12 hours)'),
  silenceHours: number.pipe(
    z
      .int('must be whole hours')
      .min(1, 'must be at least 1')
      .max(LONGEST_SILENCE_HOURS, `must be at most ${LONGEST_SILENCE_HOURS}`),
  ),
  emails: list(z.email('must be e-mail addresses')),
  slackWorkspaceId: z.string().regex(/^T[0-9A-Z]+$/, 'must be the id of a workspace, such as T0123ABCD'),
  slackChannelId: z
    .string()
    .regex(/^[CG][0-9A-Z]+$/, 'must be the id of a channel, such as C0123ABCD, not its name'),
  slackWebhookSecret: z.string(NO_SECRET_NAME).refine(isSecretName, NO_SECRET_NAME),
  alias: z.string(ALIAS).min(1, ALIAS).max(60, ALIAS),
  digestDay: z.enum(DIGEST_DAYS, `must be one of ${DIGEST_DAYS.join(', ')}`),
  logRetentionDays: number.refine(
    (days) => RETENTIONS.includes(days),
    `must be one of ${RETENTIONS.join(', ')}`,
  ),
  reportLinkHours: number.pipe(
    z
      .int('must be whole hours')
      .min(0, 'must be at least 0')
      .max(LONGEST_LINK_HOURS, `must be at most ${LONGEST_LINK_HOURS}`),
  ),
  quotaShare: number.pipe(z.number().gt(0, 'must be above 0').lte(1, 'must be at most 1')),
  reserveConcurrency: flag,
  dashboard: flag,
  securityHub: flag,
} as const;

/** The context keys that configure the stack. */
export const SETTINGS: readonly string[] = Object.keys(settings);

const schema = z.object(settings).partial();

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

const bare = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/s$/, '');

/** The context may hold anything of anybody; a name that is nearly ours is a slip, and its setting would be ignored without a word. */
const refuseSlips = (names: readonly string[]): void => {
  for (const name of names) {
    if (SETTINGS.includes(name)) continue;
    const meant = SETTINGS.find((setting) => bare(setting) === bare(name));
    if (meant !== undefined) {
      throw new ConfigurationError(
        `CDK context: "${name}" is no setting; did you mean ${meant}? See docs/configuration.md.`,
      );
    }
  }
};

/** Reads and checks the CDK context; see docs/configuration.md. */
export const readConfiguration = (node: Node): ApiAuthAuditorProps => {
  const context: unknown = node.getAllContext();
  refuseSlips(Object.keys(context ?? {}));
  const given = Object.fromEntries(
    SETTINGS.map((name): readonly [string, unknown] => [name, node.tryGetContext(name)]).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: [name], message }) => {
      const key = String(name);
      return message === NO_SECRET_NAME
        ? `${key}: ${message}`
        : `${key}: ${message}; given ${shown(given[key])}`;
    });
    throw new ConfigurationError(
      `CDK context: ${[...new Set(faults)].join('. ')}. See docs/configuration.md.`,
    );
  }
  const { logRetentionDays, ...rest } = parsed.data;
  if ((rest.slackWorkspaceId === undefined) !== (rest.slackChannelId === undefined)) {
    throw new ConfigurationError(
      'CDK context: slackWorkspaceId and slackChannelId belong together; only one is given. See docs/configuration.md.',
    );
  }
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(logRetentionDays === undefined ? {} : { logRetention: logRetentionDays }),
  };
};
