import { bytes } from './sizes';
import type { CustomNotification } from './amazon-q';
import type { EventAttributes, MachineEvent } from './event';

/** Topics by their use: people, the chat's threads, machines. */
export type TopicName = 'alerts' | 'chat' | 'events';

/** A message ready for SNS. */
export interface Message {
  readonly topic: TopicName;
  readonly subject?: string;
  readonly body: string;
  /** `json`: the body holds a text for each protocol; SNS then sends no attributes. */
  readonly structure?: 'json';
  readonly attributes?: EventAttributes;
}

interface ForPeople {
  readonly topic: 'alerts' | 'chat';
  readonly subject: string;
  /** Any other protocol. */
  readonly text: string;
  readonly email: string;
  readonly chat: CustomNotification;
}

/** Plain text for mail, the notification that Amazon Q Developer shows for `https`, short text for the rest. */
export const messageForPeople = ({ topic, subject, text, email, chat }: ForPeople): Message => ({
  topic,
  subject,
  structure: 'json',
  body: JSON.stringify({ default: text, email, https: JSON.stringify(chat) }),
});

export const messageForMachines = ({ attributes, body }: MachineEvent): Message => ({
  topic: 'events',
  attributes,
  body,
});

/** Bytes as SNS counts them: the body and each attribute's name, type and value. */
export const weightOf = ({
  body,
  attributes = {},
}: Pick<Message, 'body'> & { readonly attributes?: object }): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + bytes(name) + bytes('String') + bytes(String(value)),
    bytes(body),
  );
