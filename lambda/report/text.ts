import type { Colors } from 'picocolors/types';
import type { Severity } from '../findings/finding';
import type { Gap } from '../findings/coverage';
import type { AuditResult, ReportedFinding } from '../result';
import type { FixStep } from '../rules/verdict';
import { lines, oneLine, pasteable, UNSHOWN } from './escape';
import {
  acceptedWords,
  affectedLines,
  count,
  duration,
  groupFindings,
  hidingWords,
  isAccepted,
  isStanding,
  moment,
  reachWords,
  severityCounts,
  suppressionWords,
  shortList,
  symptomWords,
  unheardWords,
} from './words';

/** How the text is to look. */
export interface TextLook {
  /** Columns of the terminal; prose is wrapped to it, commands and links never are. */
  readonly width: number;
  readonly colors: Colors;
}

/** Breaks prose at spaces; a word longer than the line stands alone. */
export const wrap = (text: string, width: number): readonly string[] => {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      wrapped.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...wrapped, line];
};

const INDENT = '  ';
const LABEL = 10;

class Page {
  private readonly out: string[] = [];
  readonly colors: Colors;
  private readonly width: number;

  constructor({ width, colors }: TextLook) {
    this.colors = colors;
    this.width = Math.min(Math.max(width, 60), 120);
  }

  line(text = ''): void {
    this.out.push(text);
  }

  /** A label, then prose that keeps to the right of it. */
  field(label: string, text: string): void {
    const room = this.width - INDENT.length - LABEL;
    for (const [index, part] of wrap(text, room).entries()) {
      const head = index === 0 ? this.colors.dim(label.padEnd(LABEL)) : ' '.repeat(LABEL);
      this.line(`${INDENT}${head}${part}`);
    }
  }

  heading(text: string): void {
    this.line();
    this.line(this.colors.bold(text));
    this.line(this.colors.dim('─'.repeat(Math.min(text.length, this.width))));
  }

  prose(text: string): void {
    for (const part of wrap(text, this.width - INDENT.length)) this.line(`${INDENT}${part}`);
  }

  /** Whole and unbroken, so that it can be copied. */
  command(text: string): void {
    const shown = pasteable(text);
    // Of several lines it could begin one with what a build server takes for an order.
    if (shown === null) this.field('', UNSHOWN);
    else this.line(`${INDENT}${' '.repeat(LABEL)}${this.colors.cyan(shown)}`);
  }

  toString(): string {
    return `${this.out.join('\n')}\n`;
  }
}

const paint = (colors: Colors, severity: Severity): string => {
  if (severity === 'error') return colors.bold(colors.red('✖ error'));
  return severity === 'warning'
    ? colors.bold(colors.yellow('▲ warning'))
    : colors.bold(colors.blue('● note'));
};

const writeFix = (page: Page, fix: readonly FixStep[]): void => {
  for (const [index, { step, commands }] of fix.entries()) {
    const label = index === 0 ? 'Fix' : '';
    page.field(label, `${fix.length > 1 ? `${index + 1}. ` : ''}${oneLine(step)}`);
    for (const command of commands) page.command(command);
  }
};

/** A policy document can be 8 KB; the other formats hold it whole. */
const cut = (text: string, most = 400): string =>
  text.length <= most ? text : `${text.slice(0, most)} … (${count(text.length - most, 'more character')})`;

