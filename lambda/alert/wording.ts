import type { Gap } from '../findings/coverage';
import { oneLine } from '../report/escape';
import { count, reachWords, shortList, symptomWords } from '../report/words';
import type { ReportedFinding } from '../result';
import { isComplete, type Occasion } from './occasion';
import { cut } from './sizes';

const MOST_METHODS = 6;
const MOST_EVIDENCE = 3;
const MOST_GAPS = 5;

/** What breaks and for whom: `every call, from browsers; they get 403 {"message":"Forbidden"}`. */
export const breakageOf = (finding: ReportedFinding): string =>
  oneLine(`${reachWords(finding)}; they get ${symptomWords(finding.symptom)}`);

/** `3 methods: GET /a (prod), GET /a (dev) and POST /b (dev)`; `null`: the finding names none. */
export const affectedOf = ({ affected, affectedCount }: ReportedFinding): string | null => {
  if (affectedCount === 0) return null;
  const methods = affected.map(({ stage, method }) => oneLine(cut(`${method} (${stage})`, 200)));
  return `${count(affectedCount, 'method')}: ${shortList(methods, MOST_METHODS, affectedCount)}`;
};

export const evidenceOf = (finding: ReportedFinding): readonly string[] =>
  finding.evidence
    .slice(0, MOST_EVIDENCE)
    .map(({ operation, field, value }) => oneLine(cut(`${operation} ${field} = ${value}`, 240)));

const BECAUSE: Readonly<Record<Gap['because'], string>> = {
  denied: 'denied',
  throttled: 'throttled',
  broken: 'failed',
  unsupported: 'not in this source',
};

const reasonsOf = (gaps: readonly Gap[]): string => {
  const counts = new Map<string, number>();
  for (const { because } of gaps) counts.set(BECAUSE[because], (counts.get(BECAUSE[because]) ?? 0) + 1);
  return [...counts].map(([reason, number]) => `${number} ${reason}`).join(', ');
};

/** What was looked at: stands in every message, because silence means nothing without it. */
export const coverageOf = (occasion: Occasion): string => {
  const { summary, gaps, failedRules } = occasion;
  const read = `Read ${count(summary.apis, 'API')}, ${count(summary.stages, 'stage')} and ${count(summary.methods, 'deployed method')}; ${count(summary.unreachableMethods, 'method')} let no registered client in.`;
  if (isComplete(occasion)) return `${read} Everything could be read.`;
  return [
    read,
    'INCOMPLETE:',
    ...(gaps.length === 0 ? [] : [`${count(gaps.length, 'read')} gave nothing (${reasonsOf(gaps)});`]),
    ...(failedRules.length === 0 ? [] : [`${count(failedRules.length, 'check')} of this program failed;`]),
    'silence about these is no proof.',
  ].join(' ');
};

/** The first gaps, one sentence each; `more` counts the rest. */
export const gapsOf = ({
  gaps,
  failedRules,
}: Occasion): { readonly shown: readonly string[]; readonly more: number } => {
  const all = [
    ...gaps.map(({ region, detail, permission }) =>
      oneLine(`${region}: ${cut(detail, 300)}${permission === undefined ? '' : ` (needs ${permission})`}`),
    ),
    ...failedRules.map(({ rule, at }) => oneLine(`rule ${rule} failed at ${cut(at, 200)}`)),
  ];
  return { shown: all.slice(0, MOST_GAPS), more: Math.max(0, all.length - MOST_GAPS) };
};

/** `prod (222233334444) eu-west-1`. */
export const placeOf = ({
  alias,
  account,
  regions,
}: Pick<Occasion, 'alias' | 'account' | 'regions'>): string =>
  oneLine(`${alias === null ? account : `${cut(alias, 60)} (${account})`} ${regions.join(', ')}`);
