import type { Finding } from '../../lambda/findings/finding';
import { nameOf, type Message } from '../../lambda/alert/message';
import { readEvent } from '../../lambda/alert/read-event';
import { STATE_KEY } from '../../lambda/history/memory';
import { slackMessageOf } from '../../lambda/slack/blocks';
import type { Sandbox } from '../../sandbox/endpoint';
import { finding } from '../support/findings';
import { expectGolden } from '../support/golden';
import { mailsIn, NAME, put, run, subjects, textOf, withDesk } from './desk';

const rememberedIn = (sandbox: Sandbox): readonly string[] =>
  (JSON.parse(textOf(sandbox, STATE_KEY)) as { findings: { finding: Finding }[] }).findings
    .map((one) => one.finding.id)
    .sort();

/** What the webhook's function would post. */
const slackIn = (sent: readonly Message[]): readonly string[] =>
  sent
    .filter(({ topic }) => topic === 'events')
    .map(({ body }) => `${JSON.stringify(slackMessageOf(readEvent(body)), null, 2)}\n`)
    .map((message) => message.replaceAll(/http:[^\s|]*X-Amz-Signature=[^\s|]*/g, '<LINK>'));

const SHOP = finding('shop');
const PETS = finding('pets');
const CARS = finding('cars');

test('people hear of three runs: everything, then what changed, then nothing', () =>
  withDesk(async ({ conclude, sent, sandbox, hub }) => {
    const wanted = { updateSecurityHub: hub };
    const inHub: string[] = [];
    const look = (id: string): void => {
      const findings = [...sandbox.findings.values()].map((one) => `${JSON.stringify(one, null, 2)}\n`);
      inHub.push(`After ${id}\n\n${findings.join('')}`);
    };
    const first = await conclude(run('run-1', 24, [SHOP, PETS]), wanted);
    look('run-1');
    expect(first.history?.state).toBe('first');
    const second = await conclude(run('run-2', 25, [CARS]), wanted);
    look('run-2');
    expect(second.findings.map(({ id, change }) => [id, change])).toEqual([
      ['cars', 'new'],
      ['shop', 'resolved'],
      ['pets', 'resolved'],
    ]);
    expectGolden('history/three-runs.txt', mailsIn(sent).join('\n=======\n'));
    expectGolden('history/three-runs-slack.txt', slackIn(sent).join('\n=======\n'));
    expectGolden('history/three-runs-security-hub.txt', inHub.join('\n=======\n'));
    const told = sent.length;
    const imported = structuredClone([...sandbox.findings]);
    const third = await conclude(run('run-3', 26, [CARS]), wanted);
    expect([...sandbox.findings]).toEqual(imported);
    expect(third.findings.map(({ change, firstSeen }) => [change, firstSeen])).toEqual([
      ['open', '2026-11-25T09:00:00.000Z'],
    ]);
    expect(sent).toHaveLength(told);
    const { report = '' } = third.history ?? {};
    expect(report).toBe('s3://history/reports/2026-11-26/run-3.json');
    expect(textOf(sandbox, STATE_KEY)).toMatch(/^ {6}"firstSeen": "2026-11-25T09:00:00\.000Z",$/m);
    expect(JSON.parse(textOf(sandbox, report.slice('s3://history/'.length)))).toEqual(third);
  }));

test('the link in the mail opens the report without signing in, until it ends', async () => {
  let now = Date.now();
  await withDesk(
    async ({ conclude, sent, sandbox }) => {
      await conclude(run('run-1', 24, [SHOP]));
      const { email } = JSON.parse(sent[0]?.body ?? '{}') as { email: string };
      const [url = ''] = /^http:\S*X-Amz-Signature=\S*$/m.exec(email) ?? [];
      const opened = await fetch(url);
      expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await opened.text()).toBe(textOf(sandbox, 'reports/2026-11-24/run-1.html'));
      now += 12 * 3_600_000 + 1000;
      expect((await fetch(url)).status).toBe(403);
    },
    { clock: () => now },
  );
});

