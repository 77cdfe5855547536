import { markdown } from '../../lambda/report/escape';
import type { Score } from './score';

const OF_SHOWN: Readonly<Record<Score['shown'], string>> = {
  certain: 'configuration shows the cause',
  partly: 'configuration shows it partly, or only what makes it likely',
  no: 'configuration has no part in it, or works',
};

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;

const count = (scores: readonly Score[], answer: Score['answer']): number =>
  scores.filter((score) => score.answer === answer).length;

const totalOf = (scores: readonly Score[], shown: 'certain' | 'partly'): string => {
  const these = scores.filter((score) => score.shown === shown);
  const found = count(these, 'found');
  const undecidable = count(these, 'undecidable');
  const byNote = these.filter(({ answer, why, found: { note } }) => answer === 'found' && note.includes(why));
  const resting = these.filter(({ answer, restsOn }) => answer === 'found' && restsOn !== null).length;
  const cells = [
    OF_SHOWN[shown],
    these.length,
    found,
    byNote.length,
    resting,
    count(these, 'missed'),
    undecidable,
    percent(found, these.length),
    percent(found, these.length - undecidable),
  ];
  return `| ${cells.join(' | ')} |`;
};

const quietOf = (scores: readonly Score[], kind: 'client' | 'healthy'): string => {
  const these = scores.filter(({ category }) => category.startsWith(`${kind}-`));
  const of = (severity: 'error' | 'warning' | 'note'): number =>
    these.reduce((sum, { found }) => sum + found[severity].length, 0);
  return `| ${kind} | ${these.length} | ${of('error')} | ${of('warning')} | ${of('note')} |`;
};

const foundOf = ({ found }: Score): string =>
  [
    ...found.error.map((rule) => `**${rule}** (error)`),
    ...found.warning.map((rule) => `${rule} (warning)`),
    ...found.note.map((rule) => `${rule} (note)`),
  ].join('<br>') || '–';

const expectedOf = ({ answer, why }: Score): string => {
  if (answer === 'silent') return 'no error, no warning';
  return answer === 'found' ? why : `– (${markdown(why)})`;
};

const verdictOf = ({ answer, restsOn, falseAlarms }: Score): string =>
  [
    answer === 'silent' ? 'quiet' : answer,
    ...(restsOn === null ? [] : [`rests on ${markdown(restsOn)}`]),
    ...falseAlarms.map((rule) => `FALSE ALARM ${rule}`),
  ].join('; ');

/** The table with its totals, as Markdown. */
export const summaryOf = (scores: readonly Score[]): string => {
  const rows = scores.map((score) => {
    const cells = [
      score.id,
      markdown(score.category),
      score.shown,
      expectedOf(score),
      foundOf(score),
      verdictOf(score),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const alarms = scores.flatMap(({ id, falseAlarms }) => falseAlarms.map((rule) => `${id} ${rule}`));
  return [
    '# Public reports, audited',
    '',
    'Written by `npm run cases`; see README.md for what the words mean and what they do not prove.',
    '',
    '| Reports where | Reports | Found | of these by a note | of these resting on a choice made here | Missed | Undecidable | Found of all | Found of the decidable |',
    '|---|---|---|---|---|---|---|---|---|',
    totalOf(scores, 'certain'),
    totalOf(scores, 'partly'),
    '',
    '| Nothing to find | Reports | Errors | Warnings | Notes |',
    '|---|---|---|---|---|',
    quietOf(scores, 'client'),
    quietOf(scores, 'healthy'),
    '',
    `False alarms, over all ${scores.length} accounts: ${alarms.length === 0 ? 'none' : alarms.join(', ')}.`,
    '',
    '| Report | Category | Shown by configuration | Expected | Found | Verdict |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
};
