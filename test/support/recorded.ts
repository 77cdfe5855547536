import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Recorded {
  readonly id: string;
  readonly operation: string;
  readonly fact: string;
  readonly response: unknown;
}

const FIXTURES = join(__dirname, '..', 'fixtures');

/** Answers that others recorded on AWS; each line names its source. */
export const RECORDED: ReadonlyMap<string, Recorded> = new Map(
  readFileSync(join(FIXTURES, 'aws-shapes.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recorded)
    .map((one) => [one.id, one]),
);

const used = new Set<string>();

/** The recorded answer with this id, in the form in which the test knows it. The name of the test must say the id. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the file holds answers of many shapes
export const recorded = <T>(id: string): T => {
  const one = RECORDED.get(id);
  if (one === undefined) throw new Error(`no recorded answer ${id}`);
  const { currentTestName = '' } = expect.getState();
  if (!currentTestName.split(/[\s,:]+/).includes(id)) {
    throw new Error(`the test "${currentTestName}" uses ${id} without saying so`);
  }
  used.add(id);
  return one.response as T;
};

export const unusedRecordings = (): readonly string[] => [...RECORDED.keys()].filter((id) => !used.has(id));

export const fixtureBytes = (name: string): Buffer => readFileSync(join(FIXTURES, name));
