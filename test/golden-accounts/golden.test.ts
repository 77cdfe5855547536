import pc from 'picocolors';
import { textReport } from '../../lambda/report/text';
import { catalogue } from '../../lambda/rules/catalogue';
import { expectGolden } from '../support/golden';
import { auditAccounts } from './audit';
import { healthy } from './healthy/healthy';
import { fixListing, listing } from './listing';
import { usual } from './usual/usual';
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

// Each test audits for itself, so that mutation testing sees which code it runs.
describe('the zoo', () => {
  test('holds an example of every rule', async () => {
    const { findings } = await auditAccounts(zoo);
    const found = new Set(findings.map(({ rule }) => rule));
    expect(catalogue.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });

  test('is judged to the end', async () => {
    const { coverage } = await auditAccounts(zoo);
    expect(coverage).toEqual({ complete: true, gaps: [], failedRules: [] });
  });

  test('is found to have these faults', async () => {
    expectGolden('zoo/findings.txt', listing(await auditAccounts(zoo)));
  });

  test('is mended by these commands', async () => {
    expectGolden('zoo/fixes.txt', fixListing(await auditAccounts(zoo)));
  });

  test('reads well in the text report', async () => {
    const result = await auditAccounts(zoo);
    const findings = result.findings.filter(({ rule }) => IN_FULL.has(rule));
    expectGolden('zoo/report.txt', textReport({ ...result, findings }, LOOK));
  });
});

describe('the healthy account', () => {
  // Methods that take ID tokens are as AWS means them to be; the note tells the callers which token to send.
  test('has no fault, only the note of which token an API takes', async () => {
    const { findings } = await auditAccounts(healthy);
    expect(findings.map(({ rule, subject }) => `${rule} ${subject.restApiId}`)).toEqual([
      'cognito/id-token-required idprofile',
    ]);
  });

  test('is judged to the end, and every method can be reached', async () => {
    const { coverage, summary } = await auditAccounts(healthy);
    expect(coverage).toEqual({ complete: true, gaps: [], failedRules: [] });
    expect(summary).toMatchObject({ apis: 9, unreachableMethods: 0 });
  });

  test('reads well in the text report', async () => {
    expectGolden('healthy.txt', textReport(await auditAccounts(healthy), LOOK));
  });
});

describe('usual set-ups', () => {
  test('have nothing to warn of, and every method can be reached', async () => {
    const { findings, summary, coverage } = await auditAccounts(usual);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    // That of the stage that AWS SAM makes beside the one that is called.
    expect(summary).toMatchObject({ apis: 41, unreachableMethods: 1 });
    expect(coverage.failedRules).toEqual([]);
    // A pool of another account, and what a trigger writes into tokens.
    expect([...new Set(coverage.gaps.map(({ operation }) => operation))]).toEqual(['DescribeUserPool']);
  });

  test('have these notes', async () => {
    expectGolden('usual.txt', listing(await auditAccounts(usual)));
  });
});
