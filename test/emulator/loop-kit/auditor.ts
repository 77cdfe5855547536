import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSaved } from '../../../lambda/cli/saved-file';
import type { AuditResult } from '../../../lambda/result';
import { buildCommandLine } from '../../../tools/build';
import type { Audited } from './world';

/** The built command line of the auditor. */
export interface Auditor {
  /** @throws Error with what it printed, when it could not run. */
  audit(
    region: string,
    restApiId: string | null,
    environment: Readonly<Record<string, string>>,
  ): Promise<Audited>;
  close(): Promise<void>;
}

/** Exit code of "could not run". */
const COULD_NOT_RUN = 3;

const exec = (file: string, args: readonly string[], env: Readonly<Record<string, string>>) =>
  new Promise<{ readonly code: number; readonly err: string }>((resolve) => {
    execFile(process.execPath, [file, ...args], { env }, (error, _out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : COULD_NOT_RUN;
      resolve({ code, err });
    });
  });

export const buildAuditor = async (): Promise<Auditor> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'auditor-'));
  const file = path.join(folder, 'cli.js');
  await buildCommandLine(file);
  return {
    audit: async (region, restApiId, environment) => {
      const own = await mkdtemp(path.join(folder, 'run-'));
      const [report, saved] = [path.join(own, 'report.json'), path.join(own, 'saved.json')];
      const { code, err } = await exec(
        file,
        [
          `audit --region ${region} --fail-on never --format json`.split(' '),
          restApiId === null ? [] : ['--api', restApiId],
          ['--output', report, '--save', saved],
        ].flat(),
        { ...environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      );
      if (code === COULD_NOT_RUN) throw new Error(`the audit could not run: ${err}`);
      const [account] = readSaved(await readFile(saved, 'utf8'), saved);
      if (account === undefined) throw new Error('the audit saved no account');
      return { result: JSON.parse(await readFile(report, 'utf8')) as AuditResult, account };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
};
