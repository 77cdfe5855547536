import { readApiKeys } from '../../lambda/collect/api-keys';
import { Door } from '../../lambda/collect/door';
import { startSandbox } from '../../sandbox/endpoint';
import { FAULT_KINDS, type Fault } from '../../sandbox/faults';
import { UNPACED } from '../support/hostile';

const REGION = 'eu-west-1';
const KEYS = ['one', 'two', 'three'].map((name) => ({ id: `key-${name}`, name, enabled: true, value: 'v' }));

/** The keys of an account, three pages of one each, where every answer suffers so. */
const readWith = async (fault: Fault | null) => {
  const sandbox = await startSandbox({
    account: { accountId: '111122223333', regions: { [REGION]: { apiKeys: KEYS } } },
    pageSize: 1,
    ...(fault === null ? {} : { faults: { seed: 1, [fault]: 1 } }),
  });
  try {
    const door = new Door({
      region: REGION,
      accountId: '111122223333',
      partition: 'aws',
      pacer: UNPACED,
      endpoint: sandbox.url,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
      attempts: 1,
      ...(fault === 'stall' ? { requestTimeout: 300 } : {}),
    });
    return { read: await readApiKeys(door), calls: sandbox.calls.length };
  } finally {
    await sandbox.close();
  }
};

test('undisturbed, there is something to lose', async () => {
  expect(await readWith(null)).toMatchObject({ read: { state: 'known', value: { length: 3 } }, calls: 3 });
});

/** A test's Error is not Node.js's, so the SDK may lose the code on the way. */
const BROKEN_CONNECTION = /the connection failed \(ECONNRESET\)$|the call failed \(Error\)$/;

/** A row for every kind, or it does not compile. */
const OUTCOMES: Readonly<Record<Fault, { readonly because: string; readonly detail: RegExp }>> = {
  throttle: { because: 'throttled', detail: /AWS kept asking to slow down$/ },
  serverError: { because: 'broken', detail: /AWS answered 500 InternalFailure$/ },
  tear: { because: 'broken', detail: BROKEN_CONNECTION },
  halfBody: { because: 'broken', detail: BROKEN_CONNECTION },
  malformed: { because: 'broken', detail: /not what AWS sends \(it cannot be parsed\)$/ },
  cut: { because: 'broken', detail: /not what AWS sends \(it cannot be parsed\)$/ },
  html: { because: 'broken', detail: /not what AWS sends \(it cannot be parsed\)$|AWS answered 502/ },
  unknownPath: { because: 'broken', detail: /the endpoint does not know this operation$/ },
  listAsText: { because: 'broken', detail: /the answer holds no usable item/ },
  repeatToken: { because: 'broken', detail: /no usable page token: it repeats$/ },
  stall: { because: 'broken', detail: /no answer came in time$/ },
};

test.each(FAULT_KINDS)('%s: unreadable as a whole, and says why', async (fault) => {
  const { because, detail } = OUTCOMES[fault];
  const { read } = await readWith(fault);
  expect(read).toMatchObject({
    state: 'unreadable',
    because,
    operation: 'GetApiKeys',
    subject: expect.stringContaining(REGION),
    detail: expect.stringMatching(detail),
  });
});

test('a token that repeats is not followed for ever', async () => {
  expect((await readWith('repeatToken')).calls).toBe(2);
});
