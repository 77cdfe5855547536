import { readFileSync } from 'node:fs';
import company from './account.json';
import { parseAccount, type SandboxAccount } from './account-file';

/** The account that is served unless another is given: a retailer with healthy and broken APIs side by side. */
export const sampleAccount = company as unknown as SandboxAccount;

/** Reads and checks an account file. Throws an Error that names the file and every bad field. */
export const loadAccount = (file: string): SandboxAccount => {
  try {
    const account: unknown = JSON.parse(readFileSync(file, 'utf8'));
    parseAccount(account);
    return account as SandboxAccount;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
};
