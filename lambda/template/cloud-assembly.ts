import * as z from 'zod';
import { parseText } from './parse';
import { TemplateError } from './template-error';

const artifact = z.looseObject({
  type: z.string(),
  environment: z.string().optional(),
  properties: z
    .looseObject({
      templateFile: z.string().optional(),
      stackName: z.string().optional(),
      directoryName: z.string().optional(),
    })
    .optional(),
});

const manifest = z.looseObject({ artifacts: z.record(z.string(), artifact).default({}) });

/** A stack of an assembly, as its manifest describes it. `null`: known at the deployment. */
export interface AssembledStack {
  readonly name: string;
  /** In the folder of the manifest. */
  readonly templateFile: string;
  readonly accountId: string | null;
  readonly region: string | null;
}

export interface CloudAssembly {
  readonly stacks: readonly AssembledStack[];
  /** Folders of assemblies inside: one a stage of the CDK. */
  readonly folders: readonly string[];
}

/** A manifest may be anybody's: it names files beside itself and no others. */
const plainName = (name: string, file: string): string => {
  if (!/^[\w.@ -]+$/.test(name) || /^\.*$/.test(name)) {
    throw new TemplateError(`${file}: ${JSON.stringify(name.slice(0, 80))} is no file beside it.`);
  }
  return name;
};

const environmentOf = (text: string): Pick<AssembledStack, 'accountId' | 'region'> => {
  const [, account = '', region = ''] = /^aws:\/\/([^/]*)\/([^/]*)$/.exec(text) ?? [];
  return {
    accountId: /^\d{12}$/.test(account) ? account : null,
    region: /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region) ? region : null,
  };
};

/**
 * The manifest of a `cdk.out` folder.
 * @throws TemplateError that names the file and the thing
 */
export const readCloudAssembly = (text: string, file: string): CloudAssembly => {
  const { success, data, error } = manifest.safeParse(parseText(text, file));
  if (!success) {
    const [issue] = error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    throw new TemplateError(
      `${file} is no manifest of the CDK: ${path}: ${issue?.message ?? 'it has another shape'}`,
    );
  }
  const stacks: AssembledStack[] = [];
  const folders: string[] = [];
  for (const [id, { type, environment = '', properties = {} }] of Object.entries(data.artifacts)) {
    const { templateFile, stackName, directoryName } = properties;
    if (type === 'aws:cloudformation:stack' && templateFile !== undefined) {
      stacks.push({
        name: stackName ?? id,
        templateFile: plainName(templateFile, file),
        ...environmentOf(environment),
      });
    } else if (type === 'cdk:cloud-assembly' && directoryName !== undefined) {
      folders.push(plainName(directoryName, file));
    }
  }
  return { stacks, folders };
};
