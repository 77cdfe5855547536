import { composeAlerts } from '../../lambda/alert/compose';
import { weightOf, type Message } from '../../lambda/alert/message';
import type { Wishes } from '../../lambda/alert/occasion';
import type { AuditResult } from '../../lambda/result';
import { clean, sample, scopeUndefined } from '../report/sample';
import { expectGolden } from '../support/golden';
import { findingOf, resultOf } from './many';

const WISHES: Wishes = { alias: 'prod', full: false };

const compose = (result: AuditResult, wishes: Partial<Wishes> = {}): readonly Message[] =>
  composeAlerts(result, { ...WISHES, ...wishes });

const only = (messages: readonly Message[], topic: Message['topic']): Message => {
  const [first, ...rest] = messages.filter((message) => message.topic === topic);
  if (first === undefined || rest.length > 0)
    throw new Error(`${rest.length} more than one message for ${topic}`);
  return first;
};

interface Parts {
  readonly default: string;
  readonly email: string;
  readonly https: string;
}

interface Chat {
  readonly id: string;
  readonly content: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
  };
  readonly metadata: { readonly threadId: string };
}

const partsOf = (message: Message): Parts => JSON.parse(message.body) as Parts;
const chatOf = (message: Message): Chat => JSON.parse(partsOf(message).https) as Chat;
const pretty = (json: string): string => `${JSON.stringify(JSON.parse(json), null, 2)}\n`;

describe('what is sent', () => {
  test('nothing when nothing is new and everything was read', () => {
    expect(compose(clean)).toEqual([]);
    expect(compose(resultOf([{ ...scopeUndefined, change: 'open' }]))).toEqual([]);
  });

  test('with full, open findings again', () => {
    const messages = compose(resultOf([{ ...scopeUndefined, change: 'open' }]), { full: true });
    expect(only(messages, 'alerts').subject).toBe(
      '[api-auth-audit] prod 222233334444 eu-west-1: 0 new, 1 open (worst: error)',
    );
    expect(partsOf(only(messages, 'alerts')).email).toContain(scopeUndefined.title);
  });

  test('with full, that nothing was found', () => {
    const messages = compose(clean, { full: true });
    expect(messages.map(({ topic }) => topic)).toEqual(['alerts']);
    expect(partsOf(only(messages, 'alerts')).email).toContain('Everything could be read.');
  });

  test('resolved findings, without a severity', () => {
    const messages = compose(resultOf([{ ...scopeUndefined, change: 'resolved' }]));
    expect(only(messages, 'alerts').subject).toBe(
      '[api-auth-audit] prod 222233334444 eu-west-1: 0 new, 1 resolved',
    );
    expect(only(messages, 'events').attributes).toEqual({
      severity_max: 'none',
      change: 'resolved',
      account: '222233334444',
      region: 'eu-west-1',
      schema: '1',
    });
  });

  test('lost coverage, even without a finding', () => {
    const messages = compose({ ...sample, findings: [] });
    expect(only(messages, 'alerts').subject).toBe(
      '[api-auth-audit] prod 222233334444 eu-west-1: 0 new, incomplete',
    );
    expect(only(messages, 'events').attributes?.change).toBe('none');
  });

  test('new and resolved together are mixed', () => {
    const messages = compose(resultOf([scopeUndefined, findingOf('b2', 1, { change: 'resolved' })]));
    expect(only(messages, 'events').attributes?.change).toBe('mixed');
    expect(only(messages, 'alerts').subject).toContain('1 new, 1 resolved (worst: error)');
  });

  test('an event for each region that has news, and none for the others', () => {
    const there = findingOf('b2', 1, {
      severity: 'note',
      subject: { ...scopeUndefined.subject, region: 'us-east-1' },
    });
    const result = resultOf([scopeUndefined, there]);
    const messages = compose({
      ...result,
      run: { ...result.run, regions: ['eu-west-1', 'us-east-1', 'us-west-2'] },
    });
    const events = messages.filter(({ topic }) => topic === 'events');
    expect(events.map(({ attributes }) => [attributes?.region, attributes?.severity_max])).toEqual([
      ['eu-west-1', 'error'],
      ['us-east-1', 'note'],
    ]);
    expect(only(messages, 'alerts').subject).toBe(
      '[api-auth-audit] prod 222233334444 3 regions: 2 new (worst: error)',
    );
  });
});

