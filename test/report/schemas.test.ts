import Ajv2020 from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { junitReport } from '../../lambda/report/junit';
import { ocsfReport } from '../../lambda/report/ocsf';
import type { AuditResult } from '../../lambda/result';
import { ACCEPTED, clean, sample, scopeUndefined } from './sample';

const schemaFile = (name: string): string =>
  readFileSync(path.join(__dirname, '..', 'schemas', name), 'utf8');

const settled: AuditResult = {
  ...sample,
  findings: [
    { ...scopeUndefined, change: 'resolved' },
    { ...scopeUndefined, id: 'hidden', change: 'not-evaluated', hiddenBy: 'other' },
    { ...scopeUndefined, id: 'open', change: 'open', was: 'note' },
    { ...scopeUndefined, id: 'accepted', change: 'open', suppressed: ACCEPTED },
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

/** Where an event has what the schema does not name, the object's own schema refuses it. */
describe('the OCSF report fits the official schema of a Compliance Finding', () => {
  const schema = JSON.parse(schemaFile('ocsf-compliance-finding.json')) as object;
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  const errorsOf = (event: unknown): readonly string[] => {
    validate(event);
    return (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
      'additionalProperty' in params
        ? `${instancePath} ${String(params['additionalProperty'])}`
        : `${instancePath}: ${message}`,
    );
  };

  test.each(RESULTS)('each event of %s', (_, result) => {
    const events = JSON.parse(ocsfReport(result)) as readonly unknown[];
    expect(events).toHaveLength(result.findings.length + result.coverage.gaps.length);
    expect(events.flatMap(errorsOf)).toEqual([]);
  });

  test('which refuses an event without its compliance, with a severity that there is not, or with an attribute that it does not name', () => {
    const [event = {}] = JSON.parse(ocsfReport(sample)) as readonly Record<string, unknown>[];
    const { compliance: _, ...without } = event;
    expect(errorsOf(without)).toEqual([": must have required property 'compliance'"]);
    expect(errorsOf({ ...event, severity_id: 42 })).toEqual([
      '/severity_id: must be equal to one of the allowed values',
    ]);
    expect(errorsOf({ ...event, finding_info: { uid: 'a', title: 'b', fixed: true } })).toEqual([
      '/finding_info fixed',
    ]);
  });
});
