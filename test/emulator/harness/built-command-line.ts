import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCommandLine } from '../../../tools/build';
import { runProgram, type Ran } from './run-program';

/** `dist/cli.js`, as `npm run build` makes it. */
export interface BuiltCommandLine {
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran>;
  remove(): void;
}

export const buildOwnCommandLine = async (): Promise<BuiltCommandLine> => {
  const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
  const file = join(folder, 'cli.js');
  await buildCommandLine(file);
  return {
    run: (args, env) => runProgram([process.execPath, file, ...args], { env }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
