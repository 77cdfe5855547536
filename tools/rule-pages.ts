import pc from 'picocolors';
import { permissionOf, type Operation } from '../lambda/collect/permissions';
import { Collation } from '../lambda/findings/collate';
import { severityOf } from '../lambda/findings/finding';
import type { SliceName } from '../lambda/model/account';
import { codeBlock, codeSpan, markdown } from '../lambda/report/escape';
import { findingText } from '../lambda/report/text';
import type { ReportedFinding } from '../lambda/result';
import { reachWords, symptomWords } from '../lambda/report/words';
import type { Rule } from '../lambda/rules/rule';
import type { Symptom } from '../lambda/rules/verdict';
import { FACTS } from '../test/gateway/facts/covered';
import { judge, type RuleTable } from '../test/support/rule-table';
import { cdkFixOf } from './cdk-fixes/cdk-fix';

/** What fills each slice of the model. */
const FILLED_BY: Readonly<Record<SliceName, readonly Operation[]>> = {
  usagePlans: ['GetUsagePlans', 'GetUsagePlanKeys'],
  apiKeys: ['GetApiKeys'],
  domains: ['GetDomainNames', 'GetBasePathMappings', 'GetApiMappings', 'ListRoutingRules'],
  domainAccessAssociations: ['GetDomainNameAccessAssociations'],
  userPools: [
    'DescribeUserPool',
    'ListUserPoolClients',
    'DescribeUserPoolClient',
    'ListResourceServers',
    'ListIdentityProviders',
    'DescribeUserPoolDomain',
  ],
  functions: ['GetFunctionConfiguration', 'GetPolicy', 'GetFunctionConcurrency'],
  vpcEndpoints: ['DescribeVpcEndpoints'],
  webAcls: ['GetWebACL'],
  distributions: ['ListDistributions', 'GetCachePolicy', 'GetOriginRequestPolicy'],
  gatewayAccount: ['GetAccount'],
  callerRoles: [],
};

const EVERY_API: readonly Operation[] = [
  'GetRestApis',
  'GetResources',
  'GetAuthorizers',
  'GetGatewayResponses',
  'GetStages',
  'GetDeployment',
  'GetDeployments',
  'GetExport',
];

const actionsOf = (rule: Rule): readonly string[] => {
  const operations = [...EVERY_API, ...rule.needs.flatMap((slice) => FILLED_BY[slice])];
  const actions = operations.map(permissionOf).filter((action) => action !== null);
  return [...new Set(actions)].sort();
};

/** The first row that the rule flags, judged by the engine. */
const exampleOf = ({ rule, flags }: RuleTable): ReportedFinding => {
  const collation = new Collation();
  collation.add(judge(rule, flags[0].account).raised);
  const [finding] = collation.findings();
  if (finding === undefined) throw new Error(`${rule.id}: its first flags row gives no finding`);
  return { ...finding, change: 'new', firstSeen: flags[0].account.collectedAt };
};

const list = (items: readonly string[]): readonly string[] => items.map((item) => `- ${item}`);

const seenBy = ({ reach, callers, symptom, otherwise }: Rule): readonly string[] => {
  const words = reachWords({ reach, when: 'now', ...(callers === undefined ? {} : { callers }) });
  const type =
    symptom.responseType === null || symptom.body === null ? '' : ` (${codeSpan(symptom.responseType)})`;
  return [
    `${codeSpan(symptomWords(symptom))}${type}. Callers: ${markdown(words)}.`,
    ...(otherwise === undefined
      ? []
      : [
          '',
          `Callers who ${markdown(otherwise.callers)} see one of:`,
          '',
          ...list(otherwise.symptoms.map((one) => codeSpan(symptomWords(one)))),
        ]),
  ];
};

/** Rows of which nothing found has the reach that the rule has as a rule: each condition that makes it less certain, or more. */
const otherReach = ({ rule, flags }: RuleTable): readonly string[] => {
  const rows = flags.flatMap(({ when, expect }) => {
    const [reach, ...others] = new Set(expect.map((one) => one.reach ?? rule.reach));
    return reach === undefined || reach === rule.reach || others.length > 0
      ? []
      : [`${severityOf(reach)}: ${when}`];
  });
  return rows.length === 0 ? [] : ['', 'Of another severity are:', '', ...list(rows.map(markdown))];
};

/** What scanners make of it, for people who were told the opposite. */
const scannerWords = ({ scanners }: Rule): readonly string[] => {
  if (scanners === undefined) return [];
  const checks = scanners.checks.map((check) => {
    const [name, id] = [check.slice(0, check.lastIndexOf(' ')), check.slice(check.lastIndexOf(' ') + 1)];
    return `${markdown(name)} ${codeSpan(id)}`;
  });
  return [
    '',
    `Scanners that ask that ${markdown(scanners.asks)}: ${checks.join(', ')}. ${markdown(scanners.both)}`,
  ];
};