test('no link is signed when none is wanted', () =>
  withDesk(async ({ conclude, sent }) => {
    await conclude(run('run-1', 24, [SHOP]), { reportLinkHours: 0 });
    expect(sent.map(({ body }) => body).join('')).not.toContain('X-Amz-Signature');
    expect(mailsIn(sent)[0]).toContain('https://eu-west-1.console.aws.amazon.com/s3/object/history?');
  }));

test('a run that is tried again under its id tells nobody twice', () =>
  withDesk(async ({ conclude, sent, sandbox }) => {
    await conclude(run('run-1', 24, [SHOP]));
    const told = sent.length;
    sandbox.objects.delete(`${NAME}/${STATE_KEY}`);
    await conclude(run('run-1', 24, [SHOP]));
    expect(sent).toHaveLength(told);
    await conclude(run('run-2', 24, [SHOP, PETS]));
    expect(sent.length).toBeGreaterThan(told);
  }));

test('what could not be sent is told again, under the same id and under the next', () =>
  withDesk(async ({ conclude, sent, sandbox }) => {
    const broken = { send: () => Promise.resolve({ told: [], failure: new Error('no topic') }) };
    const untold = await conclude(run('run-1', 24, [SHOP]), broken);
    expect(untold).toMatchObject({
      findings: [{ id: 'shop' }],
      alerts: { state: 'failed', detail: 'no topic' },
    });
    expect(sandbox.objects.has(`${NAME}/${STATE_KEY}`)).toBe(false);
    const told = await conclude(run('run-1', 24, [SHOP]));
    expect(told.alerts).toEqual({ state: 'sent' });
    expect(subjects(sent)[0]).toContain('1 open');
  }));

test('another try of a run sends each message that did not arrive, and none that did', () =>
  withDesk(async ({ conclude, sent }) => {
    const machinesOnly = {
      send: (messages: readonly Message[]) => {
        const machines = messages.filter(({ topic }) => topic === 'events');
        sent.push(...machines);
        return Promise.resolve({ told: machines.map(nameOf), failure: new Error('no topic') });
      },
    };
    const audited = run('run-1', 24, [SHOP]);
    expect((await conclude(audited, machinesOnly)).alerts).toEqual({ state: 'failed', detail: 'no topic' });
    expect((await conclude(audited, machinesOnly)).alerts?.state).toBe('failed');
    expect((await conclude(audited)).alerts).toEqual({ state: 'sent' });
    expect(sent.map(nameOf)).toEqual(['events eu-west-1', 'alerts run']);
  }));

test('the same run, tried again, says that it told before', () =>
  withDesk(async ({ conclude }) => {
    expect((await conclude(run('run-1', 24, [SHOP]))).alerts).toEqual({ state: 'sent' });
    expect((await conclude(run('run-1', 24, [SHOP, PETS]))).alerts).toEqual({ state: 'sent-before' });
    expect((await conclude(run('run-2', 25, [SHOP, PETS]))).alerts).toBeUndefined();
  }));

test('two runs at once keep what each of them saw', () =>
  withDesk(
    async ({ conclude, sandbox }) => {
      await conclude(run('run-0', 22, [SHOP]));
      await Promise.all([conclude(run('run-1', 24, [SHOP, PETS])), conclude(run('run-2', 23, [SHOP, CARS]))]);
      expect(rememberedIn(sandbox)).toEqual(expect.arrayContaining(['pets', 'shop']));
      expect(sandbox.calls.map(({ outcome }) => outcome)).toContain('PreconditionFailed');
    },
    { latencyMs: { PutObject: 50 } },
  ));

