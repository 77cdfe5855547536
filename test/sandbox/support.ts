import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/endpoint';
import { sampleAccount } from '../../sandbox/load';
import { SERVICES } from '../../sandbox/services/all';

/** Every operation that the sandbox serves, for tests that are not about permissions. */
export const ALL_OPERATIONS = SERVICES.flatMap(({ operations }) => operations.map(({ name }) => name));

const running = new Set<Sandbox>();

/** A sandbox that serves the sample account unless told otherwise, and closes after the test. */
export const start = async (options: Partial<SandboxOptions> = {}): Promise<Sandbox> => {
  const sandbox = await startSandbox({ account: sampleAccount, permitted: ALL_OPERATIONS, ...options });
  running.add(sandbox);
  return sandbox;
};

afterEach(async () => {
  await Promise.all([...running].map((sandbox) => sandbox.close()));
  running.clear();
});

/** Settings of a genuine SDK client; no retries, so that each error shows. */
export const settings = ({ url }: Sandbox, region = 'eu-west-1') => ({
  endpoint: url,
  region,
  credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  maxAttempts: 1,
});

const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** What the SDK should return for a value of an account file: the same, with dates as Date. */
export const asSdk = (value: unknown): unknown => {
  if (typeof value === 'string') return ISO_DATE.test(value) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map(asSdk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asSdk(item)]));
};

/** A copy without some of its members. */
export const omit = (value: object, ...keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** An SDK answer without its metadata. */
export const answered = async (sent: Promise<object>): Promise<object> => omit(await sent, '$metadata');

/** Name and HTTP status of the error that an SDK call ends in. */
export const refusal = async (
  sent: Promise<unknown>,
): Promise<{ name: string; status: number | undefined }> => {
  try {
    await sent;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode };
  }
  throw new Error('The call succeeded');
};
