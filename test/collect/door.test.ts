import { Door, type AskPages, type Page } from '../../lambda/collect/door';
import type { Clients } from '../../lambda/collect/clients';
import { makePacer } from '../../lambda/collect/pace';
import { ShapeError, text } from '../../lambda/collect/shape';

const door = new Door({
  region: 'eu-west-1',
  accountId: '111122223333',
  partition: 'aws',
  pacer: makePacer(1),
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
});

const denied = Object.assign(new Error('not authorized to perform: apigateway:GET on resource: x'), {
  name: 'AccessDeniedException',
  $metadata: { httpStatusCode: 403 },
});

type Answers = readonly (Page<string> | Error)[];

/** Answers page after page, whatever token is sent; remembers the tokens. */
const pages = (answers: Answers, tokens: (string | undefined)[] = []): AskPages<Page<string>, string> => {
  let turn = 0;
  return {
    operation: 'GetApiKeys',
    of: 'region eu-west-1',
    send: (_: Clients, token) => {
      tokens.push(token);
      const answer = answers[turn];
      turn += 1;
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve(answer ?? { items: [], next: null });
    },
    take: (page) => page,
  };
};

describe('pages', () => {
  test('all of them, in order', async () => {
    const tokens: (string | undefined)[] = [];
    const ask = pages(
      [
        { items: ['a', 'b'], next: 't1' },
        { items: [], next: 't2' },
        { items: ['c'], next: '' },
      ],
      tokens,
    );
    expect(await door.readAll(ask)).toEqual({ state: 'known', value: ['a', 'b', 'c'] });
    expect(tokens).toEqual([undefined, 't1', 't2']);
  });

  test('a list of which one page failed is unreadable as a whole', async () => {
    expect(await door.readAll(pages([{ items: ['a'], next: 't1' }, denied]))).toEqual({
      state: 'unreadable',
      because: 'denied',
      operation: 'GetApiKeys',
      subject: 'region eu-west-1',
      permission: 'apigateway:GET',
      detail: 'GetApiKeys for region eu-west-1: access was denied',
    });
  });

  test.each<[string, Answers]>([
    [
      'at once',
      [
        { items: ['a'], next: 't' },
        { items: ['b'], next: 't' },
      ],
    ],
    [
      'in a circle',
      [
        { items: ['a'], next: 't' },
        { items: ['b'], next: 'u' },
        { items: ['c'], next: 't' },
      ],
    ],
  ])('a token that repeats %s is a fault, not an end', async (_, answers) => {
    expect(await door.readAll(pages(answers))).toMatchObject({
      state: 'unreadable',
      because: 'broken',
      detail: 'GetApiKeys for region eu-west-1: the answer holds no usable page token: it repeats',
    });
  });

  test('a token that is no text is a fault', async () => {
    const odd = { items: [], next: 7 } as unknown as Page<string>;
    expect(await door.readAll(pages([odd]))).toMatchObject({ because: 'broken' });
  });
});

const ask = (answer: unknown) => ({
  operation: 'DescribeUserPool' as const,
  of: 'user pool eu-west-1_a',
  send: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
  take: (it: unknown) => text(it, 'UserPool.Id'),
});

describe('one answer', () => {
  const gone = Object.assign(new Error('User pool eu-west-1_a does not exist.'), {
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 400 },
  });

  test('a value', async () => {
    expect(await door.read(ask('x'))).toEqual({ state: 'known', value: 'x' });
  });

  test('absent is a value, and only where the operation says so', async () => {
    expect(await door.find({ ...ask(gone), absent: 'ResourceNotFoundException' })).toEqual({
      state: 'known',
      value: null,
    });
    expect(await door.read(ask(gone))).toMatchObject({ state: 'unreadable', because: 'broken' });
    expect(await door.read({ ...ask(gone), absent: 'ResourceNotFoundException' })).toMatchObject({
      because: 'broken',
    });
    expect(await door.find({ ...ask(gone), absent: 'NotFoundException' })).toMatchObject({
      because: 'broken',
    });
  });

  test('an answer of another shape names operation and field', async () => {
    expect(await door.read(ask({}))).toMatchObject({
      because: 'broken',
      detail: 'DescribeUserPool for user pool eu-west-1_a: the answer holds no usable UserPool.Id',
    });
    expect(await door.read(ask(new ShapeError('x')))).toMatchObject({ because: 'broken' });
  });

  test('a denial names the permission even when AWS does not', async () => {
    const silent = Object.assign(new Error(''), { name: 'AccessDeniedException' });
    expect(await door.read(ask(silent))).toMatchObject({
      because: 'denied',
      permission: 'cognito-idp:DescribeUserPool',
    });
  });
});
