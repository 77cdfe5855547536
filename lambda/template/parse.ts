import { Lexer, parseDocument, type Tags, type YAMLError } from 'yaml';
import { SHORT_FORMS } from './short-forms';
import { TemplateError } from './template-error';

/** CloudFormation takes templates of one megabyte; assemblies of the CDK may be larger than what is deployed. */
const MAX_LENGTH = 5_000_000;
/** Nothing that CloudFormation takes is nested as deep. */
const MAX_DEPTH = 100;

/** YAML 1.1 without what CloudFormation leaves out of it: `2012-10-17` is a text. */
const LEFT_OUT: ReadonlySet<string> = new Set(
  ['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`),
);

const BOOLEAN = 'tag:yaml.org,2002:bool';

/** The parsers of Java and Python, which CloudFormation's tools are made of, take `y` and `n` for texts. */
const withoutLetters = (tag: Tags[number]): Tags[number] =>
  typeof tag === 'string' || tag.tag !== BOOLEAN || !('test' in tag) || tag.test === undefined
    ? tag
    : { ...tag, test: new RegExp(`(?![YyNn]$)${tag.test.source}`) };

const tagsOf = (usual: Tags): Tags => [
  ...usual.filter((tag) => typeof tag === 'string' || !LEFT_OUT.has(tag.tag)).map(withoutLetters),
  ...SHORT_FORMS,
];

/** What stands at a place of the text when it is a name; nothing else of a file is repeated. */
const nameAt = (text: string, [start]: YAMLError['pos']): string | null =>
  /^["']?([A-Za-z0-9_:.!-]{0,254}[A-Za-z0-9_])/.exec(text.slice(start, start + 300))?.[1] ?? null;

const complaint = (text: string, error: YAMLError): string => {
  const place = error.linePos?.[0];
  const where = place === undefined ? '' : ` in line ${place.line}, column ${place.col}`;
  const name = nameAt(text, error.pos);
  if (error.code === 'DUPLICATE_KEY') return `${name ?? 'a key'} stands there twice${where}`;
  if (error.code === 'TAG_RESOLVE_FAILED' && name !== null) {
    return `${name} is no function of CloudFormation${where}`;
  }
  return `it goes wrong${where} (${error.code})`;
};

/** Every level of a block stands further to the right. */
const MAX_INDENT = 4 * MAX_DEPTH;

/** The parser calls itself for each level; how deep they go must be known before. */
const isTooDeep = (text: string): boolean => {
  if (new RegExp(`^[ ?-]{${MAX_INDENT}}`, 'm').test(text)) return true;
  let depth = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '[' || lexeme === '{') depth += 1;
    else if (lexeme === ']' || lexeme === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
};

const tooDeep = (file: string): TemplateError =>
  new TemplateError(`${file} is nested deeper than ${MAX_DEPTH} levels.`);

const readYaml = (text: string, file: string): unknown => {
  if (isTooDeep(text)) throw tooDeep(file);
  const document = parseDocument(text, {
    version: '1.1',
    merge: true,
    customTags: tagsOf,
    uniqueKeys: true,
    logLevel: 'error',
  });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined)
    throw new TemplateError(`${file} is neither JSON nor YAML: ${complaint(text, fault)}.`);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // The parser says both by errors without a place.
    const why =
      error instanceof ReferenceError
        ? 'names its anchors so often that it cannot be what a person wrote'
        : 'merges (<<) what is no map';
    throw new TemplateError(`${file} ${why}.`);
  }
};

const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const own: readonly unknown[] = Object.values(value);
  const inner = own.reduce((sum: number, item) => sum + countKeys(item), 0);
  return Array.isArray(value) ? inner : inner + own.length;
};

/** In JSON a text before a colon is a key, and nothing else is. */
const KEYS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** `JSON.parse` takes the last of two keys that are the same, in silence. */
const hasTwice = (text: string, value: unknown): boolean => {
  let keys = 0;
  for (const [, colon] of text.matchAll(KEYS)) if (colon !== undefined) keys += 1;
  return keys !== countKeys(value);
};

/** `null`: it is not JSON, or has a name twice, and the parser of YAML says where. */
const readJson = (text: string, file: string): { readonly value: unknown } | null => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's message repeats a piece of the file, which may be any file.
    return null;
  }
  checkDepth(value, file);
  return hasTwice(text, value) ? null : { value };
};

const checkDepth = (value: unknown, file: string, depth = 0): void => {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw tooDeep(file);
  for (const item of Object.values(value)) checkDepth(item, file, depth + 1);
};

/**
 * The content of a JSON or YAML file, intrinsic functions in their long form.
 * @throws TemplateError that names the file and the place
 */
export const parseText = (text: string, file: string): unknown => {
  if (text.length > MAX_LENGTH) {
    throw new TemplateError(`${file} is larger than ${MAX_LENGTH / 1_000_000} MB: it is no template.`);
  }
  // Faster than the parser of YAML, which takes JSON as well.
  const json = /^\s*\{/.test(text) ? readJson(text, file) : null;
  if (json !== null) return json.value;
  const value = readYaml(text, file);
  checkDepth(value, file);
  return value;
};
