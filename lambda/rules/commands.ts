import type { Deployment } from '../model/deployment';
import type { RestApi, Stage } from '../model/rest-api';
import type { Json } from '../model/user-pool';
import type { FixStep } from './verdict';

/** A patch operation of API Gateway; values are always strings (fix 2). */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace' | 'copy';
  readonly path: string;
  readonly value?: string;
  /** Of a copy: the path whose value goes to the other. */
  readonly from?: string;
}

type Argument = string | boolean | { readonly json: unknown };

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One word for a POSIX shell. */
export const shellWord = (text: string): string =>
  PLAIN.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * A call of the AWS command line that works in versions 1 and 2: `aws('apigateway', 'get-stage', 'eu-west-1', { restApiId, stageName })`.
 * Structures are printed as JSON, because shorthand eats quotes and splits at commas (fix 1, 3); `true` prints the bare switch.
 */
export const aws = (
  service: string,
  operation: string,
  region: string | null,
  given: Readonly<Record<string, Argument>>,
): string => {
  const words = ['aws', service, operation];
  if (region !== null) words.push('--region', shellWord(region));
  for (const [name, value] of Object.entries(given)) {
    if (value === false) continue;
    words.push(`--${kebab(name)}`);
    if (typeof value === 'string') words.push(shellWord(value));
    else if (value !== true) words.push(shellWord(JSON.stringify(value.json)));
  }
  return words.join(' ');
};

/** The JSON-valued argument of a command. */
export const json = (value: unknown): { readonly json: unknown } => ({ json: value });

export const patches = (...operations: readonly Patch[]): { readonly json: unknown } => json(operations);

/** The step that makes a change to anything frozen reach callers (DEP-2); a stage with a canary only moves its canary (DEP-24). */
export const redeploy = (api: RestApi, stages: readonly Stage[], region: string): FixStep => ({
  step: stages.some((stage) => stage.canary !== null)
    ? 'Deploy the API to the stage, so that callers meet the change. The stage has a canary: the new deployment reaches the canary only, until you promote it.'
    : 'Deploy the API to the stage, so that callers meet the change.',
  commands: stages.map((stage) =>
    aws('apigateway', 'create-deployment', region, { restApiId: api.id, stageName: stage.name }),
  ),
});

/** A change of the draft and its deployment; a fault of the draft alone needs none yet. */
export const thenDeploy = (
  { api, stage, of }: Pick<Deployment, 'api' | 'stage' | 'of'>,
  region: string,
  change: FixStep,
): readonly FixStep[] => (of === 'draft' ? [change] : [change, redeploy(api, [stage], region)]);

/** An app client with some settings changed: the complete client, because UpdateUserPoolClient resets what is not sent (fix 18). */
export const updateUserPoolClient = (
  region: string,
  updateInput: { readonly [key: string]: Json },
  changes: { readonly [key: string]: Json },
): string =>
  aws('cognito-idp', 'update-user-pool-client', region, {
    cliInputJson: json({ ...updateInput, ...changes }),
  });
