import type { AuditResult } from '../../lambda/result';
import { LEDGER_KEY } from '../../lambda/security-hub/ledger';
import { planImports } from '../../lambda/security-hub/plan';
import type { Sandbox, SandboxOptions } from '../../sandbox/endpoint';
import type { StoredObject } from '../../sandbox/state';
import { mailsIn, put, run, textOf, withDesk, type Desk } from '../history/desk';
import { finding } from '../support/findings';

const SHOP = finding('shop');
const PETS = finding('pets');

/** `shop ACTIVE`. */
const heldBy = ({ findings }: Sandbox): readonly string[] =>
  [...findings.values()].map(({ Id, RecordState }) => `${Id.split('/')[1]} ${RecordState}`).sort();

const importsIn = ({ calls }: Sandbox): readonly string[] =>
  calls.filter(({ operation }) => operation === 'BatchImportFindings').map(({ outcome }) => outcome);

const ledgerIn = (sandbox: Sandbox): readonly string[] =>
  (
    JSON.parse(textOf(sandbox, LEDGER_KEY)) as {
      findings: { identity: { id: string }; digest: string | null }[];
    }
  ).findings.map(({ identity, digest }) => `${identity.id} ${digest === null ? 'unknown' : 'known'}`);

/** Concludes runs with Security Hub. */
const withHub = (
  use: (
    desk: Omit<Desk, 'conclude'> & {
      readonly audit: (...given: Parameters<typeof run>) => Promise<AuditResult>;
    },
  ) => Promise<void>,
  options: Partial<SandboxOptions> = {},
): Promise<void> =>
  withDesk(async ({ conclude, ...desk }) => {
    const audit = (...given: Parameters<typeof run>): Promise<AuditResult> =>
      conclude(run(...given), { updateSecurityHub: desk.hub });
    await use({ ...desk, audit });
  }, options);

/** The history that one sandbox holds, and what its Security Hub does, into another. */
const move = (from: Sandbox, to: Sandbox): void => {
  for (const [key, object] of from.objects) to.objects.set(key, object);
  for (const [key, one] of from.findings) to.findings.set(key, one);
};

const throttled = { seed: 1, throttle: 1, operations: ['BatchImportFindings'] };

test('what stands is active, what was resolved is archived, what did not change is not sent again', () =>
  withHub(async ({ audit, sandbox }) => {
    await audit('run-1', 23, [SHOP, PETS]);
    expect(heldBy(sandbox)).toEqual(['pets ACTIVE', 'shop ACTIVE']);
    await audit('run-2', 24, [SHOP]);
    expect(heldBy(sandbox)).toEqual(['pets ARCHIVED', 'shop ACTIVE']);
    expect(ledgerIn(sandbox)).toEqual(['shop known']);
    await audit('run-3', 25, [SHOP]);
    expect(importsIn(sandbox)).toEqual(['ok', 'ok']);
    await audit('run-4', 26, [SHOP, PETS]);
    expect(heldBy(sandbox)).toEqual(['pets ACTIVE', 'shop ACTIVE']);
  }));

test('a finding that changed is sent again under its id', () =>
  withHub(async ({ audit, sandbox }) => {
    await audit('run-1', 23, [SHOP]);
    await audit('run-2', 24, [{ ...SHOP, severity: 'note', reach: 'possible' }]);
    const [held, ...others] = sandbox.findings.values();
    expect(others).toEqual([]);
    expect(held?.FindingProviderFields.Severity).toEqual({ Label: 'LOW', Original: 'note' });
    expect(held?.UpdatedAt).toBe('2026-11-24T09:00:00.000Z');
    expect(held?.CreatedAt).toBe('2026-11-23T09:00:00.000Z');
  }));

test('what people keep about a finding outlives updates and archiving', () =>
  withHub(async ({ audit, sandbox }) => {
    await audit('run-1', 23, [SHOP]);
    const own = {
      Note: { Text: 'ours', UpdatedBy: 'me', UpdatedAt: '2026-11-23T10:00:00.000Z' },
      UserDefinedFields: { ticket: 'SHOP-1' },
      VerificationState: 'TRUE_POSITIVE',
      Workflow: { Status: 'NOTIFIED' },
    } as const;
    for (const [key, one] of sandbox.findings) sandbox.findings.set(key, { ...one, ...own });
    await audit('run-2', 24, [{ ...SHOP, message: 'Other words.' }]);
    expect([...sandbox.findings.values()]).toEqual([
      expect.objectContaining({ ...own, RecordState: 'ACTIVE' }),
    ]);
    await audit('run-3', 25, []);
    expect([...sandbox.findings.values()]).toEqual([
      expect.objectContaining({ ...own, RecordState: 'ARCHIVED', Compliance: { Status: 'PASSED' } }),
    ]);
  }));

test('an accepted finding is archived, and active again when its suppression ended', () =>
  withHub(async ({ audit, sandbox }) => {
    await audit('run-1', 20, [SHOP]);
    const text =
      "suppressions:\n  - rule: cognito/*\n    subject: '*'\n    reason: known\n    owner: me\n    until: 2026-11-22\n";
    put(sandbox, 'suppressions.yaml', text);
    await audit('run-2', 21, [SHOP]);
    expect([...sandbox.findings.values()]).toEqual([
      expect.objectContaining({ RecordState: 'ARCHIVED', Compliance: { Status: 'FAILED' } }),
    ]);
    await audit('run-3', 24, [SHOP]);
    expect(heldBy(sandbox)).toEqual(['shop ACTIVE']);
  }));

