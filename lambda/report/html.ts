import { createHash } from 'node:crypto';
import type { MatrixCaller, MatrixRow } from '../gateway/matrix';
import type { AuditResult, ReportedFinding } from '../result';
import type { FixStep } from '../rules/verdict';
import { markup } from './escape';
import { SCRIPT } from './html-script';
import { STYLE } from './html-style';
import { summaryLines } from './text';
import {
  affectedLines,
  count,
  groupFindings,
  hidingWords,
  isAccepted,
  isStanding,
  moment,
  reachWords,
  SEVERITIES,
  suppressionWords,
  symptomWords,
  unheardWords,
} from './words';

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const list = (items: readonly string[]): string =>
  items.length === 1 ? (items[0] ?? '') : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const field = (name: string, content: string): string =>
  content === '' ? '' : `<dt>${name}</dt><dd>${content}</dd>`;

const commandsBlock = (commands: readonly string[]): string =>
  commands.length === 0
    ? ''
    : `<pre><code>${markup(commands.join('\n'))}</code></pre><button type="button" class="copy" hidden>Copy</button>`;

const fixList = (fix: readonly FixStep[]): string =>
  `<ol>${fix.map(({ step, commands }) => `<li>${markup(step)}${commandsBlock(commands)}</li>`).join('')}</ol>`;

const MARKS = { error: '✖ Error', warning: '▲ Warning', note: '● Note' } as const;

const findingBlock = (finding: ReportedFinding, group: number, showChange: boolean): string => {
  const { severity, subject } = finding;
  const change = showChange && finding.change === 'new' ? ' <span class="tag">new</span>' : '';
  const evidence = finding.evidence.map(
    ({ operation, field: name, value }) =>
      `<code>${markup(name)}</code> = <code>${markup(value)}</code> <span class="soft">${markup(operation)}</span>`,
  );
  return [
    `<details id="f-${markup(finding.id)}" data-severity="${severity}" data-rule="${markup(finding.rule)}" data-group="${group}">`,
    `<summary><span class="mark mark-${severity}">${MARKS[severity]}</span> <span class="title">${markup(finding.title)}</span>${change}`,
    ` <span class="soft">${markup(subject.label)}</span></summary>`,
    '<div class="body"><dl>',
    field(
      'Callers',
      `${markup(reachWords(finding))}; they get <code>${markup(symptomWords(finding.symptom))}</code>`,
    ),
    field('Why', markup(finding.message)),
    field('Where', `${markup(subject.label)}<br><code class="soft">${markup(subject.arn)}</code>`),
    field('Affected', list(affectedLines(finding.affected, 25).map(markup))),
    field('Seen', list(evidence)),
    field('Fix', fixList(finding.fix)),
    field('Was', finding.was === undefined ? '' : `${finding.was} in the last run`),
    finding.expired === undefined
      ? ''
      : field('Expired', list(finding.expired.map((one) => markup(suppressionWords(one))))),
    field(
      'Console',
      finding.console === undefined
        ? ''
        : `<a href="${markup(finding.console)}" rel="noreferrer">${markup(subject.label)}</a>`,
    ),
    field('Rule', `<a href="${markup(finding.docs)}" rel="noreferrer">${markup(finding.rule)}</a>`),
    '</dl></div></details>',
  ].join('');
};

const option = (value: string, label: string): string =>
  `<option value="${markup(value)}">${markup(label)}</option>`;

const filterForm = (rules: readonly string[], groups: readonly string[]): string =>
  [
    '<form id="filter" hidden>',
    '<label class="wide">Search<input type="search" name="query" autocomplete="off"></label>',
    `<label>Severity<select name="severity">${option('', 'all')}${SEVERITIES.map((one) => option(one, one)).join('')}</select></label>`,
    `<label>Rule<select name="rule">${option('', 'all')}${rules.map((one) => option(one, one)).join('')}</select></label>`,
    `<label>API<select name="group">${option('', 'all')}${groups.map((one, index) => option(String(index), one)).join('')}</select></label>`,
    '<button type="reset">Clear</button><button type="button" id="open">Open or close all</button>',
    '<output id="shown" aria-live="polite"></output>',
    '</form>',
  ].join('');

const incompleteBox = ({ coverage }: AuditResult): string => {
  if (coverage.complete) return '';
  const gaps = coverage.gaps.map(
    ({ region, operation, subject, because, permission, detail }) =>
      `<tr><td>${markup(operation)}</td><td>${markup(subject)}</td><td>${markup(region)}</td><td>${because}</td><td>${markup(permission ?? '')}</td><td>${markup(detail)}</td></tr>`,
  );
  const failed = coverage.failedRules.map(
    ({ rule, at, message }) =>
      `<tr><td>rule ${markup(rule)}</td><td>${markup(at)}</td><td></td><td>failed</td><td></td><td>${markup(message)}</td></tr>`,
  );
  return [
    `<div class="incomplete" role="note"><strong>Incomplete:</strong> ${count(gaps.length + failed.length, 'thing')} could not be judged, so silence is no proof there.</div>`,
    `<details><summary><span class="title">What could not be judged</span></summary><div class="body scroll"><table>`,
    '<thead><tr><th scope="col">Read</th><th scope="col">Of</th><th scope="col">Region</th><th scope="col">Because</th><th scope="col">Missing permission</th><th scope="col">Detail</th></tr></thead>',
    `<tbody>${[...gaps, ...failed].join('')}</tbody></table></div></details>`,
  ].join('');
};

const unheardBox = ({ audience }: AuditResult): string => {
  const words = unheardWords(audience);
  return words === null ? '' : `<div class="incomplete" role="note">${markup(words)}</div>`;
};

