import { bytes } from './sizes';
import type { CustomNotification } from './amazon-q';
import type { EventAttributes, MachineEvent } from './event';

/** Topics by their use: people, the chat's threads, machines. */
export type TopicName = 'alerts' | 'chat' | 'events';

/** A message ready for SNS. */
export interface Message {
  readonly topic: TopicName;
  /** Tells it from the other messages of its topic and run: the region, or the thread. */
  readonly part: string;
  readonly subject?: string;
  readonly body: string;
  /** `json`: the body holds a text for each protocol; SNS then sends no attributes. */
  readonly structure?: 'json';
  readonly attributes?: EventAttributes;
}

interface ForPeople {
  readonly topic: 'alerts' | 'chat';
  readonly part: string;
  readonly subject: string;
  /** Any other protocol. */
  readonly text: string;
  readonly email: string;
  readonly chat: CustomNotification;
}

/** Plain text for mail, the notification that Amazon Q Developer shows for `https`, short text for the rest. */
export const messageForPeople = ({ topic, part, subject, text, email, chat }: ForPeople): Message => ({
  topic,
  part,
  subject,
  structure: 'json',
  body: JSON.stringify({ default: text, email, https: JSON.stringify(chat) }),
});

export const messageForMachines = ({ attributes, body }: MachineEvent): Message => ({
  topic: 'events',
  part: attributes.region,
  attributes,
  body,
});

/** Names a message within its run, in all tries of the run. */
export const nameOf = ({ topic, part }: Message): string => `${topic} ${part}`;

/** Those that no earlier try of the run has sent. */
export const untold = (messages: readonly Message[], told: ReadonlySet<string>): readonly Message[] =>
  messages.filter((message) => !told.has(nameOf(message)));

/** Bytes as SNS counts them: the body and each attribute's name, type and value. */
export const weightOf = ({
  body,
  attributes = {},
}: Pick<Message, 'body'> & { readonly attributes?: object }): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + bytes(name) + bytes('String') + bytes(String(value)),
    bytes(body),
  );
