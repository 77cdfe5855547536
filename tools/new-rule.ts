import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const IDS = path.join(ROOT, 'test', 'fixtures', 'rule-ids.json');
const CATALOGUE = path.join(ROOT, 'lambda', 'rules', 'catalogue.ts');

const camel = (name: string): string =>
  name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export const ruleFile = (id: string): string => `import { isKnown } from '../../model/known';
import { deploymentRule } from '../rule';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: '${id}',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'The fault as a fact, at most 90 characters, without a full stop',
  why: 'The mechanism, in one paragraph.',
  fix: ['The step that alone stops the bleeding.'],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/'],
  facts: ['FACT-0'],
  needs: [],

  *check(deployment, account) {
    const subject = stageSubject(account, deployment.api, deployment.stage);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const faulty = deployment.methods.value.filter(() => false);
    if (faulty.length === 0) return;
    yield flag({
      subject,
      affected: affectedOf(deployment, faulty),
      message: 'One or two sentences with the names in them.',
      evidence: [],
      fix: [],
    });
  },
});
`;

export const tableFile = (id: string): string => `import rule from '../../../lambda/rules/${id}';
import { account, denied, method, restApi } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

export default ruleTable(rule, {
  flags: [
    {
      when: 'the plainest account that has the fault',
      account: account({ restApis: [restApi('shop', { methods: [method('GET', '/orders')] })] }),
      expect: [
        { at: 'shop (idshop) stage prod', saying: 'One or two sentences with the names in them.' },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'the nearest miss: the same account, one thing changed',
      account: account({ restApis: [restApi('shop', { methods: [method('POST', '/orders')] })] }),
    },
    {
      when: 'an account without APIs',
      account: account(),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods of the stage were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetExport') })] }),
      missing: ['GetExport'],
    },
  ],
});
`;

/** The catalogue with the rule imported and listed last; order within a gate is for the author to choose. */
export const withRule = (catalogue: string, id: string): string => {
  const name = camel(id.split('/')[1] ?? id);
  const entry = `import ${name} from './${id}';`;
  const listed = catalogue
    .replace(/\n\];\n?$/, `\n  ${name},\n];\n`)
    .replace(/\[([^\n\]]+)\];\n?$/, `[$1, ${name}];\n`);
  if (listed === catalogue) throw new Error('lambda/rules/catalogue.ts does not end with its list');
  return listed.replace(
    "import type { Rule } from './rule';",
    `${entry}\nimport type { Rule } from './rule';`,
  );
};

/** The ids that other tools know, with this one in its place, at the reach that the file of a rule begins with. */
export const withId = (ids: string, id: string): string => {
  const known = { ...(JSON.parse(ids) as Readonly<Record<string, string>>), [id]: 'every-call' };
  const sorted = Object.entries(known).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
};

/** What a rule needs besides its file and its table, in the order in which tests ask for it. */
const nextSteps = (id: string): string =>
  [
    'added to lambda/rules/catalogue.ts and test/fixtures/rule-ids.json (there too, when its reach is another). Left to do:',
    `  npx jest test/rules/${id}                  its table is red until the rule is written`,
    `  npx jest test/rules/${id} -u               then write down what it proves, and read that`,
    '  tools/cdk-fixes                            its fix as CDK code',
    '  test/golden-accounts/zoo                   an example of it; nothing in healthy, nothing to warn of in usual',
    '  test/emulator/loops                        a call that it refuses, or in test/live/without-loop.ts why none shows it',
    '  npm run format && npm run docs && npm run check',
  ].join('\n');

const write = (name: string, text: string): void => {
  const file = path.join(ROOT, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.error(`wrote ${name}`);
};

const main = (id: string | undefined): number => {
  if (id === undefined || !/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(id)) {
    console.error('Give the id: npm run new-rule family/fault-as-a-noun-phrase');
    return 1;
  }
  const rule = `lambda/rules/${id}.ts`;
  if (existsSync(path.join(ROOT, rule))) {
    console.error(`${rule} exists already`);
    return 1;
  }
  write(rule, ruleFile(id));
  write(`test/rules/${id}.test.ts`, tableFile(id));
  writeFileSync(CATALOGUE, withRule(readFileSync(CATALOGUE, 'utf8'), id));
  writeFileSync(IDS, withId(readFileSync(IDS, 'utf8'), id));
  console.error(nextSteps(id));
  return 0;
};

if (require.main === module) process.exitCode = main(process.argv[2]);
