import * as z from 'zod';
import { parseText } from './parse';
import { TemplateError } from './template-error';

const byName = z.record(z.string(), z.unknown());

const parameter = z.looseObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
});

const resource = z.looseObject({
  Type: z.string(),
  Properties: byName.nullish(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.string().optional(),
});

const output = z.looseObject({
  Value: z.unknown().optional(),
  Export: z.looseObject({ Name: z.unknown().optional() }).optional(),
  Condition: z.string().optional(),
});

const template = z.looseObject({
  Parameters: z.record(z.string(), parameter).nullish(),
  Mappings: z.record(z.string(), z.record(z.string(), byName)).nullish(),
  Conditions: byName.nullish(),
  Resources: z.record(z.string(), z.unknown()),
  Outputs: z.record(z.string(), z.unknown()).nullish(),
});

export type Parameter = z.output<typeof parameter>;
export type TemplateResource = z.output<typeof resource>;
export type Output = z.output<typeof output>;

/** A template as it is written, by name; names such as `constructor` are names like others. */
export interface Template {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly mappings: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, unknown>>>;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: ReadonlyMap<string, Output>;
  /** Resources that a macro of CloudFormation writes: `Fn::ForEach::NAME`. */
  readonly loops: readonly string[];
}

const mapOf = <T>(given: Readonly<Record<string, T>> | null | undefined): ReadonlyMap<string, T> =>
  new Map(Object.entries(given ?? {}));

const LOGICAL_ID = /^[A-Za-z0-9]{1,255}$/;
const LOOP = /^Fn::ForEach::/;

const shown = (name: string): string => JSON.stringify(name.slice(0, 80));

const fail = (file: string, where: readonly PropertyKey[], issue: z.core.$ZodIssue | undefined): never => {
  const path = [...where, ...(issue?.path ?? [])].map(String).join('.');
  const said = issue?.message ?? 'is not what a template holds';
  throw new TemplateError(`${file}: ${path === '' ? '' : `${path}: `}${said}`);
};

const checked = <T>(schema: z.ZodType<T>, value: unknown, file: string, where: readonly string[]): T => {
  const { success, data, error } = schema.safeParse(value);
  return success ? data : fail(file, where, error.issues[0]);
};

/** Own entries only: zod drops a key `__proto__`, which must be named as what it is. */
const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const rawResources = (value: unknown): readonly (readonly [string, unknown])[] => {
  const found = entriesOf(value).find(([name]) => name === 'Resources');
  return entriesOf(found?.[1]);
};

/**
 * A CloudFormation template, checked as far as it is read.
 * @throws TemplateError that names the file and the thing
 */
export const readTemplate = (text: string, file: string): Template => {
  const value = parseText(text, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('Resources' in value)) {
    throw new TemplateError(`${file} is no CloudFormation template: it has no Resources.`);
  }
  const whole = checked(template, value, file, []);
  const resources = new Map<string, TemplateResource>();
  const loops: string[] = [];
  for (const [name, given] of rawResources(value)) {
    if (LOOP.test(name)) {
      loops.push(name);
      continue;
    }
    if (!LOGICAL_ID.test(name)) {
      throw new TemplateError(
        `${file}: Resources: ${shown(name)} is no logical id; those are letters and digits.`,
      );
    }
    resources.set(name, checked(resource, given, file, ['Resources', name]));
  }
  return {
    parameters: mapOf(whole.Parameters),
    mappings: new Map(
      Object.entries(whole.Mappings ?? {}).map(([name, outer]) => [
        name,
        new Map(Object.entries(outer).map(([key, inner]) => [key, mapOf(inner)])),
      ]),
    ),
    conditions: mapOf(whole.Conditions),
    resources,
    outputs: new Map(
      Object.entries(whole.Outputs ?? {})
        .filter(([name]) => !LOOP.test(name))
        .map(([name, given]) => [name, checked(output, given, file, ['Outputs', name])]),
    ),
    loops,
  };
};
