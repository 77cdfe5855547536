import pc from 'picocolors';
import { explain, type Explanation } from '../../lambda/explain/explain';
import { codeBlock, markdown } from '../../lambda/report/escape';
import { explainText } from '../../lambda/report/explain-text';
import { expectGolden } from '../support/golden';
import { reportedAccounts } from './accounts';
import { readSketch } from './audit-sketch';
import { reports, type Report } from './reports';
import { asked, type Asked } from './transcripts';

const NOW = new Date('2026-01-01T00:00:00Z');

const reportOf = ({ report }: Asked): Report => {
  const found = reports.find(({ id }) => id === report);
  if (found === undefined) throw new Error(`there is no report ${report}`);
  return found;
};

const explained = async ({ report, ask }: Asked): Promise<Explanation> => {
  const account = reportedAccounts[report];
  if (account === undefined) throw new Error(`report ${report} has no account`);
  return explain(ask, await readSketch(account.sketch), () => NOW);
};

const section = (one: Asked, explanation: Explanation): string => {
  const report = reportOf(one);
  const text = explainText(explanation, { width: 100, colors: pc.createColors(false) });
  return [
    `## ${report.id}`,
    '',
    markdown(report.source),
    '',
    `- What the asker saw: ${markdown(report.symptom)}`,
    `- The cause that was found: ${markdown(report.root_cause)}`,
    ...(one.chosen === undefined ? [] : [`- Chosen here: ${markdown(one.chosen)}`]),
    '',
    codeBlock(text.trimEnd(), 'text'),
  ].join('\n');
};

const transcripts: { readonly one: Asked; readonly explanation: Explanation }[] = [];

beforeAll(async () => {
  // oxlint-disable-next-line eslint/no-await-in-loop -- one sandbox after another
  for (const one of asked) transcripts.push({ one, explanation: await explained(one) });
});

test.each(asked.map((one) => [one.report, one] as const))(
  '%s: status and body are what the asker saw',
  (_, one) => {
    const { symptom } = reportOf(one);
    // What is said to have been seen stands in the report.
    for (const quote of one.body) expect(symptom).toContain(quote);
    expect(symptom).toContain(String(one.status ?? ''));
    const decision = transcripts.find((each) => each.one === one)?.explanation.decision;
    expect(decision?.outcome).toBe('refused');
    expect([one.status, 401, 403]).toContain(decision?.status);
    expect(one.status ?? decision?.status).toBe(decision?.status);
    for (const quote of one.body) expect(decision?.body).toContain(quote);
  },
);

test('the transcripts', () => {
  const intro = `What \`explain\` says of ${String(asked.length)} calls that people asked about in public, and whose answer they quoted. Each account was rebuilt from the report ([how](../../cases/README.md)); that status and body are what the asker saw is tested. Policies end today's texts with the kind of denial, so those are compared as far as the report quotes them.`;
  const sections = transcripts.map(({ one, explanation }) => `${section(one, explanation)}\n`);
  expectGolden(
    'explain/transcripts.md',
    ['# Public reports, explained', '', intro, '', ...sections].join('\n'),
  );
});
