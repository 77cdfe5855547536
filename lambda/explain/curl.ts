import { ExplainInputError } from './input';

/** What a curl command line sends. */
export interface CurlCommand {
  readonly url: string;
  readonly method: string;
  /** `Name: value` lines, as curl would send them. */
  readonly headers: readonly string[];
  /** `-u`: `user:password`. */
  readonly user: string | null;
  /** `--aws-sigv4`: `aws:amz:REGION:SERVICE`, or less. */
  readonly signs: string | null;
}

const MAX_COMMAND = 200_000;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

const unclosed = (): never => {
  throw new ExplainInputError('curl', 'has a quote that is not closed');
};

/** The Windows shell escapes and continues lines with carets; browsers offer that form too. */
const withoutCarets = (text: string): string =>
  /\^(\r?\n|")/.test(text)
    ? text.replaceAll(/\^\r?\n/g, ' ').replaceAll(/\^([\s\S])/g, (_, char: string) => char)
    : text;

/** Words of a POSIX shell line with bash's `$'…'`, which browsers write; nothing is expanded or run. */
export const shellWords = (given: string): readonly string[] => {
  const text = withoutCarets(given);
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  const add = (part: string): void => {
    word = (word ?? '') + part;
  };
  const closing = (quote: string): string => {
    const end = text.indexOf(quote, at);
    if (end < 0) return unclosed();
    const part = text.slice(at, end);
    at = end + 1;
    return part;
  };
  const ansi = (): void => {
    for (add(''); ;) {
      const char = text[at];
      if (char === undefined) unclosed();
      at += 1;
      if (char === "'") return;
      if (char !== '\\') {
        add(char ?? '');
        continue;
      }
      const hex = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4}))/.exec(text.slice(at, at + 5));
      if (hex !== null) {
        at += hex[0].length;
        add(String.fromCharCode(Number.parseInt(hex[1] ?? hex[2] ?? '0', 16)));
        continue;
      }
      const escaped = text[at] ?? '';
      at += 1;
      add(ESCAPES[escaped] ?? `\\${escaped}`);
    }
  };
  const double = (): void => {
    for (add(''); ;) {
      const char = text[at];
      if (char === undefined) unclosed();
      at += 1;
      if (char === '"') return;
      const next = text[at];
      if (char === '\\' && next !== undefined && '$`"\\\n'.includes(next)) {
        at += 1;
        if (next !== '\n') add(next);
      } else add(char ?? '');
    }
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    at += 1;
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === "'") add(closing("'"));
    else if (char === '"') double();
    else if (char === '$' && text[at] === "'") {
      at += 1;
      ansi();
    } else if (char === '\\') {
      const next = text[at];
      at += 1;
      if (next === '\r' && text[at] === '\n') at += 1;
      else if (next !== undefined && next !== '\n') add(next);
    } else add(char);
  }
  if (word !== null) words.push(word);
  return words;
};

/** Short options that take a value, which may be glued to them. */
const SHORT_WITH_VALUE = new Set('XHdubAeFmoTwxDEKQUYtyzcCPr');
const LONG_WITHOUT_VALUE = new Set([
  'compressed',
  'location',
  'insecure',
  'silent',
  'show-error',
  'include',
  'verbose',
  'head',
  'get',
  'fail',
  'globoff',
  'http1.1',
  'http1.0',
  'http2',
  'http3',
  'path-as-is',
  'no-buffer',
  'location-trusted',
  'anyauth',
  'basic',
  'digest',
  'ipv4',
  'ipv6',
  'tlsv1.2',
  'tlsv1.3',
  'no-keepalive',
  'raw',
  'progress-bar',
]);
const LONG_NAMES: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  u: 'user',
  I: 'head',
  G: 'get',
  F: 'form',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  T: 'upload-file',
};

interface Option {
  readonly name: string;
  readonly value: string;
}

interface Arguments {
  readonly options: readonly Option[];
  readonly urls: readonly string[];
}

const readArguments = (words: readonly string[]): Arguments => {
  const options: Option[] = [];
  const urls: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--') && word.length > 2) {
      const [name = '', ...glued] = word.slice(2).split('=');
      if (LONG_WITHOUT_VALUE.has(name)) options.push({ name, value: '' });
      else options.push({ name, value: glued.length > 0 ? glued.join('=') : (rest.shift() ?? '') });
    } else if (word.startsWith('-') && word.length > 1) {
      for (let index = 1; index < word.length; index += 1) {
        const letter = word[index] ?? '';
        const name = LONG_NAMES[letter] ?? letter;
        if (!SHORT_WITH_VALUE.has(letter)) {
          options.push({ name, value: '' });
          continue;
        }
        const glued = word.slice(index + 1);
        options.push({ name, value: glued === '' ? (rest.shift() ?? '') : glued });
        break;
      }
    } else urls.push(word);
  }
  return { options, urls };
};

/** The verb that curl chooses when none is given. */
const defaultMethod = (options: readonly Option[]): string => {
  const has = (test: (name: string) => boolean): boolean => options.some(({ name }) => test(name));
  if (has((name) => name === 'head')) return 'HEAD';
  if (has((name) => name === 'get')) return 'GET';
  if (has((name) => name === 'upload-file')) return 'PUT';
  return has((name) => name.startsWith('data') || name.startsWith('form') || name === 'json')
    ? 'POST'
    : 'GET';
};

/** Reads a pasted curl command; options that do not bear on who gets in are passed over. */
export const parseCurl = (text: string): CurlCommand => {
  if (text.length > MAX_COMMAND) {
    throw new ExplainInputError('curl', `is longer than ${String(MAX_COMMAND)} characters`);
  }
  const [first, ...words] = shellWords(text.trim().replace(/^\$\s+/, ''));
  if (first === undefined || !/(^|\/)curl(\.exe)?$/.test(first)) {
    throw new ExplainInputError('curl', 'does not begin with curl');
  }
  const { options, urls } = readArguments(words);
  const valueOf = (name: string): string | undefined => options.findLast((one) => one.name === name)?.value;
  const url = valueOf('url') ?? urls[0];
  if (url === undefined) throw new ExplainInputError('curl', 'has no URL');
  const agent = valueOf('user-agent');
  const referer = valueOf('referer');
  const bearer = valueOf('oauth2-bearer');
  return {
    url,
    method: (valueOf('request') ?? defaultMethod(options)).toUpperCase(),
    headers: [
      ...options.filter(({ name }) => name === 'header').map(({ value }) => value),
      ...(agent === undefined ? [] : [`User-Agent: ${agent}`]),
      ...(referer === undefined ? [] : [`Referer: ${referer}`]),
      ...(bearer === undefined ? [] : [`Authorization: Bearer ${bearer}`]),
    ],
    user: valueOf('user') ?? null,
    signs: valueOf('aws-sigv4') ?? null,
  };
};
