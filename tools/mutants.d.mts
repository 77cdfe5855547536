/** A place in a file; lines and columns count from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A change of the code, and what became of it. */
export interface Mutant {
  readonly fileName: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
  /** `Untried`: not in the sample. */
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Untried';
}

/** `sample`: the share of mutants to try, of those that tests cover. */
export function tryMutants(
  files: readonly string[],
  folders: readonly string[],
  sample: number,
): AsyncGenerator<Mutant>;
