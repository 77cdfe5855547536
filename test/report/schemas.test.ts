import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { junitReport } from '../../lambda/report/junit';
import { ocsfReport } from '../../lambda/report/ocsf';
import type { AuditResult } from '../../lambda/result';
import { clean, sample, scopeUndefined } from './sample';

const schemaFile = (name: string): string =>
  readFileSync(path.join(__dirname, '..', 'schemas', name), 'utf8');

const settled: AuditResult = {
  ...sample,
  findings: [
    { ...scopeUndefined, change: 'resolved' },
    { ...scopeUndefined, id: 'hidden', change: 'not-evaluated', hiddenBy: 'other' },
    { ...scopeUndefined, id: 'open', change: 'open', was: 'note' },
  ],
};

const RESULTS: readonly (readonly [name: string, result: AuditResult])[] = [
  ['an incomplete audit with hostile names', sample],
  ['a clean audit', clean],
  ['an audit with a history', settled],
];

/** The schema of the Jenkins xUnit plugin, which pytest is tested against too; JUnit itself publishes none. */
describe('the JUnit report fits the schema that Jenkins reads', () => {
  const schema = [{ fileName: 'junit-10.xsd', contents: schemaFile('junit-10.xsd') }];
  const errorsOf = async (contents: string): Promise<readonly string[]> => {
    const { errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents }], schema });
    return errors.map(({ message }) => message);
  };

  test.each(RESULTS)('of %s', async (_, result) => {
    expect(await errorsOf(junitReport(result))).toEqual([]);
  });

  test('which refuses what is no report', async () => {
    const text = junitReport(sample);
    expect(await errorsOf(text.replace(/<testcase name="[^"]*"/, '<testcase'))).not.toEqual([]);
    expect(await errorsOf(text.replace('</testsuites>', ''))).not.toEqual([]);
  });
});

/** Attributes of OCSF 1.3 that the models leave out: those of the profile `cloud`, and two of the object `compliance`. */
const UNMODELLED = ['/ cloud', '/compliance status', '/compliance status_detail'];

/** The same schema with no room for attributes that it does not name. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]): readonly [string, unknown] => [
    key,
    closed(value),
  ]);
  return { ...Object.fromEntries(entries), ...('properties' in node ? { additionalProperties: false } : {}) };
};

describe('the OCSF report fits a Compliance Finding', () => {
  const schema = JSON.parse(schemaFile('ocsf-compliance-finding.json')) as object;
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
    closed(schema) as object,
  );
  const errorsOf = (event: unknown): readonly string[] => {
    validate(event);
    return (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
      'additionalProperty' in params
        ? `${instancePath === '' ? '/' : instancePath} ${String(params['additionalProperty'])}`
        : `${instancePath}: ${message}`,
    );
  };

  test.each(RESULTS)('each event of %s', (_, result) => {
    const events = JSON.parse(ocsfReport(result)) as readonly unknown[];
    expect(events).toHaveLength(result.findings.length + result.coverage.gaps.length);
    const errors = events.flatMap(errorsOf);
    expect(errors.filter((one) => !UNMODELLED.includes(one))).toEqual([]);
  });

  test('which refuses an event without its compliance, or with a severity that there is not', () => {
    const [event = {}] = JSON.parse(ocsfReport(sample)) as readonly Record<string, unknown>[];
    const { compliance: _, ...without } = event;
    expect(errorsOf(without)).toContain(": must have required property 'compliance'");
    expect(errorsOf({ ...event, severity_id: 42 })).not.toEqual(errorsOf(event));
  });
});