test.each([
  ['cannot be understood', (sandbox: Sandbox) => put(sandbox, STATE_KEY, '{"findings":')],
  ['is of another shape', (sandbox: Sandbox) => put(sandbox, STATE_KEY, '{"schemaVersion":"1"}')],
  ['is gone', (sandbox: Sandbox) => sandbox.objects.delete(`${NAME}/${STATE_KEY}`)],
])('a history that %s is told once, not mailed as new', (_, damage) =>
  withDesk(async ({ conclude, sent, sandbox }) => {
    await conclude(run('run-1', 24, [SHOP, PETS]));
    damage(sandbox);
    sent.length = 0;
    const result = await conclude(run('run-2', 25, [SHOP, PETS]));
    expect(result.history).toMatchObject({ state: 'lost' });
    expect(subjects(sent)).toEqual(['[api-auth-audit] prod 222233334444 eu-west-1: history lost, 2 open']);
    expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain('History was lost, 2 findings open');
    expect(mailsIn(sent)[0]).not.toContain(SHOP.message);
    expect(rememberedIn(sandbox)).toEqual(['pets', 'shop']);
    sent.length = 0;
    await conclude(run('run-3', 26, [SHOP, PETS]));
    expect(sent).toEqual([]);
  }),
);

test.each([
  ['GetObject', 'AccessDenied; allow s3:GetObject'],
  ['PutObject', 'AccessDenied; allow s3:PutObject'],
])('when S3 refuses %s the result is returned and the failure told, with what to allow', (operation, words) =>
  withDesk(
    async ({ conclude, sent }) => {
      const result = await conclude(run('run-1', 24, [SHOP]));
      expect(result.findings).toHaveLength(1);
      expect(result.history).toMatchObject({
        state: 'unavailable',
        detail: expect.stringContaining(words),
      });
      expect(subjects(sent)).toEqual([
        '[api-auth-audit] prod 222233334444 eu-west-1: history unavailable, 1 open',
      ]);
    },
    { deny: [operation] },
  ),
);

test('coverage that was lost is told once, and again when it is lost anew', () =>
  withDesk(async ({ conclude, sent }) => {
    await conclude(run('run-1', 24, []));
    expect(sent).toEqual([]);
    await conclude(run('run-2', 25, [], true));
    expect(subjects(sent)).toEqual(['[api-auth-audit] prod 222233334444 eu-west-1: 0 new, incomplete']);
    const told = sent.length;
    await conclude(run('run-3', 26, [], true));
    expect(sent).toHaveLength(told);
    await conclude(run('run-4', 27, []));
    await conclude(run('run-5', 28, [], true));
    expect(sent).toHaveLength(2 * told);
  }));

test('a finding that got worse is told', () =>
  withDesk(async ({ conclude, sent }) => {
    await conclude(run('run-1', 24, [{ ...SHOP, reach: 'possible', severity: 'note' }]));
    sent.length = 0;
    const result = await conclude(run('run-2', 25, [SHOP]));
    expect(result.findings[0]).toMatchObject({ change: 'open', was: 'note' });
    expect(subjects(sent)[0]).toContain('0 new, 1 worse (worst: error)');
  }));

test('a finding that a new one hides is not told as resolved, and neither is it told as new again', () =>
  withDesk(async ({ conclude, sent }) => {
    const poolGone = {
      ...SHOP,
      id: 'pool-gone',
      rule: 'cognito/user-pool-missing',
      title: 'The pool is gone',
    };
    await conclude(run('run-1', 24, [SHOP]));
    sent.length = 0;
    const second = await conclude(run('run-2', 25, [poolGone]));
    expect(second.findings.map(({ id, change, hiddenBy }) => [id, change, hiddenBy])).toEqual([
      ['pool-gone', 'new', undefined],
      ['shop', 'not-evaluated', 'pool-gone'],
    ]);
    expect(subjects(sent)).toEqual(['[api-auth-audit] prod 222233334444 eu-west-1: 1 new (worst: error)']);
    expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain(
      '1 finding told before cannot show itself: other findings stop the same methods first.',
    );
    const third = await conclude(run('run-3', 26, [SHOP]));
    expect(third.findings.map(({ id, change }) => [id, change])).toEqual([
      ['shop', 'open'],
      ['pool-gone', 'resolved'],
    ]);
    const fourth = await conclude(run('run-4', 27, []));
    expect(fourth.findings.map(({ id, change }) => [id, change])).toEqual([['shop', 'resolved']]);
  }));