describe('the message to people', () => {
  const message = only(compose(sample), 'alerts');

  test('has a text for every protocol', () => {
    expect(message.structure).toBe('json');
    expect(message.attributes).toBeUndefined();
    expect(Object.keys(JSON.parse(message.body) as object)).toEqual(['default', 'email', 'https']);
  });

  test('is the mail that people know', () => {
    expectGolden('alert/email.txt', partsOf(message).email);
    expectGolden('alert/default.txt', partsOf(message).default);
  });

  test('is the notification that Amazon Q Developer shows', () => {
    expectGolden('alert/amazon-q.json', pretty(partsOf(message).https));
  });

  test('keeps to 72 columns but for what must not be broken', () => {
    const long = partsOf(message)
      .email.split('\n')
      .filter((line) => line.length > 72 && !/^\s*(?:(?:Page|Console)\s+)?https:\/\//.test(line));
    expect(long.every((line) => /^\s+'/.test(line) || / '\[/.test(line))).toBe(true);
  });
});

test('the event is JSON with attributes for filters', () => {
  const message = only(compose(sample), 'events');
  expect(message.structure).toBeUndefined();
  expectGolden('alert/event.json', pretty(message.body));
});

describe('threads of the chat', () => {
  test('one API: its thread, and no further message', () => {
    const messages = compose(resultOf([findingOf('a1', 1), findingOf('a1', 2)]));
    expect(messages.map(({ topic }) => topic)).toEqual(['alerts', 'events']);
    expect(chatOf(only(messages, 'alerts')).metadata.threadId).toBe('222233334444:eu-west-1:a1');
  });

  test('several APIs: a message in the thread of each beside that of the run', () => {
    const pool = findingOf('none', 1, {
      subject: {
        arn: 'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/eu-west-1_P',
        label: 'user pool',
        region: 'eu-west-1',
      },
      affected: [],
      affectedCount: 0,
    });
    const poolOfOneApi = {
      ...pool,
      affected: [{ restApiId: 'b2', stage: 'x', method: 'GET /' }],
      affectedCount: 1,
    };
    const poolOfTwoApis = {
      ...pool,
      affected: ['c3', 'd4'].map((restApiId) => ({ restApiId, stage: 'x', method: 'GET /' })),
      affectedCount: 2,
    };
    const messages = compose(resultOf([findingOf('a1', 1), poolOfOneApi, poolOfTwoApis, pool]));
    const chats = messages.filter(({ topic }) => topic === 'chat');
    expect(chats.map((one) => chatOf(one).metadata.threadId)).toEqual([
      '222233334444:eu-west-1:a1',
      '222233334444:eu-west-1:b2',
      '222233334444:eu-west-1:shared',
    ]);
    expect(chatOf(only(messages, 'alerts')).metadata.threadId).toBe('222233334444:eu-west-1');
    expect(
      new Set(messages.filter(({ topic }) => topic !== 'events').map((one) => chatOf(one).id)).size,
    ).toBe(4);
  });

  test('at most ten, however many APIs', () => {
    const messages = compose(
      resultOf(Array.from({ length: 30 }, (_, index) => findingOf(`a${index}`, index))),
    );
    expect(messages.filter(({ topic }) => topic === 'chat')).toHaveLength(10);
    expect(chatOf(only(messages, 'alerts')).content.title).toContain('30 new');
  });
});

describe('5,000 findings', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    findingOf(`a${index % 40}`, index, { message: `Größe ${index} ${'ü'.repeat(200)}` }),
  );
  const messages = compose(resultOf(many));

  test('weigh at most 200,000 bytes a message', () => {
    expect(messages).toHaveLength(12);
    for (const message of messages) expect(weightOf(message)).toBeLessThanOrEqual(200_000);
  });

  test('leave out whole findings and count them', () => {
    const { email } = partsOf(only(messages, 'alerts'));
    const shown = email.match(/^\d+\. ERROR: /gm)?.length ?? 0;
    const [, left] = /([\d,]+) more findings did not fit/.exec(email) ?? [];
    expect(shown).toBeGreaterThan(50);
    expect(shown + Number(left?.replaceAll(',', ''))).toBe(5000);
    const event = JSON.parse(only(messages, 'events').body) as {
      findings: unknown[];
      findingsLeftOut: number;
    };
    expect(event.findings.length).toBeGreaterThan(50);
    expect(event.findings.length + event.findingsLeftOut).toBe(5000);
  });

  test('keep the counts of the subject', () => {
    expect(only(messages, 'alerts').subject).toContain('5000 new (worst: error)');
  });

  test('say where all of them are, within the same weight', () => {
    const url = `https://history.s3.eu-west-1.amazonaws.com/r.html?X-Amz-Security-Token=${'a'.repeat(1500)}`;
    const report = {
      location: 's3://history/reports/r.html',
      console: 'https://eu-west-1.console.aws.amazon.com/s3/object/history?prefix=reports%2Fr.html',
      presigned: { url, hours: 12 },
    };
    const linked = compose(resultOf(many), { report });
    for (const message of linked) expect(weightOf(message)).toBeLessThanOrEqual(200_000);
    const { email } = partsOf(only(linked, 'alerts'));
    expect(email.replaceAll('\n', ' ')).toContain('The report at the end of this message has all of them.');
    expect(email).toContain(`for at most 12 hours; whoever has this link can read\nthe report:\n${url}\n`);
    expect(JSON.parse(only(linked, 'events').body)).toMatchObject({ report });
    for (const message of linked.filter(({ topic }) => topic !== 'events')) {
      const { description } = chatOf(message).content;
      expect(description.length).toBeLessThanOrEqual(2800);
      expect(description).toContain(`<${report.console}|The whole report, in the account>`);
      expect(description).not.toContain('X-Amz');
    }
  });

  test('without a signed link still say where', () => {
    const report = { location: 's3://h/r.html', console: 'https://console.example/r.html', presigned: null };
    const { email } = partsOf(only(compose(resultOf(many), { report }), 'alerts'));
    expect(email).toContain('https://console.example/r.html');
    expect(email).not.toContain('Without signing in');
  });
});

