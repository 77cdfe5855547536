import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The page of a rule, in Markdown. The build puts all pages in place of this module, so that the bundled command line prints them
 * wherever it lies.
 */
export const rulePage = (ruleId: string): string =>
  readFileSync(path.join(__dirname, '..', '..', 'docs', 'rules', `${ruleId}.md`), 'utf8');
