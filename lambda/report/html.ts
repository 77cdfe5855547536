import { createHash } from 'node:crypto';
import type { LeftOut } from '../matrix-room';
import type { AuditResult, IamPolicy, ReportedFinding } from '../result';
import { markup } from './escape';
import { findingBlock } from './html-finding';
import { matrixSection } from './html-matrix';
import { SCRIPT } from './html-script';
import { STYLE } from './html-style';
import { summaryLines } from './text';
import {
  acceptedWords,
  count,
  groupFindings,
  hidingWords,
  isAccepted,
  isStanding,
  moment,
  SEVERITIES,
  suppressionWords,
  unheardWords,
} from './words';

const number = (value: number): string => value.toLocaleString('en');

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const option = (value: string, label: string): string =>
  `<option value="${markup(value)}">${markup(label)}</option>`;

const filterForm = (rules: readonly string[], groups: readonly string[]): string =>
  [
    '<form id="filter" hidden>',
    '<label class="wide">Search findings and methods<input type="search" name="query" autocomplete="off"></label>',
    `<label>Severity<select name="severity">${option('', 'all')}${SEVERITIES.map((one) => option(one, one)).join('')}</select></label>`,
    `<label>Rule<select name="rule">${option('', 'all')}${rules.map((one) => option(one, one)).join('')}</select></label>`,
    `<label>API<select name="group">${option('', 'all')}${groups.map((one, index) => option(String(index), one)).join('')}</select></label>`,
    '<div><button type="reset">Clear the filter</button><button type="button" id="open">Open all</button>',
    '<button type="button" id="close">Close all</button><output id="shown" aria-live="polite"></output></div>',
    '</form>',
  ].join('');

const missingPolicyBox = (policy: IamPolicy | undefined): string =>
  policy === undefined
    ? ''
    : [
        '<details class="plain"><summary><span class="title">What to allow the role that audits</span></summary>',
        `<div class="body"><pre><code>${markup(JSON.stringify(policy, null, 2))}</code></pre><button type="button" class="copy">Copy</button></div></details>`,
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
    `<details class="plain"><summary><span class="title">What could not be judged</span></summary><div class="body scroll"><table>`,
    '<thead><tr><th scope="col">Read</th><th scope="col">Of</th><th scope="col">Region</th><th scope="col">Because</th><th scope="col">Missing permission</th><th scope="col">Detail</th></tr></thead>',
    `<tbody>${[...gaps, ...failed].join('')}</tbody></table></div></details>`,
    missingPolicyBox(coverage.missingPolicy),
  ].join('');
};

const unheardBox = ({ audience }: AuditResult): string => {
  const words = unheardWords(audience);
  return words === null ? '' : `<div class="incomplete" role="note">${markup(words)}</div>`;
};

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

/** Closed: a baseline has thousands. */
const acceptedBox = (findings: readonly ReportedFinding[]): string => {
  const accepted = findings.filter(isAccepted).map(({ title, subject, rule, suppressed }) => {
    const terms = suppressed === undefined ? '' : `: ${acceptedWords(suppressed)}`;
    return `<li>${markup(`${title}: ${subject.label}`)} <span class="rule">${markup(rule)}</span>${markup(terms)}</li>`;
  });
  return accepted.length === 0
    ? ''
    : [
        '<h2>Suppressed</h2>',
        `<details class="plain"><summary><span class="title">${count(accepted.length, 'finding')} that somebody accepted, with the reason</span></summary>`,
        `<div class="body"><ul>${accepted.join('')}</ul></div></details>`,
      ].join('');
};

const suppressionLists = ({ findings, suppressions, history }: AuditResult): string => {
  const { expired = [], expiring = [], unused = [] } = suppressions ?? {};
  return [
    acceptedBox(findings),
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
 * One file that needs no other: findings and access matrix, to be opened from a mail or a bucket; it says what the matrix leaves out. Nothing
 * in it runs or loads except the two blocks whose hashes its content security policy names.
 */
export const htmlReport = (result: AuditResult, leftOut?: LeftOut): string => {
  const { run, summary } = result;
  const standing = result.findings.filter(isStanding);
  const showChange = result.findings.some(({ change }) => change !== 'new');
  const groups = groupFindings(standing, run.regions);
  const rules = [...new Set(standing.map(({ rule }) => rule))].sort();
  const [verdict = '', looked = ''] = summaryLines(result);
  const numbers = SEVERITIES.map(
    (severity) =>
      `<li class="${severity}"><strong>${number(summary.findings[severity])}</strong>${summary.findings[severity] === 1 ? severity : `${severity}s`}</li>`,
  ).join('');
  const matrix = matrixSection(result.matrix, leftOut);
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
    '<main id="findings" tabindex="-1">',
    unheardBox(result) + incompleteBox(result),
    `<ul class="numbers">${numbers}<li><strong>${number(summary.unreachableMethods)}</strong>unreachable of ${count(summary.methods, 'method')}</li></ul>`,
    `<p>${markup(looked)}</p>`,
    standing.length === 0 ? `<p class="fine">${markup(verdict)}</p>` : '',
    matrix === '' ? '' : '<nav aria-label="Parts of this page"><a href="#matrix">Who gets in</a></nav>',
    standing.length === 0 && matrix === ''
      ? ''
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
    matrix,
    '</main>',
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
  ]
    .filter((part) => part !== '')
    .join('\n')
    .concat('\n');
};