/** One finding as people read it: what breaks and for whom, why, where, the proof, the fix, the page. */
const writeFinding = (page: Page, finding: ReportedFinding, showChange: boolean): void => {
  const { colors } = page;
  const change = showChange && finding.change === 'new' ? colors.bold(' new') : '';
  page.line();
  page.line(`${paint(colors, finding.severity)}${change}  ${colors.bold(oneLine(finding.title))}`);
  page.line(`${INDENT}${colors.dim(finding.rule)}`);
  page.field(
    'Callers',
    `${oneLine(reachWords(finding))}; they get ${oneLine(symptomWords(finding.symptom))}`,
  );
  page.field('Why', oneLine(finding.message));
  page.field('Where', oneLine(finding.subject.label));
  for (const [index, affected] of affectedLines(finding.affected).entries()) {
    page.field(index === 0 ? 'Affected' : '', oneLine(affected));
  }
  for (const [index, { operation, field, value }] of finding.evidence.entries()) {
    page.field(
      index === 0 ? 'Seen' : '',
      `${oneLine(field)} = ${cut(oneLine(value))} (${oneLine(operation)})`,
    );
  }
  writeFix(page, finding.fix);
  if (finding.was !== undefined) page.field('Was', `${finding.was} in the last run`);
  for (const one of finding.expired ?? []) {
    page.field('EXPIRED', `its suppression is no longer in force: ${oneLine(suppressionWords(one))}`);
  }
  // Links stay whole: a terminal opens no half of one.
  const link = (label: string, url: string): void =>
    page.line(`${INDENT}${colors.dim(label.padEnd(LABEL))}${colors.underline(url)}`);
  if (finding.console !== undefined) link('Console', oneLine(finding.console));
  link('Page', finding.docs);
};

const REASONS: Readonly<Record<Gap['because'], string>> = {
  denied: 'denied',
  throttled: 'throttled, retries included',
  broken: 'failed',
  unsupported: 'not in this source',
};

/** Gaps of one operation and reason are one line: 400 denied exports have one remedy. */
const writeCoverage = (page: Page, { coverage }: AuditResult): void => {
  const { gaps, failedRules, missingPolicy } = coverage;
  page.heading('What could not be judged');
  const byRead = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = [gap.region, gap.operation, gap.because].join('\n');
    byRead.set(key, [...(byRead.get(key) ?? []), gap]);
  }
  for (const members of byRead.values()) {
    const [first] = members;
    if (first === undefined) continue;
    const subjects = shortList(
      members.map(({ subject }) => subject),
      4,
    );
    const rules = [...new Set(members.flatMap((gap) => gap.rules))].sort();
    page.line();
    page.line(
      `${page.colors.bold(oneLine(first.operation))} ${REASONS[first.because]} in ${oneLine(first.region)}`,
    );
    page.field('Of', oneLine(subjects));
    page.field('Detail', oneLine(first.detail));
    if (first.permission !== undefined) page.field('Needs', oneLine(first.permission));
    if (rules.length > 0) page.field('Silent', `${shortList(rules, 6)} could not tell there`);
  }
  for (const { rule, at, message } of failedRules) {
    page.line();
    page.line(page.colors.bold(`Rule ${rule} failed: this is a defect of api-auth-auditor`));
    page.field('At', oneLine(at));
    page.field('Error', oneLine(message));
  }
  if (missingPolicy === undefined) return;
  page.line();
  page.prose('To close the gaps that were denied, let the role that audits make these calls:');
  page.line();
  page.line(lines(JSON.stringify(missingPolicy, null, 2)));
};

const writeSettled = (page: Page, result: AuditResult): void => {
  const resolved = result.findings.filter(({ change }) => change === 'resolved');
  if (resolved.length > 0) {
    page.heading('Resolved since the last run');
    for (const { title, rule, subject } of resolved) {
      page.prose(`✔ ${oneLine(title)}: ${oneLine(subject.label)} (${rule})`);
    }
  }
  const unjudged = result.findings.filter(({ change }) => change === 'not-evaluated');
  if (unjudged.length > 0) {
    page.heading('Found before, could not be judged in this run');
    const hiding = hidingWords(result.findings);
    for (const finding of unjudged) {
      const { title, rule, subject } = finding;
      page.prose(`? ${oneLine(title)}: ${oneLine(subject.label)} (${rule})${oneLine(hiding(finding))}`);
    }
  }
};

