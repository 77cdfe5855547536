import { createHash } from 'node:crypto';

/** How often each fault strikes, 0 to 1; their sum should not pass 1. */
export interface FaultRates {
  /** The service's own throttling error. */
  readonly throttle?: number;
  /** HTTP 500 in the protocol's shape. */
  readonly serverError?: number;
  /** The connection breaks before any answer. */
  readonly tear?: number;
  /** The connection breaks in the middle of the body. */
  readonly halfBody?: number;
  /** HTTP 200 with a body that does not parse. */
  readonly malformed?: number;
  /** HTTP 502 with a proxy's HTML page. */
  readonly html?: number;
  /** HTTP 200 with the first half of the body, whole by its length. */
  readonly cut?: number;
  /** HTTP 404 NotFoundException "Unknown path", as from an endpoint that lacks the operation. */
  readonly unknownPath?: number;
  /** HTTP 200 whose lists arrive as text; `malformed` where the body is not JSON. */
  readonly listAsText?: number;
  /** HTTP 200 that names its own page as the next one; nothing where there is one page. */
  readonly repeatToken?: number;
  /** No answer until the endpoint closes. */
  readonly stall?: number;
}

export interface Faults extends FaultRates {
  readonly seed: number;
  /** Only these operations suffer; all when absent. */
  readonly operations?: readonly string[];
}

export type Fault = keyof FaultRates;

export const FAULT_KINDS: readonly Fault[] = [
  'throttle',
  'serverError',
  'tear',
  'halfBody',
  'malformed',
  'html',
  'cut',
  'unknownPath',
  'listAsText',
  'repeatToken',
  'stall',
];

/** 0 ≤ x < 1 out of a text, the same on every machine. */
const fraction = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;

/**
 * Draws a fault by seed, request and attempt, so that the order in which concurrent requests arrive changes nothing.
 */
export class FaultDraw {
  readonly #attempts = new Map<string, number>();

  constructor(readonly faults: Faults) {}

  next(operation: string, request: string): Fault | null {
    const { seed, operations } = this.faults;
    if (operations !== undefined && !operations.includes(operation)) return null;
    const key = `${operation} ${request}`;
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    let left = fraction(`${seed}\n${attempt}\n${key}`);
    for (const kind of FAULT_KINDS) {
      left -= this.faults[kind] ?? 0;
      if (left < 0) return kind;
    }
    return null;
  }
}
