import type { MatrixRow } from './gateway/matrix';
import { matrixRows } from './matrix-rows';
import { deploymentsOf } from './model/deployment';
import { isKnown } from './model/known';
import type { RestApi } from './model/rest-api';
import type { CollectedApi } from './source';

/** What an access matrix does not show, because there was no room. */
export interface LeftOut {
  readonly apis: number;
  /** Deployed ones, each once for each stage. */
  readonly methods: number;
}

/** An access matrix as far as there was room for it. */
export interface RoomyMatrix {
  readonly rows: readonly MatrixRow[];
  readonly leftOut: LeftOut;
}

/** The same while it grows, as plain data. */
export interface MatrixState extends RoomyMatrix {
  /** Cells that still fit. */
  readonly room: number;
}

const methodsOf = ({ stages, ...api }: RestApi): number =>
  isKnown(stages)
    ? stages.value.reduce((sum, stage) => {
        const methods = deploymentsOf({ ...api, stages }, stage)[0]?.methods;
        return methods !== undefined && isKnown(methods) ? sum + methods.value.length : sum;
      }, 0)
    : 0;

/** A row is a cell, and each of its callers is one. */
const cellsOf = (rows: readonly MatrixRow[]): number =>
  rows.reduce((sum, { callers }) => sum + 1 + callers.length, 0);

/** Takes the access matrices of APIs, each whole or not at all, as long as there is room. */
export class MatrixRoom {
  private readonly rows: MatrixRow[];
  private readonly leftOut: { apis: number; methods: number };
  private room: number;

  constructor({ rows, leftOut, room }: MatrixState) {
    this.rows = [...rows];
    this.leftOut = { ...leftOut };
    this.room = room;
  }

  add(collected: CollectedApi): void {
    const methods = methodsOf(collected.api);
    const rows = methods > this.room ? null : matrixRows(collected);
    const cells = rows === null ? 0 : cellsOf(rows);
    if (rows !== null && cells <= this.room) {
      this.rows.push(...rows);
      this.room -= cells;
      return;
    }
    this.leftOut.apis += 1;
    this.leftOut.methods += methods;
    // What did not fit was worked out for nothing: with half the room that happens a few times, not once for each API of the account.
    if (rows !== null) this.room = Math.floor(this.room / 2);
  }

  state(): MatrixState {
    return { rows: this.rows, leftOut: this.leftOut, room: this.room };
  }
}

export const emptyMatrix = (room: number): MatrixState => ({
  rows: [],
  leftOut: { apis: 0, methods: 0 },
  room,
});

/** Matrices of several regions as one. */
export const joinMatrices = (parts: readonly RoomyMatrix[]): RoomyMatrix => ({
  rows: parts.flatMap(({ rows }) => rows),
  leftOut: {
    apis: parts.reduce((sum, { leftOut }) => sum + leftOut.apis, 0),
    methods: parts.reduce((sum, { leftOut }) => sum + leftOut.methods, 0),
  },
});