test('batches hold at most 100, and one that is refused does not stop the others', () =>
  withHub(async ({ audit, sandbox, sent }) => {
    const many = Array.from({ length: 250 }, (_, index) => finding(`a${index}`));
    const odd = finding('odd', { subject: { ...SHOP.subject, arn: ' ' } });
    await audit('run-1', 23, [...many.slice(0, 120), odd, ...many.slice(120)]);
    expect(importsIn(sandbox)).toEqual(['ok', 'ok', 'ok']);
    expect(sandbox.findings.size).toBe(250);
    expect(ledgerIn(sandbox)).toContain('odd unknown');
    expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain(
      'Security Hub of eu-west-1 took 250 of 251 changes: InvalidInput. The next run sends the rest.',
    );
  }));

test('what a throttled Security Hub did not take is told once and sent by the next run, archives included', async () => {
  const objects: [string, StoredObject][] = [];
  const kept = { findings: [] as [string, NonNullable<ReturnType<Sandbox['findings']['get']>>][] };
  await withHub(async ({ audit, sandbox }) => {
    await audit('run-1', 23, [SHOP]);
    objects.push(...sandbox.objects);
    kept.findings.push(...sandbox.findings);
  });
  const carried = { objects: new Map(objects), findings: new Map(kept.findings) } as Sandbox;
  let after: Sandbox | null = null;
  await withHub(
    async ({ audit, sandbox, sent }) => {
      move(carried, sandbox);
      const result = await audit('run-2', 24, [PETS]);
      expect(result.findings.map(({ id, change }) => `${id} ${change}`)).toEqual([
        'pets new',
        'shop resolved',
      ]);
      expect(heldBy(sandbox)).toEqual(['shop ACTIVE']);
      expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain(
        'Security Hub of eu-west-1 took 0 of 2 changes: TooManyRequestsException',
      );
      const told = sent.length;
      await audit('run-3', 25, [PETS]);
      expect(sent).toHaveLength(told);
      after = sandbox;
    },
    { faults: throttled },
  );
  await withHub(async ({ audit, sandbox }) => {
    if (after === null) throw new Error('no run before');
    move(after, sandbox);
    await audit('run-4', 26, [PETS]);
    expect(heldBy(sandbox)).toEqual(['pets ACTIVE', 'shop ARCHIVED']);
  });
});

test('a Security Hub that is not enabled is told with the advice, and the result returned', () =>
  withHub(
    async ({ audit, sent }) => {
      const result = await audit('run-1', 23, [SHOP]);
      expect(result.alerts?.state).toBe('sent');
      expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain(
        'took 0 of 1 change: InvalidAccessException (is Security Hub enabled in this region?)',
      );
    },
    {
      account: {
        accountId: '222233334444',
        regions: { 'eu-west-1': { securityHub: false } },
        buckets: ['history'],
      },
    },
  ));

test.each([['GetObject'], ['PutObject']])(
  'when S3 refuses %s nothing is sent that could not be archived later, and it is told',
  (operation) =>
    withHub(
      async ({ audit, sandbox, sent }) => {
        const result = await audit('run-1', 23, [SHOP]);
        expect(result.findings).toHaveLength(1);
        expect(importsIn(sandbox)).toEqual([]);
        expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain('Security Hub was not updated: ');
      },
      { deny: [operation] },
    ),
);

test('a run whose outcome was not remembered leaves nothing active for ever', () =>
  withHub(async ({ audit, sandbox }) => {
    await audit('run-1', 23, [SHOP]);
    // As if the run had ended between the import and the note of it.
    put(sandbox, LEDGER_KEY, textOf(sandbox, LEDGER_KEY).replace(/"digest":"[^"]*"/, '"digest":null'));
    await audit('run-2', 24, []);
    expect(heldBy(sandbox)).toEqual(['shop ARCHIVED']);
    expect(ledgerIn(sandbox)).toEqual([]);
  }));

test('a ledger that cannot be understood is said to be lost, and begun anew', () =>
  withHub(async ({ audit, sandbox, sent }) => {
    await audit('run-1', 23, [SHOP]);
    put(sandbox, LEDGER_KEY, '{');
    await audit('run-2', 24, [SHOP]);
    expect(mailsIn(sent).at(-1)?.replaceAll(/\s+/g, ' ')).toContain(
      'What was sent to Security Hub is forgotten',
    );
    expect(ledgerIn(sandbox)).toEqual(['shop known']);
  }));

test('what was not judged again stays as it is', () =>
  withHub(async ({ audit, sandbox }) => {
    await audit('run-1', 23, [SHOP, finding('pool', { rule: 'cognito/other' })]);
    await audit('run-2', 24, []);
    expect(heldBy(sandbox)).toEqual(['pool ACTIVE', 'shop ARCHIVED']);
  }));

test.each([
  ['2026-12-22T08:00:00.000Z', 0],
  ['2026-12-24T09:00:00.000Z', 1],
])('at %s a finding that was sent on 23 November and is the same is sent %d times', (at, times) => {
  const { result, evaluation } = run('run-1', 23, [SHOP]);
  const [first] = planImports(new Map(), result, evaluation);
  if (first === undefined) throw new Error('nothing to import');
  const ledger = new Map([['shop', { ...first, at: result.run.startedAt }]]);
  const findings = result.findings.map((one) => ({ ...one, change: 'open' as const }));
  const later = { ...result, findings, run: { ...result.run, startedAt: at } };
  expect(planImports(ledger, later, evaluation)).toHaveLength(times);
});
