import { SignInError } from '../collect/caller';
import { identify, openRegion } from '../collect/live';
import { pacerPerRegion } from '../collect/pace';
import { defaultRegion, enabledRegions, RegionsError } from '../collect/regions';
import { REGION_NAME } from '../region-name';
import { oneLine } from '../report/escape';
import { savedSource, type AccountSource } from '../source';
import type { Opened } from './audit-command';
import { readText } from './files';
import type { Io } from './io';
import { openSandbox } from './open-sandbox';
import { openTemplate } from './open-template';
import { readSaved } from './saved-file';
import { UsageError } from './usage-error';

/** Which account, regions and APIs to read. */
export interface Wanted {
  readonly region: readonly string[];
  readonly allRegions?: boolean;
  readonly profile?: string;
  readonly api: readonly string[];
  readonly from?: string;
  readonly template?: string;
  /** For a template: `NAME=VALUE`. */
  readonly parameter?: readonly string[];
  /** For a template: twelve digits. */
  readonly account?: string;
  readonly sandbox?: boolean;
  /** More will be asked than an audit asks. */
  readonly onRequest?: boolean;
}

const nothingToClose = (): Promise<void> => Promise.resolve();

const openSaved = async (file: string, regions: readonly string[]): Promise<readonly AccountSource[]> => {
  const accounts = readSaved(await readText(file), oneLine(file));
  const unknown = regions.filter((region) => !accounts.some((account) => account.region === region));
  if (unknown.length > 0) {
    const held = accounts.map(({ region }) => oneLine(region)).join(', ');
    throw new UsageError(
      `${oneLine(file)} does not hold ${unknown.map(oneLine).join(', ')}; it holds ${held}.`,
    );
  }
  return accounts
    .filter(({ region }) => regions.length === 0 || regions.includes(region))
    .map((account) => savedSource(account, 'saved'));
};

/** What to do about a failed sign-in; what the SDK or AWS said comes last. */
const signInHelp = (error: SignInError): UsageError => {
  const said = `(${oneLine(error.name)}: ${oneLine(error.message)})`;
  if (/expired/i.test(error.name)) {
    return new UsageError(
      `The AWS credentials have expired. Sign in again, for example with "aws sso login". ${said}`,
    );
  }
  if (/^Credentials(?:Provider)?Error$/.test(error.name)) {
    return new UsageError(
      `No AWS credentials were found. Set AWS_PROFILE or pass --profile, or sign in with "aws sso login"; --sandbox and --from need none. ${said}`,
    );
  }
  return new UsageError(`Signing in to AWS failed. ${said}`);
};

const regionsHelp = ({ message, permission }: RegionsError): UsageError =>
  new UsageError(
    `${message}.${permission === null ? '' : ` Allow ${permission}, or name the regions with --region.`}`,
  );

const checkRegions = (regions: readonly string[]): void => {
  for (const region of regions) {
    if (!REGION_NAME.test(region)) {
      throw new UsageError(`${oneLine(region)} is no AWS Region; --region takes a name such as eu-west-1.`);
    }
  }
};

/** The region to audit, or the one that is asked about the account and its other regions. */
const firstRegion = async ({ region, allRegions }: Wanted, env: Io['env']): Promise<string> => {
  const [given] = region;
  const found = given ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? (await defaultRegion());
  if (found !== null && found !== '') return found;
  if (allRegions === true) return 'us-east-1';
  throw new UsageError(
    'No AWS Region is set. Pass --region eu-west-1 (repeat it for more) or --all-regions, or set AWS_REGION.',
  );
};

const openLive = async (options: Wanted, io: Io): Promise<readonly AccountSource[]> => {
  if (options.profile !== undefined) io.env['AWS_PROFILE'] = options.profile;
  const asked = await firstRegion(options, io.env);
  checkRegions([asked, ...options.region]);
  try {
    const { accountId, partition } = await identify({ region: asked });
    // Pools and functions may lie in another scanned region: one quota a region, whoever asks.
    const pacerOf = pacerPerRegion(undefined, io.timers);
    const scannedRegions =
      options.allRegions === true
        ? await enabledRegions({ region: asked }, pacerOf(asked))
        : [...new Set(options.region.length > 0 ? options.region : [asked])];
    return scannedRegions.map((region) =>
      openRegion({
        region,
        accountId,
        partition,
        scannedRegions,
        clock: io.clock,
        ...(options.api.length === 0 ? {} : { restApiIds: options.api }),
        pacerOf,
      }),
    );
  } catch (error) {
    if (error instanceof SignInError) throw signInHelp(error);
    if (error instanceof RegionsError) throw regionsHelp(error);
    throw error;
  }
};

const openTemplates = (template: string, options: Wanted, io: Io): Promise<readonly AccountSource[]> => {
  if (options.region.length > 1) throw new UsageError('--template takes one --region.');
  checkRegions(options.region);
  return openTemplate(
    {
      template,
      parameter: options.parameter ?? [],
      ...(options.account === undefined ? {} : { account: options.account }),
      region: () => firstRegion(options, io.env),
    },
    io.clock,
  );
};

/** Opens what an audit reads: live regions, a saved audit, templates, or the sandbox. */
export const openSources = async (options: Wanted, io: Io): Promise<Opened> => {
  if (options.from !== undefined) {
    return { sources: await openSaved(options.from, options.region), close: nothingToClose };
  }
  if (options.template !== undefined) {
    return { sources: await openTemplates(options.template, options, io), close: nothingToClose };
  }
  if (options.parameter !== undefined || options.account !== undefined) {
    throw new UsageError('--parameter and --account belong to --template.');
  }
  if (options.sandbox === true) return openSandbox(options, io.clock);
  return { sources: await openLive(options, io), close: nothingToClose };
};
