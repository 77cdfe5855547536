import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { oneLine } from '../report/escape';
import { savedSource, type AccountSource } from '../source';
import { readCloudAssembly, type AssembledStack } from '../template/cloud-assembly';
import { readStacks, type TemplateFile } from '../template/read-stacks';
import { TemplateError } from '../template/template-error';
import { readText } from './files';
import { UsageError } from './usage-error';

export interface TemplateOptions {
  readonly template: string;
  /** `NAME=VALUE`. */
  readonly parameter: readonly string[];
  /** Twelve digits. */
  readonly account?: string;
  /** Where stacks go that do not say it themselves. */
  readonly region: () => Promise<string>;
}

const MANIFEST = 'manifest.json';
const TEMPLATE = /\.template\.(?:json|ya?ml)$/;
/** Assemblies inside assemblies: one level for each stage of a pipeline, never as many. */
const MAX_FOLDERS = 8;

interface Found extends Pick<AssembledStack, 'accountId' | 'region'> {
  readonly file: string;
  readonly name: string | null;
}

const nothingSaid = { accountId: null, region: null } as const;

const inFolder = async (folder: string, depth = 0): Promise<readonly Found[]> => {
  const names = await readdir(folder);
  if (!names.includes(MANIFEST)) {
    return names
      .filter((name) => TEMPLATE.test(name) && !name.includes('.nested.'))
      .sort()
      .map((name) => ({ file: join(folder, name), name: name.replace(TEMPLATE, ''), ...nothingSaid }));
  }
  const file = join(folder, MANIFEST);
  const { stacks, folders } = readCloudAssembly(await readText(file), oneLine(file));
  if (depth > MAX_FOLDERS) throw new TemplateError(`${oneLine(file)} lies too deep in other assemblies.`);
  const own = stacks.map(({ templateFile, ...stack }) => ({ ...stack, file: join(folder, templateFile) }));
  const inner = await Promise.all(folders.map((name) => inFolder(join(folder, name), depth + 1)));
  return [...own, ...inner.flat()];
};

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Reading it says why.
    return false;
  }
};

const parametersOf = (given: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    given.map((one) => {
      const at = one.indexOf('=');
      if (at < 1) throw new UsageError('--parameter takes NAME=VALUE.');
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );

const accountOf = (given: string | undefined): string | null => {
  if (given !== undefined && !/^\d{12}$/.test(given)) {
    throw new UsageError('--account takes the twelve digits of an AWS account.');
  }
  return given ?? null;
};

const filesOf = async (
  found: readonly Found[],
  options: TemplateOptions,
): Promise<readonly TemplateFile[]> => {
  const account = accountOf(options.account);
  // Asked for only where a stack does not say it itself.
  const fallback = found.some(({ region }) => region === null) ? await options.region() : '';
  return Promise.all(
    found.map(async ({ file, name, region, accountId }) => ({
      file: oneLine(file),
      text: await readText(file),
      stackName: name,
      region: region ?? fallback,
      accountId: accountId ?? account,
    })),
  );
};

/**
 * Templates as the accounts that they make: a file, or the stacks of a `cdk.out` folder.
 * @throws UsageError that names the file and the thing
 */
export const openTemplate = async (
  options: TemplateOptions,
  clock: () => Date,
): Promise<readonly AccountSource[]> => {
  const { template } = options;
  const parameters = parametersOf(options.parameter);
  try {
    const found = (await isFolder(template))
      ? await inFolder(template)
      : [{ file: template, name: null, ...nothingSaid }];
    if (found.length === 0) {
      throw new UsageError(
        `${oneLine(template)} holds no template: neither ${MANIFEST} nor a file such as ${oneLine(basename(template))}.template.json.`,
      );
    }
    return readStacks(await filesOf(found, options), parameters, clock()).map(({ account, leftOut }) =>
      savedSource(account, 'template', leftOut),
    );
  } catch (error) {
    if (error instanceof TemplateError) throw new UsageError(oneLine(error.message));
    throw error;
  }
};
