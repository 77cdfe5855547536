import { docsOf } from '../findings/collate';
import { severityOf } from '../findings/finding';
import { jsonText } from '../report/escape';
import { count, symptomWords } from '../report/words';
import { wrap, type TextLook } from '../report/text';
import { catalogue } from '../rules/catalogue';
import { selectRules } from '../rules/select-rules';
import type { Rule } from '../rules/rule';
import { UsageError } from './usage-error';

const described = (rule: Rule): object => ({
  id: rule.id,
  aliases: rule.aliases ?? [],
  severity: severityOf(rule.reach),
  reach: rule.reach,
  ...(rule.callers === undefined ? {} : { callers: rule.callers }),
  gate: rule.gate,
  symptom: rule.symptom,
  title: rule.title,
  why: rule.why,
  fix: rule.fix,
  sources: rule.sources,
  docs: docsOf(rule.id),
});

const listText = (rules: readonly Rule[], { colors }: TextLook): string => {
  const lines: string[] = [];
  let family = '';
  const longest = Math.max(...rules.map(({ id }) => id.length));
  for (const rule of [...rules].sort((left, right) => left.id.localeCompare(right.id, 'en'))) {
    const [itsFamily = ''] = rule.id.split('/');
    if (itsFamily !== family) {
      if (family !== '') lines.push('');
      lines.push(colors.bold(itsFamily));
      family = itsFamily;
    }
    lines.push(`  ${rule.id.padEnd(longest)}  ${severityOf(rule.reach).padEnd(7)}  ${rule.title}`);
  }
  lines.push('', `${count(rules.length, 'rule')}; "api-auth-auditor rules ID" explains one.`);
  return `${lines.join('\n')}\n`;
};

const pageText = (rule: Rule, { colors, width }: TextLook): string => {
  const room = Math.min(Math.max(width, 60), 100);
  const section = (heading: string, paragraphs: readonly string[]): readonly string[] => [
    '',
    colors.bold(heading),
    ...paragraphs.flatMap((paragraph) => wrap(paragraph, room - 2).map((line) => `  ${line}`)),
  ];
  return `${[
    colors.bold(rule.title),
    colors.dim(
      `${rule.id}, ${severityOf(rule.reach)}${rule.callers === undefined ? '' : `, ${rule.callers}`}`,
    ),
    ...section('What the caller sees', [symptomWords(rule.symptom)]),
    ...section('Why', [rule.why]),
    ...section(
      'Fix',
      rule.fix.map((step, index) => `${index + 1}. ${step}`),
    ),
    ...section('Sources', rule.sources),
    ...section('Page', [docsOf(rule.id)]),
  ].join('\n')}\n`;
};

const isFamily = (id: string): boolean => id.endsWith('/');

/**
 * The catalogue, a family of it, or one rule.
 *
 * @throws UsageError when there is no such rule.
 */
export const rulesText = (id: string | undefined, format: 'text' | 'json', look: TextLook): string => {
  const selection = selectRules(catalogue, id === undefined ? [] : [id]);
  if ('unknown' in selection) throw new UsageError(unknownRule(selection));
  const { rules } = selection;
  const [only] = rules;
  const single = id !== undefined && !isFamily(id) ? only : undefined;
  if (format === 'json') return jsonText(single === undefined ? rules.map(described) : described(single));
  return single === undefined ? listText(rules, look) : pageText(single, look);
};

export const unknownRule = (given: { readonly unknown: string; readonly nearest: string | null }): string =>
  given.nearest === null
    ? `There is no rule ${given.unknown}; "api-auth-auditor rules" lists them.`
    : `There is no rule ${given.unknown}. Did you mean ${given.nearest}?`;
