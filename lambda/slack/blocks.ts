import type { AuditEvent, NoticeEvent } from '../alert/event';
import { findingText, stepText } from '../alert/slack-finding';
import { slackCut, slackLink, slackText } from '../alert/slack-text';
import { count, isStanding } from '../report/words';
import type { ReportedFinding } from '../result';
import { readAlarmWords, runbookPage } from '../runbook';
import type { Alarm } from './alarm';

/** https://docs.slack.dev/reference/block-kit/blocks */
type Block =
  | { readonly type: 'header'; readonly text: { readonly type: 'plain_text'; readonly text: string } }
  | { readonly type: 'section'; readonly text: Markdown }
  | { readonly type: 'context'; readonly elements: readonly Markdown[] };

/** `verbatim`: Slack makes no links, channels or mentions of its own out of the text. */
interface Markdown {
  readonly type: 'mrkdwn';
  readonly verbatim: true;
  readonly text: string;
}

/** What an incoming webhook takes. It cannot answer in a thread, so each event is one message. */
export interface SlackMessage {
  /** Shown in notifications, and read out. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Slack takes 50. */
const BLOCKS = 45;
/** Slack takes 3,000 characters. */
const SECTION = 2900;
/** Slack refuses messages from some 13,200 characters on, whatever its documents say: https://github.com/slackapi/bolt-js/issues/2509 */
const MESSAGE = 12_000;
const RESOLVED = 8;

const markdown = (text: string): Markdown => ({ type: 'mrkdwn', verbatim: true, text });
const section = (text: string): Block => ({ type: 'section', text: markdown(text) });
const context = (text: string): Block => ({ type: 'context', elements: [markdown(text)] });
const header = (text: string): Block => ({ type: 'header', text: { type: 'plain_text', text } });

const placeOf = ({ alias, account, region }: AuditEvent['run']): string =>
  slackCut(alias === null ? `${account} ${region}` : `${alias} (${account}) ${region}`, 200);

const runOf = ({ id }: AuditEvent['run']): string => `run ${slackCut(id, 100)}`;

const countsOf = ({ counts }: AuditEvent): string =>
  [
    `${counts.new} new`,
    ...(counts.worse > 0 ? [`${counts.worse} worse`] : []),
    ...(counts.resolved > 0 ? [`${counts.resolved} resolved`] : []),
    ...(counts.open > 0 ? [`${counts.open} open`] : []),
  ].join(', ');

const lookedOf = ({ looked }: AuditEvent): string =>
  `read ${count(looked.apis, 'API')} and ${count(looked.methods, 'deployed method')}`;

const coverageOf = ({ complete, gaps, gapsLeftOut, failedRules }: AuditEvent['coverage']): string => {
  if (complete) return 'everything could be read';
  const unread = gaps.length + gapsLeftOut;
  const missing = [
    ...(unread > 0 ? [`${count(unread, 'read')} gave nothing`] : []),
    ...(failedRules.length > 0 ? [`${count(failedRules.length, 'check')} of this program failed`] : []),
  ];
  return `*INCOMPLETE*: ${missing.join(', ')}; silence about these is no proof`;
};

const noticeBlocks = ({ notices }: AuditEvent): readonly Block[] =>
  notices.slice(0, 3).map((one) => section(`:warning: ${slackCut(one, 800)}`));

/** With its first step, where both fit. */
const findingBlock = (finding: ReportedFinding): Block => {
  const text = findingText(finding);
  const [first] = finding.fix;
  const whole = first === undefined ? text : `${text}\n*Fix:* ${stepText(first)}`;
  return section(whole.length <= SECTION ? whole : text);
};

const resolvedBlocks = (resolved: readonly ReportedFinding[]): readonly Block[] => {
  if (resolved.length === 0) return [];
  const lines = resolved
    .slice(0, RESOLVED)
    .map(({ title, subject }) => `${slackText(title)}: ${slackCut(subject.label, 150)}`);
  const more = resolved.length - lines.length;
  return [
    section(
      [':white_check_mark: *Resolved*', ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    ),
  ];
};

const reportBlocks = ({ report }: AuditEvent): readonly Block[] => {
  if (report === undefined) return [];
  const { presigned } = report;
  const open =
    presigned === null
      ? null
      : `${slackLink(presigned.url, 'Open the report')} (without signing in, for at most ${presigned.hours} hours)`;
  const inAccount = slackLink(report.console, 'Report in the account');
  const both = open === null ? inAccount : `${open}\n${inAccount}`;
  return [section(both.length <= SECTION ? both : inAccount)];
};

const moreBlocks = (left: number, report: AuditEvent['report']): readonly Block[] =>
  left === 0
    ? []
    : [context(`and ${count(left, 'more finding')}${report === undefined ? '' : ' in the report'}`)];

/** Whole findings as long as they fit, the rest counted. */
const auditMessage = (event: AuditEvent): SlackMessage => {
  const told = event.findings.filter(isStanding);
  const resolved = event.findings.filter(({ change }) => change === 'resolved');
  const heading = `API auth audit: ${countsOf(event)}`;
  const opening = [
    header(heading),
    context([placeOf(event.run), lookedOf(event), coverageOf(event.coverage), runOf(event.run)].join(' · ')),
    ...noticeBlocks(event),
  ];
  const closing = [...resolvedBlocks(resolved), ...reportBlocks(event)];
  const message = (shown: number): SlackMessage => ({
    text: `${heading} (${placeOf(event.run)})`,
    blocks: [
      ...opening,
      ...told.slice(0, shown).map(findingBlock),
      ...moreBlocks(told.length - shown + event.findingsLeftOut, event.report),
      ...closing,
    ],
  });
  const fits = (one: SlackMessage): boolean =>
    one.blocks.length <= BLOCKS && JSON.stringify(one).length <= MESSAGE;
  let shown = 0;
  while (shown < told.length && fits(message(shown + 1))) shown += 1;
  return message(shown);
};

const SAYINGS: Readonly<Record<NoticeEvent['type'], string>> = {
  'audit-failed': 'audit failed',
  'history-failed': 'history not saved',
  test: 'test alert',
};

const noticeMessage = ({ type, run, message }: NoticeEvent): SlackMessage => {
  const heading = `API auth audit: ${SAYINGS[type]}`;
  const help = slackLink(runbookPage('audit-failed'), 'What to do');
  return {
    text: `${heading} (${placeOf(run)})`,
    blocks: [
      header(heading),
      context(`${placeOf(run)} · ${runOf(run)}`),
      section(slackCut(message, 2000)),
      ...(type === 'audit-failed' ? [section(help)] : []),
    ],
  };
};

/** An alarm on the audit: what it says of itself, what to do, and why CloudWatch let it go off. */
export const alarmMessageOf = ({
  name,
  description,
  account,
  region,
  state,
  reason,
}: Alarm): SlackMessage => {
  const { saying, page } = readAlarmWords(description);
  const heading = slackCut(`API auth audit: ${state === 'ALARM' ? 'alarm' : `alarm is ${state}`}`, 150);
  const place = slackCut(`${account} ${region}`, 200);
  return {
    text: `${heading} (${place})`,
    blocks: [
      header(heading),
      context(`${place} · ${slackCut(name, 255)}`),
      section(slackCut(saying === '' ? name : saying, 1500)),
      ...(page === null ? [] : [section(slackLink(page, 'What to do'))]),
      context(slackCut(reason, 1000)),
    ],
  };
};

/** An event of the topic for machines as a message of Slack, within Slack's limits. */
export const slackMessageOf = (event: AuditEvent | NoticeEvent): SlackMessage =>
  event.type === 'audit' ? auditMessage(event) : noticeMessage(event);
