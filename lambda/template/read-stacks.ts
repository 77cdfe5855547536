import { NO_ACCOUNT, type Account, type Place } from '../model/account';
import type { Unreadable } from '../model/known';
import { accountOf } from './account';
import { Assembly } from './assembly';
import { readTemplate } from './read-template';
import { Stack } from './stack';
import { TemplateError } from './template-error';
import { Unresolved, type Value } from './value';

/** A template and what is known of where it will be deployed. */
export interface TemplateFile {
  /** As people call it. */
  readonly file: string;
  readonly text: string;
  /** `null`: nobody said. */
  readonly stackName: string | null;
  readonly region: string;
  readonly accountId: string | null;
}

/** What one account and region will be like. */
export interface DeployedAccount {
  readonly account: Account;
  /** What is in the templates and was not brought into the account. */
  readonly leftOut: readonly Unreadable[];
}

const PARTITIONS: readonly (readonly [beginning: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-iso-', 'aws-iso'],
];

const placeOf = ({ region, accountId }: TemplateFile): Place => ({
  accountId: accountId ?? NO_ACCOUNT,
  partition: PARTITIONS.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws',
  region,
});

/** Exports of the stacks of one account and region, each worked out when a stack imports it. */
class Exports {
  private readonly asked = new Set<string>();
  private readonly values = new Map<string, Value>();

  constructor(private readonly stacks: readonly Stack[]) {}

  valueOf(name: string): Value {
    const before = this.values.get(name);
    if (before !== undefined) return before;
    if (this.asked.has(name)) return new Unresolved(`the export ${name.slice(0, 120)} imports itself`);
    this.asked.add(name);
    const value = this.find(name);
    this.values.set(name, value);
    return value;
  }

  private find(name: string): Value {
    for (const stack of this.stacks) {
      const found = stack.exports().find(([exported]) => exported === name);
      if (found !== undefined) return stack.valueOf(found[1]);
    }
    return new Unresolved(`it is exported as ${name.slice(0, 120)} by a stack that was not given`);
  }
}

/** Nothing for a template alone; otherwise the stack's name, which two accounts may both have. */
const prefixesOf = (files: readonly TemplateFile[]): readonly string[] => {
  if (files.length < 2) return [''];
  const times = new Map<string, number>();
  return files.map(({ stackName }) => {
    const name = stackName ?? 'stack';
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time === 1 ? `${name}-` : `${name}-${time}-`;
  });
};

const parametersAreKnown = (
  templates: readonly ReturnType<typeof readTemplate>[],
  parameters: ReadonlyMap<string, string>,
): void => {
  for (const name of parameters.keys()) {
    if (!templates.some((template) => template.parameters.has(name))) {
      throw new TemplateError(`There is no parameter ${name.slice(0, 80)} in what was given.`);
    }
  }
};

/**
 * Reads templates that are deployed together: one account for each account and region among them. Ids that AWS would give are made
 * up of the logical ids, with the stack's name before them when there are several stacks.
 *
 * @throws TemplateError that names the file and the thing
 */
export const readStacks = (
  files: readonly TemplateFile[],
  parameters: ReadonlyMap<string, string>,
  at: Date,
): readonly DeployedAccount[] => {
  const read = files.map((file) => ({ file, template: readTemplate(file.text, file.file) }));
  parametersAreKnown(
    read.map(({ template }) => template),
    parameters,
  );
  const prefixes = prefixesOf(files);
  const groups = new Map<string, { place: Place; stacks: Stack[]; exports: Exports }>();
  for (const [index, { file, template }] of read.entries()) {
    const place = placeOf(file);
    const key = `${place.accountId} ${place.region}`;
    const stacks: Stack[] = [];
    const group = groups.get(key) ?? { place, stacks, exports: new Exports(stacks) };
    groups.set(key, group);
    group.stacks.push(
      new Stack({
        template,
        place,
        prefix: prefixes[index] ?? '',
        name: file.stackName,
        parameters,
        exported: (name) => group.exports.valueOf(name),
      }),
    );
  }
  return [...groups.values()].map(({ place, stacks }) => accountOf(new Assembly(place, stacks), at));
};
