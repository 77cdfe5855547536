import { CreateUserCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { startMiniStack, startMoto, type Emulator } from './harness/emulator';
import { programPath } from './harness/python-tools';

const runProgram = promisify(execFile);

const whoIsIt = async (emulator: Emulator): Promise<unknown> => {
  const { stdout } = await runProgram(programPath('aws'), ['sts', 'get-caller-identity'], {
    env: { ...emulator.environment() },
  });
  return JSON.parse(stdout);
};

test.each([
  ['MiniStack', () => startMiniStack()],
  ['MiniStack over TLS', () => startMiniStack({ tls: true })],
  ['moto', startMoto],
])('%s answers the SDK and the AWS command line, forgets, and goes without a trace', async (_, start) => {
  const emulator = await start();
  const iam = new IAMClient(emulator.client());
  try {
    await iam.send(new CreateUserCommand({ UserName: 'somebody' }));
    await emulator.reset();
    await expect(iam.send(new GetUserCommand({ UserName: 'somebody' }))).rejects.toThrow();
    expect(await whoIsIt(emulator)).toMatchObject({ Account: emulator.accountId });
  } finally {
    iam.destroy();
    await emulator.stop();
  }
  expect(existsSync(emulator.environment()['HOME'] ?? '')).toBe(false);
  await expect(fetch(emulator.url)).rejects.toThrow();
});

test('two speak TLS at a time: one of them also takes port 443 where it may, the other does without', async () => {
  const started = await Promise.allSettled([startMiniStack({ tls: true }), startMiniStack({ tls: true })]);
  for (const one of started) if (one.status === 'fulfilled') await one.value.stop();
  expect(started.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});
