import { post, type SlackError } from '../../lambda/slack/post';
import { SECRET_PATH, withSlack, type StubAnswer } from '../support/slack-stub';

const MESSAGE = { text: 'hello', blocks: [] };

interface Tried {
  readonly error: SlackError | null;
  /** Milliseconds of each pause. */
  readonly pauses: readonly number[];
  readonly posted: readonly unknown[];
}

/** Posts to a Slack that gives these answers in turn; pauses pass at once and use up the time. */
const tryPost = (
  answers: readonly (StubAnswer | 'silent')[],
  given: { readonly remaining?: number; readonly url?: string } = {},
): Promise<Tried> =>
  withSlack(answers, async ({ url, posted }) => {
    let remaining = given.remaining ?? 120_000;
    const pauses: number[] = [];
    const error = await post(MESSAGE, {
      url: given.url ?? url,
      remaining: () => remaining,
      wait: (milliseconds) => {
        pauses.push(milliseconds);
        remaining -= milliseconds;
        return Promise.resolve();
      },
    }).then(
      () => null,
      (thrown: unknown) => thrown as SlackError,
    );
    return { error, pauses, posted };
  });

test('a message that Slack takes is posted once', async () => {
  expect(await tryPost([])).toEqual({ error: null, pauses: [], posted: [MESSAGE] });
});

const busy = (seconds: string): StubAnswer => ({ status: 429, headers: { 'retry-after': seconds } });

test('429 is waited for as long as Slack says, and the message sent again', async () => {
  const { error, pauses, posted } = await tryPost([busy('30'), busy('7'), { status: 429 }]);
  expect(error).toBeNull();
  expect(pauses).toEqual([30_000, 7_000, 5_000]);
  expect(posted).toEqual([MESSAGE, MESSAGE, MESSAGE, MESSAGE]);
});

test('429 for longer than there is time fails at once and says so', async () => {
  const { error, pauses } = await tryPost([{ status: 429, headers: { 'retry-after': '300' } }]);
  expect(error).toMatchObject({
    name: 'SlackError',
    status: 429,
    message: 'Slack answered 429; there is no time to wait 300 s and send again',
  });
  expect(pauses).toEqual([]);
});

test('a Slack that fails gets three more attempts', async () => {
  const down: StubAnswer = { status: 503, body: '<html>down</html>' };
  expect(await tryPost([down, down, down])).toMatchObject({ error: null, pauses: [1000, 4000, 10_000] });
  const { error, posted } = await tryPost([down, down, down, { status: 500, body: 'rollup_error' }]);
  expect(error).toMatchObject({ status: 500, message: 'Slack answered 500: rollup_error' });
  expect(posted).toHaveLength(4);
});

test.each([
  [404, 'no_service'],
  [400, 'invalid_payload'],
  [403, 'action_prohibited'],
  [410, 'channel_is_archived'],
])('%i %s is not sent again', async (status, body) => {
  const { error, posted } = await tryPost([{ status, body }]);
  expect(error).toMatchObject({ status, message: `Slack answered ${status}: ${body}` });
  expect(posted).toHaveLength(1);
});

test('silence is a failure, and sent again', async () => {
  const { error, pauses } = await tryPost(['silent'], { remaining: 3_300 });
  expect(error).toBeNull();
  expect(pauses).toEqual([1000]);
});

test.each([
  ['nobody listens', [], 'http://127.0.0.1:1/services/s3cr3tT0ken', 'Slack could not be reached'],
  [
    'Slack answers with a page that repeats the address',
    [{ status: 400, body: `no such thing: ${SECRET_PATH}` }],
    undefined,
    'Slack answered 400',
  ],
  [
    'Slack sends elsewhere',
    Array.from({ length: 4 }, () => ({ status: 307, headers: { location: '/elsewhere' } })),
    undefined,
    'Slack could not be reached',
  ],
  ['Slack is silent', ['silent' as const], undefined, 'Slack did not answer in time'],
])('no error tells the address: %s', async (_, answers, url, words) => {
  const remaining = answers[0] === 'silent' ? 2_200 : 120_000;
  const { error } = await tryPost(answers, { remaining, ...(url === undefined ? {} : { url }) });
  expect(error?.message).toContain(words);
  const told = JSON.stringify([error, error?.stack, error?.cause, Object.entries(error ?? {})]);
  expect(told).not.toMatch(/s3cr3t|SECRET|services/);
});
