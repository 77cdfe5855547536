import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Audience } from '../result';

/** One look, soon answered: whether anybody hears alerts must not keep an audit waiting. */
const TIMEOUT_MS = 5000;

const counted = (text: string | undefined): number | null => {
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isInteger(number) && number >= 0 ? number : null;
};

/** Who hears what is published to a topic; `null`: SNS does not tell, and there is no guessing. */
export const audienceOf = async (topicArn: string): Promise<Audience | null> => {
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
    return confirmed === null || pending === null ? null : { confirmed, pending };
  } catch {
    return null;
  } finally {
    client.destroy();
  }
};
