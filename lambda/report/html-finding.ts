import type { ReportedFinding } from '../result';
import type { FixStep } from '../rules/verdict';
import { markup, pasteable, UNSHOWN } from './escape';
import { affectedLines, count, reachWords, suppressionWords, symptomWords } from './words';

const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const field = (name: string, content: string): string =>
  content === '' ? '' : `<dt>${name}</dt><dd>${content}</dd>`;

const commandsBlock = (commands: readonly string[]): string =>
  commands.length === 0
    ? ''
    : commands.some((one) => pasteable(one) === null)
      ? `<p class="soft">${UNSHOWN}</p>`
      : `<pre><code>${markup(commands.join('\n'))}</code></pre><button type="button" class="copy">Copy</button>`;

const fixList = (fix: readonly FixStep[]): string =>
  `<ol>${fix.map(({ step, commands }) => `<li>${markup(step)}${commandsBlock(commands)}</li>`).join('')}</ol>`;

const MARKS = {
  error: '<span aria-hidden="true">✖</span> Error',
  warning: '<span aria-hidden="true">▲</span> Warning',
  note: '<span aria-hidden="true">●</span> Note',
} as const;

/** One finding, closed until somebody opens it. */
export const findingBlock = (finding: ReportedFinding, group: number, showChange: boolean): string => {
  const { severity, subject } = finding;
  const change = showChange && finding.change === 'new' ? ' <span class="tag">new</span>' : '';
  const affected = finding.affectedCount === 0 ? '' : `, ${count(finding.affectedCount, 'method')}`;
  const evidence = finding.evidence.map(
    ({ operation, field: name, value }) =>
      `<code>${markup(name)}</code> = <code>${markup(value)}</code> <span class="soft">${markup(operation)}</span>`,
  );
  return [
    `<details id="f-${markup(finding.id)}" data-severity="${severity}" data-rule="${markup(finding.rule)}" data-group="${group}">`,
    `<summary><span class="mark mark-${severity}">${MARKS[severity]}</span> <span class="what"><span class="title">${markup(finding.title)}</span>${change}`,
    ` <span class="soft">${markup(subject.label)}${affected}</span></span></summary>`,
    '<div class="body"><dl>',
    field(
      'Callers',
      `${markup(reachWords(finding))}; they get <code>${markup(symptomWords(finding.symptom))}</code>`,
    ),
    field('Why', markup(finding.message)),
    field('Where', `${markup(subject.label)}<br><code class="soft">${markup(subject.arn)}</code>`),
    field('Affected', list(affectedLines(finding.affected, Infinity).map(markup))),
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
