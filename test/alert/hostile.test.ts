import { composeAlerts } from '../../lambda/alert/compose';
import { weightOf, type Message } from '../../lambda/alert/message';
import { failureMessages } from '../../lambda/alert/notice';
import { readEvent } from '../../lambda/alert/read-event';
import { slackMessageOf } from '../../lambda/slack/blocks';
import { NAMES, named } from '../report/hostile-names';
import { expectWithinLimits, textsOf } from '../slack/limits';

const report = {
  location: 's3://history/r.html',
  console: 'https://eu-west-1.console.aws.amazon.com/s3/object/history?prefix=r.html',
  presigned: { url: 'https://history.s3.amazonaws.com/r.html?X-Amz-Expires=43200', hours: 12 },
};

/** What one name makes of the messages of a run and of one that failed. */
const messagesOf = (name: string): readonly Message[] => [
  ...composeAlerts(named(name), { alias: name, full: true, notices: [name], report }),
  ...failureMessages({ account: '222233334444', alias: name, regions: ['eu-west-1'], runId: 'run-1' }, name),
];

const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

interface Bodies {
  readonly default: string;
  readonly email: string;
  readonly https: string;
}

const bodiesOf = ({ body }: Message): Bodies => JSON.parse(body) as Bodies;

const people = (messages: readonly Message[]): readonly Message[] =>
  messages.filter(({ topic }) => topic !== 'events');
const machines = (messages: readonly Message[]): readonly Message[] =>
  messages.filter(({ topic }) => topic === 'events');

/** Control characters other than line breaks, marks that turn the direction or hide, halves of pairs. */
const STEERING = /(?!\n)[\p{Cc}\p{Cs}]|[\u00ad\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/** The links that the messages make themselves. */
const OURS =
  /<https:\/\/(?:example\.com\/rules\/[a-z/-]+\.md|[a-z0-9.-]+\.amazon(?:aws)?\.com\/[^\s<>|]*|github\.com\/api-auth-auditor\/[^\s<>|]*)\|[\w /,-]+>/g;

/** Slack reads no mention, no link and no markup in it but ours. */
const expectCalm = (text: string): void => {
  expect(text).not.toMatch(STEERING);
  expect(text.replaceAll(OURS, '').replaceAll(/`aws [^`]*`/g, '')).not.toMatch(/[<>~]|@(?!\u200b)/);
};

const outline = (all: readonly Message[]): unknown =>
  all.map(({ topic, part, structure, attributes }) => ({ topic, part, structure, attributes }));

/** Of the subjects: what comes after the account. */
const endings = (all: readonly Message[]): readonly (string | undefined)[] =>
  people(all).map(({ subject }) => subject?.split(' 222233334444 ').at(-1));

const HARMLESS = messagesOf('orders');

describe.each(Object.entries(NAMES))('%s', (_, name) => {
  const messages = messagesOf(name);

  test('changes neither which messages there are nor their attributes', () => {
    expect(outline(messages)).toEqual(outline(HARMLESS));
    for (const message of messages) expect(weightOf(message)).toBeLessThanOrEqual(200_000);
  });

  test('leaves subjects that SNS takes, with the counts', () => {
    const subjects = people(messages).map(({ subject = '' }) => subject);
    for (const subject of subjects) expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
    expect(endings(messages)).toEqual(endings(HARMLESS));
  });

  test('steers no reader of the mail and begins no line of it', () => {
    for (const message of people(messages)) {
      for (const text of [bodiesOf(message).email, bodiesOf(message).default]) {
        expect(text).not.toMatch(STEERING);
        expect(text).not.toMatch(/^(?:two|## three|\| four|::error|break|Subject:)/m);
      }
    }
  });

  test('calls nobody, links nowhere and styles nothing in Slack through Amazon Q Developer', () => {
    for (const message of people(messages)) {
      const { content, metadata } = JSON.parse(bodiesOf(message).https) as {
        readonly content: { readonly title: string; readonly description: string };
        readonly metadata: object;
      };
      for (const text of stringsIn(content)) expectCalm(text);
      for (const text of stringsIn(metadata)) expect(text).not.toMatch(STEERING);
      for (const text of stringsIn(content)) expect((text.match(/`/g)?.length ?? 0) % 2).toBe(0);
      expect(content.title.length).toBeLessThanOrEqual(200);
      expect(content.description.length).toBeLessThanOrEqual(2800);
    }
  });

  test('neither does it through the webhook', () => {
    for (const { body } of machines(messages)) {
      const message = slackMessageOf(readEvent(body));
      expectWithinLimits(message);
      for (const text of textsOf(message)) expectCalm(text);
    }
  });

  test('reaches machines as it is', () => {
    const [event] = machines(messages);
    const { findings } = JSON.parse(event?.body ?? '') as { findings: { message: string }[] };
    expect(findings[0]?.message).toBe(name);
  });
});
