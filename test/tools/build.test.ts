import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildCommandLine } from '../../tools/build';

test('the bundled command line prints the page of a rule far from the repository', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
  try {
    const file = path.join(folder, 'cli.js');
    await buildCommandLine(file);
    const out = execFileSync(process.execPath, [file, 'rules', 'cors/preflight-missing'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(out).toMatch(/^Some resources of the API answer CORS preflights and others do not\n/);
    expect(out).toContain('orders.addCorsPreflight({');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
