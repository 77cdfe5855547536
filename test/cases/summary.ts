import { markdown } from '../../lambda/report/escape';
import type { Score } from './score';

const share = (scores: readonly Score[], shown: Score['shown']): string => {
  const these = scores.filter((score) => score.shown === shown);
  return `${these.filter(({ answer }) => answer === 'found').length} of ${these.length}`;
};

/** The table with its totals, as Markdown. */
export const summaryOf = (scores: readonly Score[]): string => {
  const falseAlarms = scores.reduce((sum, score) => sum + score.falseAlarms.length, 0);
  const harmless = scores.filter(({ answer }) => answer === 'silent').length;
  const rows = scores.map(
    ({ id, category, shown, answer, why, falseAlarms: wrong }) =>
      `| ${id} | ${markdown(category)} | ${shown} | ${answer} | ${markdown(why)} | ${wrong.join(', ')} |`,
  );
  return [
    '# Public reports, audited',
    '',
    'Each report is rebuilt as an account, served on loopback and audited over the wire. Most reports say little of the',
    'configuration: what they leave open was chosen by those who know the rules (`assumed` in the accounts), so these shares',
    'are of rebuilt accounts, not of accounts met in the wild. Whether configuration shows the cause is the judgement of',
    'the collector of the reports; an answer of `undecidable` counts as not found.',
    '',
    `- Named, where configuration shows the cause: ${share(scores, 'certain')}`,
    `- Named, where it shows it partly (often by a note): ${share(scores, 'partly')}`,
    `- False alarms (errors and warnings): ${falseAlarms} over ${scores.length} accounts, ${harmless} of them harmless`,
    '',
    '| Report | Category | Shown by configuration | Answer | Rule or reason | False alarms |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
};