/** What people accepted, and what they should look at again. */
const writeSuppressions = (page: Page, { findings, suppressions, history }: AuditResult): void => {
  const accepted = findings.filter(isAccepted);
  if (accepted.length > 0) {
    page.heading('Suppressed');
    for (const { title, rule, subject, suppressed } of accepted) {
      page.prose(`- ${oneLine(title)}: ${oneLine(subject.label)} (${rule})`);
      if (suppressed !== undefined) page.prose(`  ${oneLine(acceptedWords(suppressed))}`);
    }
  }
  const { expired = [], expiring = [], unused = [] } = suppressions ?? {};
  const lists = [
    ['Suppressions that are NO LONGER IN FORCE: renew or remove them', expired],
    ['Suppressions that end within a week', expiring],
    ['Suppressions that match nothing: remove them', unused],
  ] as const;
  for (const [title, list] of lists) {
    if (list.length === 0) continue;
    page.heading(title);
    for (const one of list) page.prose(`- ${oneLine(suppressionWords(one))}`);
  }
  if (history?.detail === undefined) return;
  page.heading(history.state === 'lost' ? 'History was lost' : 'History is not available');
  page.prose(oneLine(history.detail));
};

/** What the summary counts, in two lines. */
export const summaryLines = ({ summary, stats, findings, coverage }: AuditResult): readonly string[] => {
  const looked = `${count(summary.apis, 'API')}, ${count(summary.stages, 'stage')} and ${count(summary.methods, 'deployed method')}`;
  const unreachable =
    summary.unreachableMethods === 0
      ? 'none of them unreachable'
      : `${summary.unreachableMethods.toLocaleString('en')} of them unreachable for every registered client`;
  const needed = stats.awsCalls === 0 ? '' : ` (${stats.minimumCalls.toLocaleString('en')} needed)`;
  const cached =
    stats.cachedDeployments === 0
      ? ''
      : `; ${count(stats.cachedDeployments, 'deployment')} known from an earlier run`;
  const throttled = stats.throttled === 0 ? '' : `, ${stats.throttled.toLocaleString('en')} throttled`;
  const suppressed =
    summary.suppressed === 0 ? '' : `; ${summary.suppressed.toLocaleString('en')} suppressed`;
  const verdict = findings.some(isStanding)
    ? severityCounts(summary.findings)
    : coverage.complete
      ? summary.suppressed > 0
        ? 'Nothing found that keeps callers out besides what is suppressed'
        : 'Nothing found that keeps callers out'
      : 'Nothing found that keeps callers out in what could be judged';
  return [
    `${verdict}${suppressed}.`,
    `${looked}, ${unreachable}; ${count(stats.awsCalls, 'AWS call')}${needed}${throttled} in ${duration(stats.durationMs)}${cached}.`,
  ];
};

/** The report for a terminal. */
export const textReport = (result: AuditResult, look: TextLook): string => {
  const page = new Page(look);
  const { colors } = page;
  const { run, coverage } = result;
  const trouble = coverage.gaps.length + coverage.failedRules.length;
  if (!coverage.complete) {
    page.line(
      colors.bold(
        colors.yellow(
          `INCOMPLETE: ${count(trouble, 'thing')} could not be judged, so silence is no proof there; the list is at the end.`,
        ),
      ),
    );
  }
  const where = `${oneLine(run.account)} ${run.regions.map(oneLine).join(', ')}`;
  const source = run.source === 'live' ? '' : ` (${run.source})`;
  const unheard = unheardWords(result.audience);
  if (unheard !== null) page.line(colors.bold(colors.yellow(unheard)));
  page.line(`${colors.bold(`API auth audit of ${where}`)}${source}, ${moment(run.startedAt)}`);

  const standing = result.findings.filter(isStanding);
  // Without history everything is new, and the word says nothing.
  const showChange = result.findings.some(({ change }) => change !== 'new');
  for (const { heading, findings } of groupFindings(standing, run.regions)) {
    page.heading(oneLine(heading));
    for (const finding of findings) writeFinding(page, finding, showChange);
  }
  writeSettled(page, result);
  writeSuppressions(page, result);
  if (!coverage.complete) writeCoverage(page, result);
  page.line();
  const [verdict = '', looked = ''] = summaryLines(result);
  const worst = result.summary.findings.error > 0 ? colors.red : colors.yellow;
  page.line(colors.bold(standing.length > 0 ? worst(verdict) : colors.green(verdict)));
  page.line(looked);
  return page.toString();
};

/** One finding as the text report prints it, without colours: the example on a rule's page. */
export const findingText = (finding: ReportedFinding, look: TextLook): string => {
  const page = new Page(look);
  writeFinding(page, finding, false);
  return page.toString().trim();
};
