import { oneLine } from '../report/escape';
import type { AuditResult } from '../result';
import { runNotification, threadNotification, threadsOf } from './amazon-q';
import { emailOf, shortTextOf } from './email';
import { eventsOf } from './event';
import { messageForMachines, messageForPeople, type Message } from './message';
import { isWorthTelling, occasionOf, type Wishes } from './occasion';
import { countsOf, subjectOf } from './subject';

/**
 * A chat channel is read, not searched: ten threads are a screen, and Slack takes about one message a second. The message of the run
 * counts what has no thread of its own.
 */
const MOST_THREADS = 10;

/**
 * What a run sends; nothing when nothing changed, unless `always` (by default with `full`) asks for it. One message to people, so that a mailbox gets one mail a run; where several APIs
 * have news, each also gets its message in its own thread on the chat topic, which only the chat subscribes to.
 */
export const composeAlerts = (
  result: AuditResult,
  { always, ...wishes }: Wishes & { readonly always?: boolean },
): readonly Message[] => {
  const occasion = occasionOf(result, wishes);
  if (!isWorthTelling(occasion) && !(always ?? wishes.full)) return [];
  const threads = threadsOf(occasion);
  const subject = subjectOf(occasion, countsOf(occasion));
  return [
    messageForPeople({
      topic: 'alerts',
      part: 'run',
      subject,
      text: shortTextOf(occasion),
      email: emailOf(occasion),
      chat: runNotification(occasion),
    }),
    ...(threads.length < 2 ? [] : threads.slice(0, MOST_THREADS)).map((thread) =>
      messageForPeople({
        topic: 'chat',
        part: thread.id,
        subject,
        text: oneLine(thread.name),
        email: oneLine(thread.name),
        chat: threadNotification(occasion, thread),
      }),
    ),
    ...eventsOf(occasion).map(messageForMachines),
  ];
};
