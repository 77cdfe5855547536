import type { Context } from 'aws-lambda';
import { audienceOf } from '../alert/audience';
import { testMessages } from '../alert/notice';
import type { Sent } from '../alert/publish';
import type { Audience } from '../result';
import type { Settings } from '../settings';
import { auditedOf, send, warnUnheard } from './tell';

/** What `test-alert` answers. */
export interface TestAnswer {
  readonly schemaVersion: '1';
  readonly sent: readonly Sent[];
  readonly audience: Audience;
  /** Nobody hears alerts, or that cannot be told. */
  readonly warning?: string;
}

/** That SNS took the sample does not mean that anybody got it: whoever has not confirmed gets nothing. */
export const answerTest = async (settings: Settings, context: Context): Promise<TestAnswer> => {
  const messages = testMessages(auditedOf(settings, settings.regions, context));
  const { sent, failure } = await send(messages, settings);
  if (failure !== null) throw failure;
  const audience = await audienceOf(settings.alertsTopicArn, settings);
  const warning = warnUnheard(audience);
  return {
    schemaVersion: '1',
    sent,
    audience,
    ...(warning === null ? {} : { warning }),
  };
};