test('one finding that alone outgrows a message is shortened where it can be and left out where not', () => {
  const wide = findingOf('a1', 1, {
    affected: Array.from({ length: 5000 }, (_, index) => ({
      restApiId: 'a1',
      stage: 'prod',
      method: `GET /${index}`,
    })),
    affectedCount: 5000,
  });
  const heavy = findingOf('a1', 2, { fix: [{ step: 'Write it again.', commands: ['x'.repeat(300_000)] }] });
  const messages = compose(resultOf([heavy, wide]));
  for (const message of messages) expect(weightOf(message)).toBeLessThanOrEqual(200_000);
  const event = JSON.parse(only(messages, 'events').body) as {
    findings: { id: string; affected: unknown[]; affectedCount: number }[];
    findingsLeftOut: number;
  };
  expect(
    event.findings.map(({ id, affected, affectedCount }) => [id, affected.length, affectedCount]),
  ).toEqual([['a1-1', 20, 5000]]);
  expect(event.findingsLeftOut).toBe(1);
});

test('thousands of gaps and failed checks fit too', () => {
  const gap = sample.coverage.gaps[0];
  if (gap === undefined) throw new Error('the sample has no gap');
  const gaps = Array.from({ length: 5000 }, (_, index) => ({
    ...gap,
    subject: `${index} ${'é'.repeat(500)}`,
    detail: 'é'.repeat(900),
  }));
  const failedRules = Array.from({ length: 2000 }, (_, index) => ({
    rule: `a/b-${index}`,
    at: 'é'.repeat(300),
    message: 'é'.repeat(900),
  }));
  const messages = compose(resultOf([], { coverage: { complete: false, gaps, failedRules } }));
  for (const message of messages) expect(weightOf(message)).toBeLessThanOrEqual(200_000);
  expect(partsOf(only(messages, 'alerts')).email.replaceAll('\n', ' ')).toContain(
    '5,000 reads gave nothing (5000 denied)',
  );
});

test('a command that is shown is as it was, and one that would change is not shown', () => {
  const commands = ["aws x --name '<!channel> @here <@U1>'", "aws x --name '\u202Eevil'"];
  const findings = commands.map((command, index) =>
    findingOf(`a${index}`, index, { fix: [{ step: 'Rename it', commands: [command] }] }),
  );
  const { email } = partsOf(only(compose(resultOf(findings)), 'alerts'));
  expect(email).toContain("aws x --name '<!channel> @here <@U1>'");
  expect(email).toContain('The command holds characters that cannot be shown');
});
