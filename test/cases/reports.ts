import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One public report, as far as it is needed here; the file holds more of it. */
export interface Report {
  readonly id: string;
  /** Title and address. */
  readonly source: string;
  /** What the caller met, in the words of the report as far as they were kept. */
  readonly symptom: string;
  readonly root_cause: string;
  /** `client-*`: the caller's own fault; `healthy-*`: a configuration known to work. */
  readonly category: string;
  /** Whether configuration alone shows the cause, as the collector of the reports judged it. */
  readonly detectable_by_config: boolean | 'partly';
}

/** In the order of the file. */
export const reports: readonly Report[] = readFileSync(path.join(__dirname, 'cases.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Report);

/** Nothing is wrong with the configuration of these. */
export const isHarmless = ({ category }: Report): boolean => /^(?:client|healthy)-/.test(category);
