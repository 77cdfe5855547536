import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { silently } from '../../support/silence-tests';
import { caseFile } from '../policy/case-format';

const TESTS = path.join(__dirname, '..', '..');

/** A statement about AWS that speaks of a request's fate. */
export interface Fact {
  /** `COG-5` */
  readonly id: string;
  /** How sure it is: documented (D), said by AWS staff (S), recorded on AWS (R), observed by others (O), uncertain (U). */
  readonly level: readonly ('D' | 'S' | 'R' | 'O' | 'U')[];
  readonly says: string;
  /** Why no case holds it. */
  readonly uncovered?: string;
}

/** A test that holds a fact. */
export interface Case {
  readonly fact: string;
  /** From `test/`. */
  readonly file: string;
  readonly name: string;
}

export const FACTS: readonly Fact[] = JSON.parse(
  readFileSync(path.join(__dirname, 'facts.json'), 'utf8'),
) as readonly Fact[];

const filesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(path.join(TESTS, folder))
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => `${folder}/${name}`);

interface Row {
  readonly fact: string;
  readonly when: string;
}

/** Rows of the fact tables: a file's default export. */
const ofTables = (): readonly Case[] =>
  filesIn('gateway/facts', '.test.ts')
    .filter((file) => file !== 'gateway/facts/covered.test.ts')
    .flatMap((file) => {
      const { default: rows } = silently(
        () => require(path.join(TESTS, file)) as { default?: readonly Row[] },
      );
      if (rows === undefined) throw new Error(`${file} does not export its table as its default`);
      return rows.map(({ fact, when }) => ({ fact, file, name: when }));
    });

const ofPolicies = (): readonly Case[] =>
  filesIn('gateway/policy/cases', '.json')
    .filter((file) => !file.endsWith('/schema.json'))
    .flatMap((file) =>
      caseFile
        .parse(JSON.parse(readFileSync(path.join(TESTS, file), 'utf8')))
        .cases.flatMap(({ id, facts }) => facts.map((fact) => ({ fact, file, name: id }))),
    );

const TITLE = /(['"`])((?:(?!\1)[^\\\n])*)\((([A-Z]{3}-\d+[a-z]?)(?:, [A-Z]{3}-\d+[a-z]?)*)\)\1/g;

/** Other tests name the facts they hold at the end of their titles: `… (CLI-8)`. */
const ofTitles = (): readonly Case[] =>
  [...filesIn('gateway', '.test.ts'), ...filesIn('explain', '.test.ts')].flatMap((file) =>
    [...readFileSync(path.join(TESTS, file), 'utf8').matchAll(TITLE)].flatMap(([, , title = '', ids = '']) =>
      ids.split(', ').map((fact) => ({ fact, file, name: title.trim() })),
    ),
  );

/** Every case that holds a fact. */
export const allCases = (): readonly Case[] => [...ofTables(), ...ofPolicies(), ...ofTitles()];
