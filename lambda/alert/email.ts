import { oneLine, pasteable, UNSHOWN } from '../report/escape';
import { count, suppressionWords } from '../report/words';
import type { ReportedFinding } from '../result';
import { commandLines, filled } from './lines';
import type { Occasion } from './occasion';
import { bytesInJson, cut, fitting } from './sizes';
import { countsOf } from './subject';
import { affectedOf, breakageOf, coverageOf, evidenceOf, gapsOf, placeOf } from './wording';

/** Leaves room for the chat's part of the same message. */
const FINDINGS_BYTES = 150_000;
const RESOLVED_BYTES = 10_000;

const field = (label: string, text: string): readonly string[] => filled(`   ${label.padEnd(10)}`, text);

const fixLines = ({ fix }: ReportedFinding): readonly string[] =>
  fix.flatMap(({ step, commands }, index) => [
    ...field(index === 0 ? 'Fix' : 'Then', oneLine(step)),
    ...commands.flatMap((command) => {
      const shown = pasteable(command);
      return shown === null ? field('', UNSHOWN) : commandLines('     ', shown);
    }),
  ]);

/** What breaks and for whom; where; the proof; the fix; the console and the rule's page, whose addresses stay whole however wide. */
const findingLines = (finding: ReportedFinding, number: number): readonly string[] => {
  const affected = affectedOf(finding);
  const evidence = evidenceOf(finding);
  return [
    ...filled(`${number}. `, `${finding.severity.toUpperCase()}: ${oneLine(finding.title)}`),
    ...field('Callers', breakageOf(finding)),
    ...field('Why', oneLine(cut(finding.message, 1000))),
    ...field('Where', `${oneLine(cut(finding.subject.label, 500))}, ${oneLine(finding.subject.region)}`),
    ...(affected === null ? [] : field('Affected', affected)),
    ...evidence.flatMap((one, index) => field(index === 0 ? 'Seen' : '', one)),
    ...(finding.was === undefined ? [] : field('Worse', `it was ${finding.was} in the last run`)),
    ...(finding.expired ?? []).flatMap((one) =>
      field('EXPIRED', `its suppression is no longer in force: ${oneLine(suppressionWords(one))}`),
    ),
    ...fixLines(finding),
    ...(finding.console === undefined ? [] : field('Console', finding.console)),
    ...field('Page', finding.docs),
    '',
  ];
};

const heading = (text: string): readonly string[] => [text, '-'.repeat(text.length), ''];

const resolvedLines = (resolved: readonly ReportedFinding[]): readonly string[] => {
  if (resolved.length === 0) return [];
  const all = resolved.map(({ title, subject }) =>
    filled('*  ', `${oneLine(title)}: ${oneLine(cut(subject.label, 300))}`).join('\n'),
  );
  const { items, leftOut } = fitting(all, RESOLVED_BYTES, bytesInJson);
  return [...heading('RESOLVED'), ...items, ...(leftOut === 0 ? [] : [`   and ${leftOut} more`]), ''];
};

const gapLines = (occasion: Occasion): readonly string[] => {
  const { shown, more } = gapsOf(occasion);
  if (shown.length === 0) return [];
  return [
    ...heading('COULD NOT BE JUDGED'),
    ...shown.flatMap((gap) => filled('*  ', gap)),
    ...(more === 0 ? [] : [`   and ${more} more`]),
    '',
  ];
};

const standingLine = (occasion: Occasion): string => {
  const { open, told, new: fresh, worse, notEvaluated, hidden, summary } = occasion;
  const silent = open.length - (told.length - fresh - worse);
  const unread = notEvaluated - hidden;
  return [
    ...(silent > 0
      ? [`${count(silent, 'finding')} told before ${silent === 1 ? 'is' : 'are'} still open.`]
      : []),
    ...(unread > 0 ? [`${count(unread, 'finding')} told before could not be judged again in this run.`] : []),
    ...(hidden > 0
      ? [
          `${count(hidden, 'finding')} told before cannot show ${hidden === 1 ? 'itself' : 'themselves'}: other findings stop the same methods first.`,
        ]
      : []),
    ...(summary.suppressed > 0 ? [`${count(summary.suppressed, 'finding')} suppressed.`] : []),
  ].join(' ');
};

const NOTICE_BYTES = 10_000;

const noticeLines = ({ notices }: Occasion): readonly string[] => {
  const all = notices.map((one) => filled('!  ', oneLine(cut(one, 1000))).join('\n'));
  const { items, leftOut } = fitting(all, NOTICE_BYTES, bytesInJson);
  return [...items.flatMap((one) => [one, '']), ...(leftOut === 0 ? [] : [`   and ${leftOut} more`, ''])];
};

/** The opening of every message to people: where, what changed, what was looked at. */
export const openingLines = (occasion: Occasion): readonly string[] => {
  const standing = standingLine(occasion);
  return [
    ...filled('', `API auth audit of ${placeOf(occasion)}: ${countsOf(occasion)}.`),
    '',
    ...filled('', coverageOf(occasion)),
    ...(standing === '' ? [] : filled('', standing)),
    '',
    ...noticeLines(occasion),
  ];
};

const reportLines = ({ report }: Occasion): readonly string[] => {
  if (report === null) return [];
  const { presigned } = report;
  return [
    ...heading('REPORT'),
    ...(presigned === null
      ? []
      : [
          ...filled(
            '',
            `Without signing in, for at most ${presigned.hours} hours; whoever has this link can read the report:`,
          ),
          presigned.url,
          '',
        ]),
    ...filled('', 'In the account, for as long as it is kept:'),
    report.console,
    '',
  ];
};

/** The mail: plain text, 72 columns where words allow, the most severe first. */
export const emailOf = (occasion: Occasion): string => {
  const blocks = occasion.told.map((finding, index) => findingLines(finding, index + 1).join('\n'));
  const { items, leftOut } = fitting(blocks, FINDINGS_BYTES, (block) => bytesInJson(block) + 2);
  return [
    ...openingLines(occasion),
    ...(items.length === 0 ? [] : heading('FINDINGS')),
    ...items,
    ...(leftOut === 0
      ? []
      : [
          ...filled(
            '',
            `${count(leftOut, 'more finding')} did not fit into this message. ${occasion.report === null ? 'The command "api-auth-auditor audit" lists all of them.' : 'The report at the end of this message has all of them.'}`,
          ),
          '',
        ]),
    ...gapLines(occasion),
    ...resolvedLines(occasion.resolved),
    ...reportLines(occasion),
    ...filled('', `Run ${oneLine(occasion.runId)}.`),
    '',
  ].join('\n');
};

/** For subscribers that are neither mail nor chat: the opening and what the findings are called. */
export const shortTextOf = (occasion: Occasion): string => {
  const titles = occasion.told
    .slice(0, 10)
    .flatMap(({ severity, title, subject }) =>
      filled('*  ', `${severity}: ${oneLine(title)}: ${oneLine(cut(subject.label, 200))}`),
    );
  const more = occasion.told.length - 10;
  return [...openingLines(occasion), ...titles, ...(more > 0 ? [`   and ${more} more`] : []), ''].join('\n');
};
