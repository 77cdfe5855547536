import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Audience } from '../result';
import { refusalOf } from './refusal';

/** One look, soon answered: whether anybody hears alerts must not keep an audit waiting. */
const TIMEOUT_MS = 5000;

const counted = (text: string | undefined): number | null => {
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isInteger(number) && number >= 0 ? number : null;
};

const subscribersOf = async (topicArn: string): Promise<Audience> => {
  const client = new SNSClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: TIMEOUT_MS,
      requestTimeout: TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  try {
    const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
    const confirmed = counted(Attributes['SubscriptionsConfirmed']);
    const pending = counted(Attributes['SubscriptionsPending']);
    return confirmed === null || pending === null ? { unknown: 'SNS gave no count' } : { confirmed, pending };
  } catch (error) {
    return { unknown: refusalOf(error, 'sns:GetTopicAttributes') };
  } finally {
    client.destroy();
  }
};

/** Who hears what is published to a topic, or why SNS does not tell: there is no guessing. */
export const audienceOf = async (
  topicArn: string,
  { slackWebhook }: { readonly slackWebhook: boolean },
): Promise<Audience> => ({
  ...(await subscribersOf(topicArn)),
  ...(slackWebhook ? { webhook: true } : {}),
});
