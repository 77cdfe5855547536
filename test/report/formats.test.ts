import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pc from 'picocolors';
import * as z from 'zod';
import { csvReport } from '../../lambda/report/csv';
import { githubReport } from '../../lambda/report/github';
import { htmlReport } from '../../lambda/report/html';
import { jsonReport } from '../../lambda/report/json';
import { junitReport } from '../../lambda/report/junit';
import { ocsfReport } from '../../lambda/report/ocsf';
import { sarifReport } from '../../lambda/report/sarif';
import { auditSchema } from '../../lambda/report/schema';
import { textReport } from '../../lambda/report/text';
import type { AuditResult } from '../../lambda/result';
import { VERSION } from '../../lambda/version';
import { expectGolden } from '../support/golden';
import { FORMATS, PLAIN } from './formats';
import { ACCEPTED, clean, HOSTILE, sample, scopeUndefined } from './sample';

const parse = (text: string): unknown => JSON.parse(text);
const stable = (text: string): string => text.replaceAll(VERSION, 'VERSION');

/** As the golden files are called. */
const GOLDEN = [
  ['txt', (result) => textReport(result, PLAIN)],
  ['json', FORMATS.json],
  ['csv', FORMATS.csv],
  ['junit.xml', FORMATS.junit],
  ['sarif.json', (result) => stable(FORMATS.sarif(result))],
  ['ocsf.json', (result) => stable(FORMATS.ocsf(result))],
  ['html', FORMATS.html],
  ['github.md', FORMATS.github],
] as const satisfies readonly (readonly [name: string, write: (result: AuditResult) => string])[];

describe.each(GOLDEN)('the %s report', (name, write) => {
  test('of an incomplete audit with hostile names is the golden one', () => {
    expectGolden(`report/sample.${name}`, write(sample));
  });

  test('of a clean audit is the golden one', () => {
    expectGolden(`report/clean.${name}`, write(clean));
  });

  test('holds no control character but line breaks, and no invisible or bidirectional one', () => {
    expect(write(sample).replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  test('leaves the result alone', () => {
    const before = structuredClone(sample);
    write(sample);
    expect(sample).toEqual(before);
  });
});

describe('the text report', () => {
  test('opens with the incompleteness', () => {
    expect(textReport(sample, PLAIN).split('\n')[0]).toMatch(/^INCOMPLETE: 4 things/);
    expect(textReport(clean, PLAIN)).not.toContain('INCOMPLETE');
  });

  test('does not claim that nothing is wrong when it could not see everything', () => {
    const blind = { ...clean, coverage: sample.coverage };
    expect(textReport(blind, PLAIN)).toContain(
      'Nothing found that keeps callers out in what could be judged.',
    );
  });

  test('wraps prose to the width and never a command', () => {
    const text = textReport(sample, { ...PLAIN, width: 72 });
    const [command = ''] = scopeUndefined.fix[0]?.commands ?? [];
    expect(command.length).toBeGreaterThan(72);
    expect(text).toContain(`\n            ${command}\n`);
    const prose = text.split('\n').filter((line) => line.startsWith('  Why'));
    expect(Math.max(...prose.map(({ length }) => length))).toBeLessThanOrEqual(72);
  });

  test('prints the policy that is missing, and none where none is', () => {
    const { missingPolicy } = sample.coverage;
    const text = textReport(sample, PLAIN);
    expect(JSON.parse(text.slice(text.indexOf('\n{\n'), text.indexOf('\n}\n') + 3))).toEqual(missingPolicy);
    expect(textReport(clean, PLAIN)).not.toContain('"Statement"');
  });

  test('tells new findings from open ones, and names the resolved', () => {
    const [first = scopeUndefined, second = scopeUndefined, third = scopeUndefined] = sample.findings;
    const text = textReport(
      {
        ...sample,
        findings: [first, { ...second, change: 'open' }, { ...third, change: 'resolved' }],
      },
      PLAIN,
    );
    expect(text).toContain('✖ error new  A required scope');
    expect(text).toContain('▲ warning  App clients');
    expect(text).toContain('Resolved since the last run');
  });

  test('colours only when asked to', () => {
    const escape = String.fromCodePoint(27);
    expect(textReport(sample, PLAIN)).not.toContain(escape);
    expect(textReport(sample, { width: 100, colors: pc.createColors(true) })).toContain(`${escape}[31m`);
  });
});

test('the HTML report says what its matrix leaves out', () => {
  const html = htmlReport({ ...clean, matrix: [] }, { apis: 2, methods: 1300 });
  expect(html).toContain('Not shown: 2 APIs with 1,300 deployed methods');
  expect(htmlReport(clean, { apis: 0, methods: 0 })).not.toContain('Not shown');
});

test.each(Object.keys(FORMATS) as readonly (keyof typeof FORMATS)[])(
  'what somebody accepted stays in the %s report, with who, why and until when, and counts for nothing',
  (format) => {
    const findings = [{ ...scopeUndefined, id: 'accepted', suppressed: ACCEPTED }];
    const text = FORMATS[format]({ ...clean, summary: { ...clean.summary, suppressed: 1 }, findings });
    for (const word of [scopeUndefined.title, 'goes with the old shop', 'team-shop', '2026-12-31']) {
      expect(text.replaceAll(/\s+/g, ' ').replaceAll('\\-', '-')).toContain(word);
    }
    expect(text).not.toMatch(/<failure|"status": "New"|data-rule=/);
  },
);

test('the JSON report has exactly the fields of the published schema', () => {
  const published = parse(readFileSync(path.join(__dirname, '../../docs/schema/audit.schema.json'), 'utf8'));
  expect(published).toEqual(z.toJSONSchema(auditSchema, { io: 'input' }));
  const closed = new Ajv({ strict: false, validateFormats: false }).compile(
    Object.fromEntries(Object.entries(z.toJSONSchema(auditSchema)).filter(([key]) => key !== '$schema')),
  );
  closed(parse(jsonReport(sample)));
  expect(closed.errors).toBeNull();
  expect(closed({ ...sample, extra: 1 })).toBe(false);
});

describe('the SARIF report', () => {
  const schema = parse(readFileSync(path.join(__dirname, '../schemas/sarif-2.1.0.json'), 'utf8')) as object;
  const { $schema: _draft, id: _id, ...rest } = schema as { $schema: string; id: string };
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(rest);

  test.each([
    ['the sample', sample],
    ['a clean audit', clean],
  ])('of %s fits the schema of SARIF 2.1.0', (_, result) => {
    validate(parse(sarifReport(result)));
    expect(validate.errors).toBeNull();
  });

  test('the schema refuses what is no SARIF', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  test('gives every result a file, a fingerprint and the rule it names', () => {
    const log = parse(sarifReport(sample)) as {
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          partialFingerprints: Record<string, string>;
          locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
        }[];
      }[];
    };
    const [run] = log.runs;
    expect(run?.results).toHaveLength(3);
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.partialFingerprints['primaryLocationLineHash']).toMatch(/^[0-9a-f]{16}:1$/);
      expect(result.locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^aws\/eu-west-1\/\S+$/);
    }
  });
});

