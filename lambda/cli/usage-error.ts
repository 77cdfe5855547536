/** Why the program could not run, in a sentence that says what to do about it. Exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
