/** Between these stands what is written here. */
const BLOCK = /(?<=<!-- reports -->\n\n)[\s\S]*?(?=\n\n<!-- \/reports -->)/;

/** The cells of a table's row by its first one. */
const rowOf = (summary: string, label: string): readonly string[] => {
  const row = summary.split('\n').find((line) => line.startsWith(`| ${label} |`));
  if (row === undefined) throw new Error(`the summary of the public reports has no row "${label}"`);
  return row
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
};

const foundLine = (summary: string, label: string): string => {
  const [reports, found, byNote, resting, missed, undecidable] = rowOf(summary, label);
  return `- ${reports} where ${label}: ${found} named (${byNote} of them by a note, ${resting} resting on a choice of ours), ${missed} missed, ${undecidable} that configuration cannot decide;`;
};

const quietLine = (summary: string, kind: string, what: string): string => {
  const [reports, errors, warnings, notes] = rowOf(summary, kind);
  return `- ${reports} ${what}: ${errors} errors, ${warnings} warnings, ${notes} notes;`;
};

const figures = (summary: string): string => {
  const [, alarms] = /^False alarms, over all (\d+ accounts: .+)\.$/m.exec(summary) ?? [];
  if (alarms === undefined) throw new Error('the summary of the public reports does not count false alarms');
  return [
    foundLine(summary, 'configuration shows the cause'),
    foundLine(summary, 'configuration shows it partly, or only what makes it likely'),
    quietLine(summary, 'client', "where the fault was the caller's own"),
    quietLine(summary, 'healthy', 'known to work'),
    `- false alarms over all ${alarms}.`,
  ].join('\n');
};

/** The README with what the audit makes of the public reports, as `test/cases/summary.md` has it. */
export const withReports = (readme: string, summary: string): string => {
  if (!BLOCK.test(readme)) throw new Error('README.md has no place for the public reports');
  return readme.replace(BLOCK, () => figures(summary));
};
