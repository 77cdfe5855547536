import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the requirements install. */
export type Program = 'ministack' | 'moto_server' | 'aws';

const ROOT = join(__dirname, '..', '..', '..');
const REQUIREMENTS = join(__dirname, '..', 'requirements.txt');

/** Some Python versions name themselves and cannot make an environment, so each is tried. */
const INTERPRETERS = ['python3', '/usr/bin/python3', 'python'];

/** One environment for each set of requirements: a changed pin makes a new one. */
const folder = (): string => {
  const key = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
  return join(ROOT, '.emulator', key);
};

/** Where a program is once {@link makePythonTools} has run. */
export const programPath = (program: Program | 'python'): string => join(folder(), 'bin', program);

const run = (command: string, ...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(command, args, { encoding: 'utf8' });

const reasonOf = ({ error, stderr, stdout }: SpawnSyncReturns<string>): string =>
  error?.message ?? (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' ');

/** Why the programs cannot be had here: no Python, or no PyPI. */
export class PythonToolsError extends Error {
  override readonly name = 'PythonToolsError';
}

/**
 * Makes the Python environment with the pinned programs unless it is there. The mark is written last, so that a broken
 * installation is never used. Throws `PythonToolsError` when it cannot be made.
 */
export const makePythonTools = (): void => {
  const home = folder();
  const mark = join(home, 'complete');
  if (existsSync(mark)) return;
  mkdirSync(join(ROOT, '.emulator'), { recursive: true });
  const failures: string[] = [];
  const usable = INTERPRETERS.find((interpreter) => {
    rmSync(home, { recursive: true, force: true });
    const made = run(interpreter, '-m', 'venv', home);
    if (made.status !== 0) failures.push(`${interpreter}: ${reasonOf(made)}`);
    return made.status === 0;
  });
  if (usable === undefined) throw new PythonToolsError(`no Python 3 with venv: ${failures.join('; ')}`);
  // Every package is pinned, so there is nothing to resolve; what is not compiled now is when it is first imported.
  const installed = run(
    programPath('python'),
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-compile',
    '--no-deps',
    '--requirement',
    REQUIREMENTS,
  );
  if (installed.status !== 0) {
    throw new PythonToolsError(`pip could not install the emulators: ${reasonOf(installed)}`);
  }
  writeFileSync(mark, '');
};

if (require.main === module) {
  try {
    makePythonTools();
  } catch (error) {
    if (!(error instanceof PythonToolsError)) throw error;
    process.stderr.write(`${error.message.replaceAll('\n', ' ')}\n`);
    process.exitCode = 1;
  }
}
