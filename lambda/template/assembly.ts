import type { Place } from '../model/account';
import { known, unreadable, type Known, type Unreadable } from '../model/known';
import { gapAt, isStandIn, textAt } from './properties';
import type { Resource, Stack } from './stack';
import { firstUnresolved, type Value } from './value';

/** The stacks that are deployed to one account and region, read as one. */
export class Assembly {
  private readonly byType = new Map<string, Resource[]>();
  private readonly found: Unreadable[] = [];

  constructor(
    readonly place: Place,
    readonly stacks: readonly Stack[],
  ) {
    for (const resource of stacks.flatMap((stack) => stack.resources())) {
      const same = this.byType.get(resource.type);
      if (same === undefined) this.byType.set(resource.type, [resource]);
      else same.push(resource);
    }
  }

  types(): readonly string[] {
    return [...this.byType.keys()];
  }

  all(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /** Resources of a type that name their parent by this property, by the parent's id; those of no parent at hand are gaps. */
  under(
    type: string,
    property: string,
    parents: ReadonlySet<string>,
  ): (parentId: string) => readonly Resource[] {
    const children = new Map<string, Resource[]>();
    for (const resource of this.all(type)) {
      const parent = textAt(resource, property);
      if (parent.state === 'unreadable') {
        this.leaveOut(parent);
        continue;
      }
      const id = parent.value ?? '';
      if (!parents.has(id)) {
        this.leaveOut(
          gapAt(resource, property, id === '' ? 'it is missing' : `the template does not make ${id}`),
        );
        continue;
      }
      const siblings = children.get(id);
      if (siblings === undefined) children.set(id, [resource]);
      else siblings.push(resource);
    }
    return (parentId) => children.get(parentId) ?? [];
  }

  /** Says what is in the template and was not judged. */
  leaveOut(gap: Unreadable): void {
    this.found.push(gap);
  }

  /** The value; where it is not known, that is a gap and the thing is left out. */
  kept<T>(read: Known<T>): readonly T[] {
    if (read.state === 'known') return [read.value];
    this.leaveOut(read);
    return [];
  }

  /** Why a stand-in stands for what it stands for; `null`: it is none. */
  whyUnresolved(text: string): Unreadable | null {
    if (!isStandIn(text)) return null;
    const [id = '', ...path] = text.slice(text.indexOf(':') + 1).split('.');
    const resource = [...this.byType.values()].flat().find((one) => one.id === id);
    const [name = '', ...inner] = path;
    let value: Value | undefined = resource?.property(name);
    for (const key of inner) {
      if (typeof value === 'object' && value !== null && Object.hasOwn(value, key))
        value = Reflect.get(value, key);
    }
    const hole = value === undefined ? null : firstUnresolved(value);
    return gapAt(
      { id, type: resource?.type ?? 'template' },
      path.join('.'),
      hole?.because ?? 'it is no text',
    );
  }

  /** Why nothing is known of what is named and not made here; `kind`: what people call it. */
  whyUnknown(arn: string, type: string, kind: string): Unreadable {
    return (
      this.whyUnresolved(arn) ??
      unreadable({
        because: 'unsupported',
        operation: type,
        subject: arn,
        detail: `the template does not make the ${kind} ${arn}`,
      })
    );
  }

  leftOut(): readonly Unreadable[] {
    return this.found;
  }
}

/** `list` where the template says something of the kind, or nothing in it leans on there being more; otherwise not known. */
export const heldOr = <T>(list: readonly T[], leansOn: Unreadable | null): Known<readonly T[]> =>
  list.length > 0 || leansOn === null ? known(list) : leansOn;