/** The facts by which the gateway decides too; what each says stands in their table. */
const factWords = ({ facts }: Rule): readonly string[] => {
  const told = facts.filter((id) => FACTS.some((fact) => fact.id === id));
  return told.length === 0
    ? []
    : ['', `Facts about AWS, as ${codeSpan('docs/facts.md')} has them: ${told.map(codeSpan).join(', ')}.`];
};

const commandLineWords = ({ fix }: ReportedFinding): readonly string[] =>
  fix.some(({ commands }) => commands.length > 0)
    ? [
        'With the command line: as in the example below; a report prints the commands with the names of your account.',
        '',
      ]
    : [];

const cdkWords = (ruleId: string): readonly string[] => {
  const fix = cdkFixOf(ruleId);
  return 'code' in fix
    ? ['With the CDK:', '', codeBlock(fix.code, 'ts')]
    : [`With the CDK: ${markdown(fix.because)}`];
};

/** The page of a rule, from the rule and the table that tests it. */
export const rulePage = (table: RuleTable): string => {
  const { rule, staysSilent, cannotTell } = table;
  const example = exampleOf(table);
  return `${[
    `# ${markdown(rule.title)}`,
    '',
    `${codeSpan(rule.id)}, ${severityOf(rule.reach)}${rule.aliases === undefined ? '' : `; formerly ${rule.aliases.map(codeSpan).join(', ')}`}`,
    '',
    '## What the caller sees',
    '',
    ...seenBy(rule),
    ...otherReach(table),
    '',
    '## Why',
    '',
    markdown(rule.why),
    ...scannerWords(rule),
    '',
    '## Fix',
    '',
    ...rule.fix.map((step, index) => `${index + 1}. ${markdown(step)}`),
    '',
    ...commandLineWords(example),
    ...cdkWords(rule.id),
    '',
    '## Example',
    '',
    codeBlock(findingText(example, { width: 100, colors: pc.createColors(false) }), 'text'),
    '',
    '## When it stays silent',
    '',
    ...list(staysSilent.map(({ when }) => markdown(when))),
    '',
    '## When it cannot tell',
    '',
    ...(cannotTell.length === 0
      ? ['It needs nothing that could be unreadable by itself.']
      : list(cannotTell.map(({ when }) => markdown(when)))),
    '',
    '## Permissions it needs',
    '',
    ...list(actionsOf(rule).map(codeSpan)),
    '',
    '## Sources',
    '',
    ...list(rule.sources.map((source) => `<${source}>`)),
    ...factWords(rule),
  ].join('\n')}\n`;
};

const statusHeading = ({ status }: Symptom): string =>
  status === null ? 'No answer of API Gateway' : `Status ${status}`;

/** All that callers meet by the fault of a rule: its own symptom, and those that its flags have in other cases. */
const symptomsOf = ({ rule, flags }: RuleTable): readonly Symptom[] => {
  const raised = flags.flatMap(({ account }) => judge(rule, account).raised);
  const all = [
    rule.symptom,
    ...(rule.otherwise?.symptoms ?? []),
    ...raised.flatMap(({ flag }) => flag.symptom ?? []),
  ];
  return [...new Map(all.map((symptom) => [symptomWords(symptom), symptom])).values()];
};

/** People arrive with a status and a body, not with a category: rules by both, each under all that its callers meet. */
export const ruleIndex = (tables: readonly RuleTable[]): string => {
  const byStatus = new Map<string, Map<string, Rule[]>>();
  const entries = tables
    .flatMap((table) => symptomsOf(table).map((symptom) => ({ rule: table.rule, symptom })))
    .sort(
      (left, right) =>
        (left.symptom.status ?? 999) - (right.symptom.status ?? 999) ||
        left.rule.id.localeCompare(right.rule.id, 'en'),
    );
  for (const { rule, symptom } of entries) {
    const status = statusHeading(symptom);
    const body = symptomWords(symptom);
    const bodies = byStatus.get(status) ?? new Map<string, Rule[]>();
    byStatus.set(status, bodies.set(body, [...(bodies.get(body) ?? []), rule]));
  }
  const lines = [
    '# Rules by what the caller sees',
    '',
    `${tables.length} rules. Find the status and the body that the caller got; the rules under it are its possible causes. One answer can have causes outside the configuration, such as an expired token; \`api-auth-auditor explain\` follows one request through all gates.`,
  ];
  for (const [status, bodies] of byStatus) {
    lines.push('', `## ${status}`);
    for (const [body, members] of bodies) {
      lines.push('', `### ${codeSpan(body)}`, '');
      for (const rule of members) {
        lines.push(`- [${rule.id}](${rule.id}.md), ${severityOf(rule.reach)}: ${markdown(rule.title)}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
};
