import { docsOf } from '../findings/collate';
import { severityOf } from '../findings/finding';
import { jsonText } from '../report/escape';
import type { TextLook } from '../report/text';
import { count } from '../report/words';
import { catalogue } from '../rules/catalogue';
import { selectRules } from '../rules/select-rules';
import type { Rule } from '../rules/rule';
import { pageText } from './page-text';
import { rulePage } from './rule-page';
import { UsageError } from './usage-error';

const described = (rule: Rule): object => ({
  id: rule.id,
  aliases: rule.aliases ?? [],
  severity: severityOf(rule.reach),
  reach: rule.reach,
  ...(rule.callers === undefined ? {} : { callers: rule.callers }),
  gate: rule.gate,
  symptom: rule.symptom,
  ...(rule.otherwise === undefined ? {} : { otherwise: rule.otherwise }),
  title: rule.title,
  why: rule.why,
  fix: rule.fix,
  ...(rule.scanners === undefined ? {} : { scanners: rule.scanners }),
  sources: rule.sources,
  facts: rule.facts,
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
  return single === undefined ? listText(rules, look) : pageText(rulePage(single.id), look);
};

export const unknownRule = (given: { readonly unknown: string; readonly nearest: string | null }): string =>
  given.nearest === null
    ? `There is no rule ${given.unknown}; "api-auth-auditor rules" lists them.`
    : `There is no rule ${given.unknown}. Did you mean ${given.nearest}?`;
