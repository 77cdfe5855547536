import { codeSpan, markdown } from '../lambda/report/escape';
import type { Case, Fact } from '../test/gateway/facts/covered';

const SECTIONS: Readonly<Record<string, string>> = {
  ORD: 'The order of the gates',
  RTE: 'Routing',
  GWR: 'Gateway responses',
  MSG: 'Statuses and bodies',
  COG: 'Cognito authorizers',
  TST: 'Test tools of the console',
  LAM: 'Lambda authorizers',
  IAM: 'AWS_IAM methods',
  POL: 'Resource policies',
  DEP: 'Deployments and stages',
  KEY: 'API keys and usage plans',
  DOM: 'Custom domains',
  CRS: 'Preflights and CORS',
  CLI: 'App clients and their tokens',
  PRV: 'Private APIs',
  WAF: 'Web ACLs',
  MIS: 'Other causes',
};

const LEVELS: Readonly<Record<Fact['level'][number], string>> = {
  D: 'documented',
  S: 'AWS staff',
  R: 'recorded on AWS',
  O: 'observed',
  U: 'uncertain',
};

/** Cases named of one file; the rest are counted. */
const MOST_NAMES = 4;

const listCases = (cases: readonly Case[]): string => {
  const byFile = new Map<string, string[]>();
  for (const { file, name } of cases) byFile.set(file, [...(byFile.get(file) ?? []), name]);
  return [...byFile]
    .map(([file, names]) => {
      const more = names.length > MOST_NAMES ? `; and ${String(names.length - MOST_NAMES)} more` : '';
      const short = file.replace(/^gateway\//, '').replace(/\.(test\.ts|json)$/, '');
      return `[${short}](../test/${file}): ${names.slice(0, MOST_NAMES).map(markdown).join('; ')}${more}`;
    })
    .join('<br>');
};

/** The facts that speak of a request's fate, each with the cases that hold it. */
export const factsPage = (facts: readonly Fact[], cases: readonly Case[]): string => {
  const covered = facts.filter(({ uncovered }) => uncovered === undefined).length;
  const byFact = new Map<string, Case[]>();
  for (const one of cases) byFact.set(one.fact, [...(byFact.get(one.fact) ?? []), one]);
  const lines = [
    '# What a request meets: facts and their cases',
    '',
    `The gateway decides by these facts about AWS; ${codeSpan('explain --format json')} names the one each gate rests on. ${String(facts.length)} facts speak of a request's fate. ${String(covered)} are held by ${String(cases.length)} cases; the others say why they are not. An answer can be that it cannot be told: what a Lambda function answers stands in no configuration, and a case holds that too.`,
    '',
    'A policy case is added as data, in [the folder of policy cases](../test/gateway/policy/cases); its schema says how.',
  ];
  for (const [prefix, title] of Object.entries(SECTIONS)) {
    const members = facts.filter(({ id }) => id.startsWith(prefix));
    if (members.length === 0) continue;
    lines.push('', `## ${title}`, '', '| Fact | What it says | Level | Cases |', '| --- | --- | --- | --- |');
    for (const { id, says, level, uncovered } of members) {
      const held = uncovered === undefined ? listCases(byFact.get(id) ?? []) : `none: ${markdown(uncovered)}`;
      lines.push(`| ${id} | ${markdown(says)} | ${level.map((one) => LEVELS[one]).join(', ')} | ${held} |`);
    }
  }
  return `${lines.join('\n')}\n`;
};
