import type { Value } from './value';

/** A resource, or an object among its properties. */
export interface Readable {
  /** Of the resource. */
  readonly id: string;
  readonly type: string;
  /** Where in the resource; empty: it is the resource itself. */
  readonly at: string;
  property(name: string): Value | undefined;
}
