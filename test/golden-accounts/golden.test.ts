import pc from 'picocolors';
import type { AuditResult } from '../../lambda/result';
import { textReport } from '../../lambda/report/text';
import { catalogue } from '../../lambda/rules/catalogue';
import { expectGolden } from '../support/golden';
import { auditAccounts } from './audit';
import { healthy } from './healthy/healthy';
import { commandListing, listing } from './listing';
import { zoo } from './zoo/zoo';

const LOOK = { width: 120, colors: pc.createColors(false) };

/** Rules whose whole text stays readable in review: one of each severity and of each family of fix. */
const IN_FULL = new Set([
  'cognito/scope-undefined',
  'resource-policy/denies-every-caller',
  'clients/oauth-disabled',
  'deployment/canary-differs',
  'cors/preflight-missing',
]);

describe('the zoo', () => {
  let result: AuditResult;
  beforeAll(async () => {
    result = await auditAccounts(zoo);
  });

  test.each(catalogue.map(({ id }) => id))('holds an example of %s', (id) => {
    expect(result.findings.map(({ rule }) => rule)).toContain(id);
  });

  test('is judged to the end', () => {
    expect(result.coverage).toEqual({ complete: true, gaps: [], failedRules: [] });
  });

  test('is found to have these faults', () => expectGolden('zoo/findings.txt', listing(result)));

  test('is mended by these commands', () => expectGolden('zoo/fixes.txt', commandListing(result)));

  test('reads well in the text report', () => {
    const findings = result.findings.filter(({ rule }) => IN_FULL.has(rule));
    expectGolden('zoo/report.txt', textReport({ ...result, findings }, LOOK));
  });
});

describe('the healthy account', () => {
  let result: AuditResult;
  beforeAll(async () => {
    result = await auditAccounts(healthy);
  });

  // Methods that take ID tokens are as AWS means them to be; the note tells the callers which token to send.
  test('has no fault, only the note of which token an API takes', () => {
    expect(result.findings.map(({ rule, subject }) => `${rule} ${subject.restApiId}`)).toEqual([
      'cognito/id-token-required idprofile',
    ]);
  });

  test('is judged to the end, and every method can be reached', () => {
    expect(result.coverage).toEqual({ complete: true, gaps: [], failedRules: [] });
    expect(result.summary).toMatchObject({ apis: 9, unreachableMethods: 0 });
  });

  test('reads well in the text report', () => expectGolden('healthy.txt', textReport(result, LOOK)));
});
