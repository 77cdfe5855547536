import { readFile, writeFile } from 'node:fs/promises';
import type { Json } from '../model/user-pool';
import { oneLine } from '../report/escape';
import { UsageError } from './usage-error';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
};

const reasonOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? String(error);
};

/** @throws UsageError that names the file and the reason. */
export const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${oneLine(file)} could not be read: ${oneLine(reasonOf(error))}.`);
  }
};

/** For the owner's eyes only: accounts and reports name what somebody else must not see. */
export const writeText = async (file: string, text: string): Promise<void> => {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`${oneLine(file)} could not be written: ${oneLine(reasonOf(error))}.`);
  }
};

/**
 * A JSON file. Says nothing of its content: it may hold claims.
 *
 * @throws UsageError that names the file.
 */
export const parseJsonFile = async (file: string): Promise<Json> => {
  const text = await readText(file);
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is what JSON.parse answers
    return JSON.parse(text) as Json;
  } catch {
    throw new UsageError(`${oneLine(file)} is not JSON.`);
  }
};
