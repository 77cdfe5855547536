import { oneLine } from '../report/escape';
import type { AuditResult } from '../result';
import { runNotification, threadNotification, threadsOf } from './amazon-q';
import { emailOf, shortTextOf } from './email';
import { eventsOf } from './event';
import { messageForMachines, messageForPeople, type Message } from './message';
import { isWorthTelling, occasionOf } from './occasion';
import type { Told } from './told';
import { countsOf, subjectOf } from './subject';

/**
 * A chat channel is read, not searched: ten threads are a screen, and Slack takes about one message a second. The message of the run
 * counts what has no thread of its own.
 */
const MOST_THREADS = 10;

export interface Wishes {
  /** As people call the account. */
  readonly alias: string | null;
  /** Tells open findings again, and that nothing was found. */
  readonly full: boolean;
  /** By earlier runs. */
  readonly told?: Told;
  /** What else must be said. */
  readonly notices?: readonly string[];
  /** Nothing to tell is told too. */
  readonly always?: boolean;
}

/**
 * What a run sends; nothing when nothing changed. One message to people, so that a mailbox gets one mail a run; where several APIs
 * have news, each also gets its message in its own thread on the chat topic, which only the chat subscribes to.
 */
export const composeAlerts = (
  result: AuditResult,
  { alias, full, told, notices, always = full }: Wishes,
): readonly Message[] => {
  const occasion = occasionOf(result, alias, full, told, notices);
  if (!isWorthTelling(occasion) && !always) return [];
  const threads = threadsOf(occasion);
  const subject = subjectOf(occasion, countsOf(occasion));
  return [
    messageForPeople({
      topic: 'alerts',
      subject,
      text: shortTextOf(occasion),
      email: emailOf(occasion),
      chat: runNotification(occasion),
    }),
    ...(threads.length < 2 ? [] : threads.slice(0, MOST_THREADS)).map((thread) =>
      messageForPeople({
        topic: 'chat',
        subject,
        text: oneLine(thread.name),
        email: oneLine(thread.name),
        chat: threadNotification(occasion, thread),
      }),
    ),
    ...eventsOf(occasion).map(messageForMachines),
  ];
};