const admittedWords = ({ admitted }: MatrixCaller): string => {
  if (admitted === 'cannot-tell') return '<span class="soft">? cannot tell</span>';
  return admitted ? '<span class="yes">✔ gets in</span>' : '<span class="no">✖ refused</span>';
};

const matrixRows = (row: MatrixRow): string => {
  const head = `<td>${markup(row.restApiId)} ${markup(row.stage)}</td><th scope="row">${markup(row.method)}</th><td>${row.requires}${row.scopes.length === 0 ? '' : `: ${markup(row.scopes.join(', '))}`}</td>`;
  if (row.callers.length === 0) return `<tr>${head}<td></td><td></td><td></td></tr>`;
  return row.callers
    .map(
      (caller) =>
        `<tr>${head}<td>${markup(caller.clientId)} <span class="soft">${markup(caller.userPoolId)}</span></td><td>${caller.flow}, ${caller.token} token</td><td>${admittedWords(caller)} <span class="soft">${markup(caller.because)}</span></td></tr>`,
    )
    .join('');
};

const matrixTable = (matrix: readonly MatrixRow[] | undefined): string =>
  matrix === undefined || matrix.length === 0
    ? ''
    : [
        '<h2 id="matrix">Who gets in</h2><div class="scroll"><table>',
        '<caption>Each deployed method with the app clients that could call it</caption>',
        '<thead><tr><th scope="col">API and stage</th><th scope="col">Method</th><th scope="col">Requires</th><th scope="col">App client</th><th scope="col">Flow</th><th scope="col">Answer</th></tr></thead>',
        `<tbody>${matrix.map(matrixRows).join('')}</tbody></table></div>`,
      ].join('');

const namedList = (
  title: string,
  findings: readonly ReportedFinding[],
  more: (finding: ReportedFinding) => string,
): string =>
  findings.length === 0
    ? ''
    : `<h2>${title}</h2><ul>${findings.map((one) => `<li>${markup(one.title)}: ${markup(one.subject.label)} <span class="rule">${markup(one.rule)}</span>${markup(more(one))}</li>`).join('')}</ul>`;

const wordList = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `<h2>${title}</h2><ul>${items.map((item) => `<li>${markup(item)}</li>`).join('')}</ul>`;

const suppressionLists = ({ findings, suppressions, history }: AuditResult): string => {
  const { expired = [], expiring = [], unused = [] } = suppressions ?? {};
  const accepted = findings.filter(isAccepted).map(({ title, subject, rule, suppressed }) => {
    const terms =
      suppressed === undefined
        ? ''
        : `: ${suppressed.reason} (${suppressed.owner}, until ${suppressed.until})`;
    return `${title}: ${subject.label}, ${rule}${terms}`;
  });
  return [
    wordList('Suppressed', accepted),
    wordList('Suppressions that are no longer in force: renew or remove them', expired.map(suppressionWords)),
    wordList('Suppressions that end within a week', expiring.map(suppressionWords)),
    wordList('Suppressions that match nothing: remove them', unused.map(suppressionWords)),
    wordList('History', history?.detail === undefined ? [] : [history.detail]),
  ].join('');
};

const settled = ({ findings }: AuditResult): string =>
  [
    namedList(
      'Resolved since the last run',
      findings.filter(({ change }) => change === 'resolved'),
      () => '',
    ),
    namedList(
      'Found before, could not be judged in this run',
      findings.filter(({ change }) => change === 'not-evaluated'),
      hidingWords(findings),
    ),
  ].join('');

/**
 * One file that needs no other: findings and access matrix, to be opened from a mail or a bucket. Nothing in it runs or loads except
 * the two blocks whose hashes its content security policy names.
 */
export const htmlReport = (result: AuditResult): string => {
  const { run, summary } = result;
  const standing = result.findings.filter(isStanding);
  const showChange = result.findings.some(({ change }) => change !== 'new');
  const groups = groupFindings(standing, run.regions);
  const rules = [...new Set(standing.map(({ rule }) => rule))].sort();
  const [verdict = '', looked = ''] = summaryLines(result);
  const numbers = SEVERITIES.map(
    (severity) =>
      `<li class="${severity}"><strong>${summary.findings[severity]}</strong>${count(summary.findings[severity], severity).replace(/^\S+ /, '')}</li>`,
  ).join('');
  const policy = `default-src 'none'; style-src ${hashed(STYLE)}; script-src ${hashed(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>API auth audit of ${markup(run.account)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#findings">Skip to the findings</a>',
    '<header>',
    `<h1>API auth audit of ${markup(run.account)}</h1>`,
    `<p class="meta">${markup(run.regions.join(', '))}, ${run.source}, ${moment(run.startedAt)}</p>`,
    '</header>',
    '<main id="findings">',

    unheardBox(result) + incompleteBox(result),
    `<ul class="numbers">${numbers}<li><strong>${summary.unreachableMethods}</strong>unreachable of ${count(summary.methods, 'method')}</li></ul>`,
    `<p>${markup(looked)}</p>`,
    standing.length === 0
      ? `<p class="fine">${markup(verdict)}</p>`
      : filterForm(
          rules,
          groups.map(({ heading }) => heading),
        ),
    ...groups.map(({ heading, findings }, index) =>
      [
        `<section data-group><h2>${markup(heading)}</h2>`,
        ...findings.map((finding) => findingBlock(finding, index, showChange)),
        '</section>',
      ].join('\n'),
    ),
    settled(result) + suppressionLists(result),
    matrixTable(result.matrix),
    '</main>',
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
};
