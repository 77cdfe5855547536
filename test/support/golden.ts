import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '..', 'golden');

const isUpdating = (): boolean => {
  const { snapshotState } = expect.getState() as { snapshotState?: { _updateSnapshot?: string } };
  return snapshotState?._updateSnapshot === 'all';
};

/** Compares with a file under `test/golden`, byte for byte; `npx jest -u` writes it, and the difference is read in review. */
export const expectGolden = (name: string, text: string): void => {
  const file = path.join(FOLDER, name);
  if (isUpdating()) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file)) throw new Error(`test/golden/${name} is not there yet: npx jest -u writes it`);
  expect(text).toBe(readFileSync(file, 'utf8'));
};
