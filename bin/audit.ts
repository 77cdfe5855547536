// oxlint-disable-next-line import/no-unassigned-import -- it sets what the SDK reads while loading
import './quiet-sdk';
import { randomUUID } from 'node:crypto';
import type { Io, Output } from '../lambda/cli/io';
import { main } from '../lambda/cli/main';

/** A reader that went away, as `head` does, is no failure: the rest of the text has nowhere to go. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');

const outputTo = (stream: NodeJS.WriteStream): Output => {
  stream.on('error', (error) => {
    if (!isGone(error)) throw error;
  });
  return {
    isTerminal: stream.isTTY,
    // Some terminals say 0.
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : null,
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined || isGone(error)) resolve();
          else reject(error);
        });
      }),
  };
};

const readInput = async (): Promise<string> => {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
};

const io: Io = {
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  readInput,
  env: process.env,
  clock: () => new Date(),
  makeId: randomUUID,
};

void main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