test('the digest tells on its day, once, what stays open', () =>
  withDesk(async ({ conclude, sent }) => {
    const monday = { digestDay: 'monday' } as const;
    await conclude(run('run-1', 22, [SHOP]), monday);
    sent.length = 0;
    await conclude(run('run-2', 23, [SHOP]), monday);
    expect(subjects(sent)[0]).toContain('0 new, 1 open (worst: error)');
    const told = sent.length;
    await conclude(run('run-3', 23, [SHOP]), monday);
    await conclude(run('run-4', 24, [SHOP]), monday);
    expect(sent).toHaveLength(told);
  }));

test('a digest whose day had no run is told with the next one', () =>
  withDesk(async ({ conclude, sent }) => {
    const friday = { digestDay: 'friday' } as const;
    await conclude(run('run-1', 16, [SHOP]), friday);
    sent.length = 0;
    await conclude(run('run-2', 19, [SHOP]), friday);
    expect(sent).toEqual([]);
    await conclude(run('run-3', 23, [SHOP]), friday);
    expect(subjects(sent)).toHaveLength(1);
    await conclude(run('run-4', 26, [SHOP]), friday);
    expect(subjects(sent)).toHaveLength(1);
  }));

const accept = (until: string): string =>
  `suppressions:\n  - rule: cognito/*\n    subject: '*restapis/shop'\n    reason: known\n    owner: team-shop\n    until: ${until}\n`;

test('what is suppressed is silent, its end is announced once, and then it is told as news', () =>
  withDesk(async ({ conclude, sent, sandbox }) => {
    put(sandbox, 'suppressions.yaml', accept('2026-11-26'));
    const first = await conclude(run('run-1', 19, [SHOP]));
    expect(first.summary).toMatchObject({ suppressed: 1, findings: { error: 0 } });
    expect(sent).toEqual([]);
    await conclude(run('run-2', 20, [SHOP]));
    expect(mailsIn(sent)[0]).toContain('A suppression ends on 2026-11-26');
    const told = sent.length;
    await conclude(run('run-3', 21, [SHOP]));
    expect(sent).toHaveLength(told);
    const ended = await conclude(run('run-4', 27, [SHOP]));
    expect(ended.findings[0]).toMatchObject({ change: 'new', firstSeen: '2026-11-19T09:00:00.000Z' });
    expect(mailsIn(sent).at(-1)).toContain('EXPIRED');
  }));

test.each([
  ['has ended', '2026-11-18', 'A suppression is NO LONGER IN FORCE, its findings count again: cognito/*'],
  [
    'has no day',
    'soon',
    'A suppression is NOT IN FORCE, because "soon" is no day such as 2026-12-31: cognito/*',
  ],
])('a suppression that %s is told once, even where nobody is told of its finding anew', (_, until, words) =>
  withDesk(async ({ conclude, sent, sandbox }) => {
    await conclude(run('run-1', 18, [SHOP]));
    sent.length = 0;
    put(sandbox, 'suppressions.yaml', accept(until));
    const result = await conclude(run('run-2', 19, [SHOP]));
    expect(result.findings).toMatchObject([{ change: 'open', expired: [{ until }] }]);
    expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain(words);
    const told = sent.length;
    put(sandbox, 'suppressions.yaml', 'not: a list');
    await conclude(run('run-3', 20, [SHOP]));
    const again = sent.length;
    put(sandbox, 'suppressions.yaml', accept(until));
    await conclude(run('run-4', 21, [SHOP]));
    expect([told, again, sent.length]).toEqual([told, again, again]);
  }),
);

test('suppressions that cannot be read suppress nothing, and say so', () =>
  withDesk(async ({ conclude, sent, sandbox }) => {
    put(sandbox, 'suppressions.yaml', accept('').replace('    owner: team-shop\n', ''));
    await conclude(run('run-1', 24, [SHOP]));
    expect(mailsIn(sent)[0]?.replaceAll(/\s+/g, ' ')).toContain('entry 1, owner: is missing');
    expect(subjects(sent)[0]).toContain('1 new');
  }));

test('without telling nothing is remembered as told', () =>
  withDesk(async ({ conclude, sandbox }) => {
    await conclude(run('run-1', 24, [SHOP]), { notify: false });
    expect(sandbox.objects.has(`${NAME}/${STATE_KEY}`)).toBe(false);
  }));
