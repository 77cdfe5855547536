import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Rules whose fix is nothing that a stack can declare. */
const UNDECLARED: Readonly<Record<string, string>> = {
  'clients/pool-without-users': 'Users are data of the pool: a stack does not declare them.',
  'edge/domain-not-available':
    'What the status asks for, such as a validated certificate or proof of ownership, is done outside the stack.',
};

const REGION = /^( *)\/\/ #region ([^\n]+)\n([\s\S]*?)^ *\/\/ #endregion$/gm;

const readAll = (): ReadonlyMap<string, string> => {
  const byRule = new Map<string, string>();
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.ts') && file !== 'cdk-fix.ts')) {
    for (const [, indent = '', rules = '', code = ''] of readFileSync(
      path.join(__dirname, name),
      'utf8',
    ).matchAll(REGION)) {
      const text = code
        .split('\n')
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
        .join('\n')
        .trim();
      for (const rule of rules.trim().split(' ')) {
        if (byRule.has(rule)) throw new Error(`${rule} has two CDK fixes`);
        byRule.set(rule, text);
      }
    }
  }
  return byRule;
};

export type CdkFix = { readonly code: string } | { readonly because: string };

let fixes: ReadonlyMap<string, string> | undefined;

/** Rules with a fix as CDK code. */
export const rulesWithCdkFix = (): readonly string[] => [...(fixes ??= readAll()).keys()];

/** The fix of a rule as code of the CDK, out of the functions of this folder that the compiler checks and a test runs. */
export const cdkFixOf = (ruleId: string): CdkFix => {
  const code = (fixes ??= readAll()).get(ruleId);
  if (code !== undefined) return { code };
  const because = UNDECLARED[ruleId];
  if (because === undefined)
    throw new Error(`${ruleId} has no fix in tools/cdk-fixes, and no word why it has none`);
  return { because };
};
