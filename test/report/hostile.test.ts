import type { AuditResult } from '../../lambda/result';
import { FORMATS } from './formats';
import { NAMES, named } from './hostile-names';
import { sample, scopeUndefined } from './sample';

const HARMLESS = named('orders');

const cellsOf = (csv: string): readonly (readonly string[])[] =>
  csv
    .split('\r\n')
    .filter(Boolean)
    .map((row) => [...row.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell));

/** A command that must not be shown has a sentence in its place. */
const COMMAND =
  /<pre><code>[^<]*<\/code><\/pre><button[^>]*>Copy<\/button>|<p class="soft">The command holds[^<]*<\/p>/g;

const tagsOf = (text: string): readonly string[] =>
  text.replaceAll(COMMAND, '').match(/<[a-z!?/][^\s>]*/gi) ?? [];

const keysOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, keysOf(one)]));
};

const withoutFences = (markdown: string): string =>
  markdown.replaceAll(/^(`{3,})sh\n[^]*?\n\1$/gm, 'a fence');

/** Lines that Markdown reads as structure: headings, tables, quotes, fences. */
const structureOf = (markdown: string): readonly string[] =>
  withoutFences(markdown)
    .split('\n')
    .flatMap((line) => /^\s*(?:#{1,6} |\||> |`{3,}|::)/.exec(line) ?? []);

describe.each(Object.entries(NAMES))('%s', (_, name) => {
  const result = named(name);

  test.each(Object.keys(FORMATS) as readonly (keyof typeof FORMATS)[])(
    'steers no reader of the %s report',
    (format) => {
      const text = FORMATS[format](result);
      expect(text.replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    },
  );

  test('adds no element to HTML and to JUnit', () => {
    for (const format of ['html', 'junit'] as const) {
      expect(tagsOf(FORMATS[format](result))).toEqual(tagsOf(FORMATS[format](HARMLESS)));
    }
  });

  test('adds no cell, no row and no formula to CSV', () => {
    const rows = cellsOf(FORMATS.csv(result));
    expect(rows.map(({ length }) => length)).toEqual(
      cellsOf(FORMATS.csv(HARMLESS)).map(({ length }) => length),
    );
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@|]/);
  });

  test('leaves JSON, SARIF and OCSF their shape, and JSON every word', () => {
    for (const format of ['json', 'sarif', 'ocsf'] as const) {
      const shape = keysOf(JSON.parse(FORMATS[format](result)));
      expect(shape).toEqual(keysOf(JSON.parse(FORMATS[format](HARMLESS))));
    }
    expect(JSON.parse(FORMATS.json(result))).toEqual(result);
  });

  test('makes no heading, mention, element or link of its own in Markdown', () => {
    const text = FORMATS.github(result);
    expect(structureOf(text)).toEqual(structureOf(FORMATS.github(HARMLESS)));
    const prose = withoutFences(text).replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
    expect(prose).not.toMatch(/<(?!!--)|@[a-z]|(?<!\\)\]\((?!https:\/\/example\.com\/rules\/)|:\/\/evil/i);
  });

  test('begins no line of the text report', () => {
    const text = FORMATS.text(result);
    expect(text).not.toMatch(/^(?:two|## three|\| four|::error|Subject:)/m);
  });
});

describe('5,000 findings', () => {
  const many: AuditResult = {
    ...sample,
    findings: Array.from({ length: 5000 }, (_, index) => ({
      ...scopeUndefined,
      id: `id-${index}-`,
      subject: {
        ...scopeUndefined.subject,
        restApiId: `api${index % 300}`,
        label: `shop (api${index % 300})`,
      },
    })),
    matrix: [],
  };
  const texts = Object.fromEntries(
    Object.entries(FORMATS).map(([format, write]) => [format, write(many)]),
  ) as Record<keyof typeof FORMATS, string>;

  test.each([
    ['html', /<details id="f-id-\d+-"/g],
    ['csv', /"id-\d+-",/g],
    ['json', /"id": "id-\d+-"/g],
    ['junit', /<failure /g],
    ['sarif', /"finding\/v1": "id-\d+-"/g],
    ['ocsf', /"uid": "id-\d+-"/g],
    ['text', /^ +Page +https:/gm],
  ] as const)('are all in the %s report', (format, pattern) => {
    expect(texts[format].match(pattern)).toHaveLength(5000);
  });

  test('fit what GitHub takes: 1 MiB of summary, 25,000 results', () => {
    expect(Buffer.byteLength(texts.github)).toBeLessThan(1_048_576);
    const shown = texts.github.split('\n### ').length - 1;
    const [, left = '0'] = /… and ([\d,]+) more findings/.exec(texts.github) ?? [];
    expect(shown + Number(left.replaceAll(',', ''))).toBe(5000);
  });
});
