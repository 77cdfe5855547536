import { REGION_NAME } from '../../lambda/region-name';

/** Where things are made that cost money. */
export interface LiveSettings {
  readonly accountId: string;
  readonly region: string;
  /** Only faults whose family or words hold this. */
  readonly only: string | null;
}

/** The suite does not run, and says what is missing. */
export class LiveRefused extends Error {
  override readonly name = 'LiveRefused';
}

/** What must be said before anything is made in a real account: which one, and where. Neither is guessed from the environment. */
export const USAGE = `npm run test:live -- --account 111122223333 --region eu-west-1 [--only WORDS]

Makes small broken REST APIs, user pools, keys and functions in that account, calls them, audits them, pastes the printed fixes and
deletes everything again. Use an account that holds nothing else, and credentials that may administrate it.`;

const OPTIONS: readonly string[] = ['--account', '--region', '--only'];

/** @throws LiveRefused */
export const readLiveSettings = (argv: readonly string[]): LiveSettings => {
  const given = new Map<string, string>();
  for (let at = 0; at < argv.length; at += 2) {
    const [option = '', value] = [argv[at], argv[at + 1]];
    if (!OPTIONS.includes(option)) throw new LiveRefused(`${option} is no option.\n\n${USAGE}`);
    if (value === undefined || value.startsWith('--'))
      throw new LiveRefused(`${option} has no value.\n\n${USAGE}`);
    given.set(option, value);
  }
  const [accountId, region] = [given.get('--account'), given.get('--region')];
  if (accountId === undefined) throw new LiveRefused(`Say which account: --account is missing.\n\n${USAGE}`);
  if (!/^\d{12}$/.test(accountId))
    throw new LiveRefused('--account takes the twelve digits of an account id.');
  if (region === undefined) throw new LiveRefused(`Say which Region: --region is missing.\n\n${USAGE}`);
  if (!REGION_NAME.test(region))
    throw new LiveRefused('--region takes the name of a Region, such as eu-west-1.');
  return { accountId, region, only: given.get('--only') ?? null };
};

/**
 * Credentials of another account than the one that was named end the run before anything is made.
 *
 * @throws LiveRefused
 */
export const checkAccount = (
  { accountId }: Pick<LiveSettings, 'accountId'>,
  actual: string | undefined,
): void => {
  if (actual === accountId) return;
  throw new LiveRefused(
    actual === undefined
      ? 'AWS does not say whose the credentials are.'
      : `The credentials are of account ${actual}, not of ${accountId}: nothing was made.`,
  );
};
