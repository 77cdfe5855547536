import * as z from 'zod';
import { parseArn } from '../model/arn';

/** What CloudWatch publishes to a topic when an alarm goes off; it has more fields than these. */
const notification = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullish(),
  AWSAccountId: z.string(),
  /** `EU (Ireland)`. */
  Region: z.string(),
  AlarmArn: z.string().optional(),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
});

/** An alarm of CloudWatch that changed its state. */
export interface Alarm {
  readonly name: string;
  /** Empty: it has none. */
  readonly description: string;
  readonly account: string;
  readonly region: string;
  /** `ALARM`, `OK` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  /** Why, in the words of CloudWatch. */
  readonly reason: string;
}

/** `null`: the message is no alarm. */
export const readAlarm = (text: string): Alarm | null => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { data } = notification.safeParse(value);
  if (data === undefined) return null;
  return {
    name: data.AlarmName,
    description: data.AlarmDescription ?? '',
    account: data.AWSAccountId,
    region: (data.AlarmArn === undefined ? null : parseArn(data.AlarmArn)?.region) ?? data.Region,
    state: data.NewStateValue,
    reason: data.NewStateReason,
  };
};