describe('the CSV report', () => {
  test('starts no cell with what a spreadsheet takes for a formula', () => {
    const [first = scopeUndefined] = sample.findings;
    for (const start of ['=', '+', '-', '@', ' =', '\t=']) {
      const text = csvReport({ ...clean, findings: [{ ...first, message: `${start}1+1` }] });
      expect(text).toContain(`"'${start.replace('\t', '\\t')}1+1"`.replace(`"'\\t`, '"\\t'));
    }
  });

  test('has the same number of cells in every row', () => {
    const rows = csvReport(sample).split('\r\n').filter(Boolean);
    const cells = rows.map((row) => [...row.matchAll(/"(?:[^"]|"")*"/g)].length);
    expect(rows).toHaveLength(1 + 3 + 4);
    expect(new Set(cells).size).toBe(1);
  });
});

const counted = (text: string, tag: string): number => text.split(`<${tag}`).length - 1;

describe('the JUnit report', () => {
  test.each([
    ['the sample', sample, { tests: 7, failures: 2, errors: 4 }],
    ['a clean audit', clean, { tests: 1, failures: 0, errors: 0 }],
  ])('counts what it holds: %s', (_, result, { tests, failures, errors }) => {
    const text = junitReport(result);
    expect(text).toContain(`tests="${tests}" failures="${failures}" errors="${errors}"`);
    expect(counted(text, 'testcase')).toBe(tests);
    expect(counted(text, 'failure')).toBe(failures);
    expect(counted(text, 'error ')).toBe(errors);
  });

  test('is closed where it is opened', () => {
    const open: string[] = [];
    const wrong: string[] = [];
    for (const [, slash, name = '', self] of junitReport(sample).matchAll(/<(\/?)([a-z-]+)[^<>]*?(\/?)>/g)) {
      if (slash === '/' && open.pop() !== name) wrong.push(name);
      if (slash !== '/' && self !== '/') open.push(name);
    }
    expect([open, wrong]).toEqual([[], []]);
  });
});

describe('the OCSF report', () => {
  const events = parse(ocsfReport(sample)) as {
    class_uid: number;
    category_uid: number;
    activity_id: number;
    type_uid: number;
    time: number;
    severity_id: number;
    metadata: { version: string; product: { vendor_name: string } };
    finding_info: { uid: string };
    compliance: { standards: string[]; status_id: number };
    cloud: { provider: string };
  }[];

  test('is one Compliance Finding a finding and a gap, with the attributes that class requires', () => {
    expect(events).toHaveLength(3 + 3);
    for (const event of events) {
      expect(event).toMatchObject({
        class_uid: 2003,
        category_uid: 2,
        type_uid: 200_300 + event.activity_id,
      });
      expect(event.time).toBe(Date.parse(sample.run.finishedAt));
      expect(event.metadata.product.vendor_name).not.toBe('');
      expect(event.finding_info.uid).not.toBe('');
      expect(event.compliance.standards.length).toBeGreaterThan(0);
      expect(event.cloud.provider).toBe('AWS');
    }
    expect(new Set(events.map((event) => event.finding_info.uid)).size).toBe(events.length);
  });

  test('says Fail of a finding, Warning of a gap and Pass of what was resolved', () => {
    expect(events.map((event) => event.compliance.status_id)).toEqual([3, 3, 3, 2, 2, 2]);
    const resolved = parse(
      ocsfReport({ ...clean, findings: [{ ...scopeUndefined, change: 'resolved' }] }),
    ) as typeof events;
    expect(resolved[0]).toMatchObject({ activity_id: 3, status_id: 4, compliance: { status_id: 1 } });
  });
});

describe('the HTML report', () => {
  const page = htmlReport(sample);

  test('lets only its own style and script run, and loads nothing', async () => {
    const { createHash } = await import('node:crypto');
    const hashOf = (tag: string): string => {
      const content = page.split(`<${tag}>`)[1]?.split(`</${tag}>`)[0] ?? '';
      expect(content.length).toBeGreaterThan(500);
      return createHash('sha256').update(content).digest('base64');
    };
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hashOf('style')}'; script-src 'sha256-${hashOf('script')}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<(script|style)\b/g)).toEqual(['<style', '<script']);
    expect(page).not.toMatch(/<[^>]+\s(src|style|on\w+)=/);
    expect(page).not.toMatch(/<(link|img|iframe|object|base)\b/);
  });

  test('names things without letting them be markup', () => {
    expect(page).not.toContain(HOSTILE.element);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;/script&gt;');
  });

  test('shows who gets in, stage by stage, with the API by its name', () => {
    expect(page).toContain('<span class="title">orders (a1b2c3) stage prod</span>');
    expect(page).toContain('2 methods, <span class="no">1 let no app client in</span>');
    expect(htmlReport(clean)).not.toContain('Who gets in');
  });

  test('names every affected method, however many', () => {
    const affected = Array.from({ length: 3000 }, (_, index) => ({
      restApiId: 'a1b2c3',
      stage: 'prod',
      method: `GET /things/${index}`,
    }));
    const wide = htmlReport({ ...clean, findings: [{ ...scopeUndefined, affected, affectedCount: 3000 }] });
    expect(wide.match(/GET \/things\/\d+/g)).toHaveLength(3000);
  });

  test('gives every finding an anchor and every control a label', () => {
    for (const { id } of sample.findings) expect(page).toContain(`id="f-${id}"`);
    const controls = page.match(/<(input|select)\b/g) ?? [];
    const labelled = page.match(/<label[^>]*>[^<]+<(input|select)\b/g) ?? [];
    expect(controls).toHaveLength(4);
    expect(labelled).toHaveLength(controls.length);
  });
});

describe('the GitHub summary', () => {
  test('turns no name into a link, a mention or a table', () => {
    const text = githubReport(sample);
    expect(text).not.toContain('](https://evil');
    expect(text).not.toContain('@everyone');
    expect(text).not.toContain('<img');
  });

  test('leaves out whole findings where it would not fit', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({ ...scopeUndefined, id: `id${index}` }));
    const text = githubReport({ ...clean, findings: many });
    expect(Buffer.byteLength(text)).toBeLessThan(1_048_576);
    const shown = text.split('### ').length - 1;
    expect(text).toContain(`… and ${3000 - shown} more findings that do not fit here.`);
  });
});
