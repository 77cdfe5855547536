import type { Place } from '../model/account';
import { answerOf } from './attributes';
import { madeBefore } from './dependencies';
import { holds, resolve, type Scope } from './intrinsics';
import type { Output, Parameter, Template, TemplateResource } from './read-template';
import type { Readable } from './readable';
import { OMITTED, Unresolved, type Resolved, type Value } from './value';

export interface StackSettings {
  readonly template: Template;
  readonly place: Place;
  /** What ids of its resources begin with, where they are read together with those of other stacks. */
  readonly prefix: string;
  /** `null`: nobody said what the stack will be called. */
  readonly name: string | null;
  /** Values that stand for defaults. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Exports of the stacks that are read together. */
  readonly exported: (name: string) => Value;
}

/** A resource of a stack. `made`: whether its condition holds. */
export interface Resource extends Readable {
  readonly logicalId: string;
  readonly at: '';
  readonly made: true | Unresolved;
  readonly stack: Stack;
  readonly place: Place;
}

const CYCLE = new Unresolved('it refers to itself');

/** One template with what it will be deployed with: its resources, whose properties are worked out when they are asked for. */
export class Stack implements Scope {
  private readonly conditions = new Map<string, boolean | Unresolved>();
  private readonly properties = new Map<string, Resolved | undefined>();

  constructor(private readonly settings: StackSettings) {}

  get place(): Place {
    return this.settings.place;
  }

  get loops(): readonly string[] {
    return this.settings.template.loops.map((name) => this.idOf(name));
  }

  /** Those that are made, or may be. */
  resources(): readonly Resource[] {
    return [...this.settings.template.resources].flatMap(([logicalId, resource]) => {
      const made = this.isMade(resource);
      if (made === false) return [];
      return {
        logicalId,
        id: this.idOf(logicalId),
        type: resource.Type,
        at: '',
        made,
        stack: this,
        place: this.place,
        property: (name: string) => this.property(logicalId, name),
      };
    });
  }

  /** Whether an id is one of those that are made up for its resources. */
  makes(id: string): boolean {
    const { prefix, template } = this.settings;
    return id.startsWith(prefix) && template.resources.has(id.slice(prefix.length));
  }

  /** Logical ids of what is made before a resource. */
  madeBefore(logicalId: string): ReadonlySet<string> {
    return madeBefore(this.settings.template, logicalId);
  }

  /** Names of its exports with their values. */
  exports(): readonly (readonly [name: string, output: Output])[] {
    return [...this.settings.template.outputs.values()].flatMap((output) => {
      if (output.Export === undefined) return [];
      if (output.Condition !== undefined && this.condition(output.Condition) === false) return [];
      const name = resolve(output.Export.Name, this);
      return typeof name === 'string' ? [[name, output] as const] : [];
    });
  }

  valueOf(output: Output): Value {
    const value = resolve(output.Value, this);
    return value === OMITTED ? null : value;
  }

  /** A property of a resource as it will be; `undefined`: it is left out. */
  property(logicalId: string, name: string): Value | undefined {
    const key = `${logicalId}.${name}`;
    if (!this.properties.has(key)) {
      this.properties.set(key, CYCLE);
      this.properties.set(key, this.worked(logicalId, name));
    }
    const value = this.properties.get(key);
    return value === OMITTED ? undefined : value;
  }

  ref(name: string): Resolved {
    const { template } = this.settings;
    if (name.startsWith('AWS::')) return this.pseudo(name);
    const parameter = template.parameters.get(name);
    if (parameter !== undefined) return this.parameter(name, parameter);
    return this.attribute(name, 'Ref');
  }

  attribute(logicalId: string, name: string): Value {
    const resource = this.settings.template.resources.get(logicalId);
    if (resource === undefined) return new Unresolved(`the template has no ${logicalId.slice(0, 80)}`);
    if (this.isMade(resource) === false) {
      return new Unresolved(`the condition of ${logicalId} does not hold, so that it is not made`);
    }
    return answerOf(
      {
        type: resource.Type,
        id: this.idOf(logicalId),
        place: this.settings.place,
        property: (property) => this.property(logicalId, property) ?? null,
      },
      name,
    );
  }

  condition(name: string): boolean | Unresolved {
    const before = this.conditions.get(name);
    if (before !== undefined) return before;
    this.conditions.set(name, CYCLE);
    const written = this.settings.template.conditions.get(name);
    const answer =
      written === undefined
        ? new Unresolved(`the template has no condition ${name.slice(0, 80)}`)
        : holds(written, this);
    this.conditions.set(name, answer);
    return answer;
  }

  mapped(map: string, first: string, second: string): unknown {
    return this.settings.template.mappings.get(map)?.get(first)?.get(second);
  }

  exported(name: string): Value {
    return this.settings.exported(name);
  }

  private idOf(logicalId: string): string {
    return `${this.settings.prefix}${logicalId}`;
  }

  private worked(logicalId: string, name: string): Resolved | undefined {
    const given = this.settings.template.resources.get(logicalId)?.Properties ?? {};
    return Object.hasOwn(given, name) ? resolve(given[name], this) : undefined;
  }

  private isMade({ Condition }: TemplateResource): boolean | Unresolved {
    return Condition === undefined ? true : this.condition(Condition);
  }

  private parameter(name: string, { Type, Default, NoEcho }: Parameter): Value {
    if (NoEcho !== undefined && String(NoEcho) !== 'false') {
      return new Unresolved(`parameter ${name} is a secret (NoEcho)`);
    }
    const given = this.settings.parameters.get(name);
    if (Type.startsWith('AWS::SSM::Parameter::')) {
      return new Unresolved(`parameter ${name} is read from the Parameter Store`);
    }
    const text = given ?? (Default === undefined || Default === null ? undefined : String(Default));
    if (text === undefined) {
      return new Unresolved(`parameter ${name} has no default; give it with --parameter ${name}=VALUE`);
    }
    return Type === 'CommaDelimitedList' || Type.startsWith('List<')
      ? text.split(',').map((item) => item.trim())
      : text;
  }

  private pseudo(name: string): Resolved {
    const { place, name: stackName } = this.settings;
    switch (name) {
      case 'AWS::AccountId':
        return place.accountId;
      case 'AWS::NoValue':
        return OMITTED;
      case 'AWS::Partition':
        return place.partition;
      case 'AWS::Region':
        return place.region;
      case 'AWS::StackName':
        return stackName ?? new Unresolved('the name of the stack is given at the deployment');
      case 'AWS::URLSuffix':
        return place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      default:
        return new Unresolved(`${name.slice(0, 80)} is given at the deployment`);
    }
  }
}
