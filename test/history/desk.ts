import { conclude, type Conclusion } from '../../lambda/conclude';
import { nameOf, type Message } from '../../lambda/alert/message';
import { Evaluation } from '../../lambda/findings/evaluation';
import type { Finding } from '../../lambda/findings/finding';
import { Bucket } from '../../lambda/history/bucket';
import type { Audit } from '../../lambda/run';
import { syncSecurityHub } from '../../lambda/security-hub/sync';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/endpoint';
import { clean, sample } from '../report/sample';
import { leadTo } from '../support/command-line';

export const NAME = 'history';

/** A run of a day of November 2026: the 23rd is a Monday. */
export const run = (id: string, day: number, findings: readonly Finding[], gap = false): Audit => {
  const evaluation = new Evaluation(['cognito/scope-undefined', 'cognito/user-pool-missing'], false);
  evaluation.addRegion('eu-west-1');
  const at = `2026-11-${day}T09:00:00.000Z`;
  const gaps = gap
    ? [
        {
          region: 'eu-west-1',
          operation: 'GetExport',
          subject: 'pets (pets)',
          because: 'denied' as const,
          detail: 'reading the export of pets was denied',
          rules: [],
        },
      ]
    : [];
  return {
    evaluation,
    matrix: { rows: sample.matrix ?? [], leftOut: { apis: 0, methods: 0 } },
    result: {
      ...clean,
      run: { ...clean.run, id, startedAt: at, finishedAt: at },
      findings: findings.map((one) => ({ ...one, change: 'new', firstSeen: at })),
      coverage: { complete: gaps.length === 0, gaps, failedRules: [] },
    },
  };
};

export interface Desk {
  readonly sandbox: Sandbox;
  readonly sent: Message[];
  /** For `updateSecurityHub`. */
  readonly hub: NonNullable<Conclusion['updateSecurityHub']>;
  readonly conclude: (audited: Audit, given?: Partial<Conclusion>) => ReturnType<typeof conclude>;
}

export const withDesk = async (
  use: (desk: Desk) => Promise<void>,
  options: Partial<SandboxOptions> = {},
): Promise<void> => {
  const sandbox = await startSandbox({
    account: { accountId: '222233334444', regions: {}, buckets: [NAME] },
    ...options,
  });
  const before = { ...process.env };
  Object.assign(process.env, leadTo(sandbox.url));
  const sent: Message[] = [];
  const bucket = new Bucket(NAME);
  try {
    await use({
      sandbox,
      sent,
      hub: (audited, result) => syncSecurityHub(audited, result, { bucket, isTimeLeft: () => true }),
      conclude: (audited, given) =>
        conclude(audited, {
          bucket,
          alias: 'prod',
          region: 'eu-west-1',
          reportLinkHours: 12,
          digestDay: 'never',
          full: false,
          notify: true,
          whole: true,
          send: (messages) => {
            sent.push(...messages);
            return Promise.resolve({ told: messages.map(nameOf), failure: null });
          },
          ...given,
        }),
    });
  } finally {
    bucket.close();
    process.env = before;
    await sandbox.close();
  }
};

export const put = (sandbox: Sandbox, key: string, text: string): void => {
  sandbox.objects.set(`${NAME}/${key}`, {
    body: Buffer.from(text),
    etag: '"planted"',
    contentType: 'text/plain',
    lastModified: '2026-11-01T00:00:00.000Z',
  });
};

export const textOf = (sandbox: Sandbox, key: string): string =>
  Buffer.from(sandbox.objects.get(`${NAME}/${key}`)?.body ?? []).toString();

export const mailsIn = (sent: readonly Message[]): readonly string[] =>
  sent
    .filter(({ topic }) => topic === 'alerts')
    .map(({ subject, body }) => `Subject: ${subject}\n\n${(JSON.parse(body) as { email: string }).email}`)
    // A signature holds the time.
    .map((mail) => mail.replaceAll(/^http:\S*X-Amz-Signature=\S*$/gm, '<LINK>'));

export const subjects = (sent: readonly Message[]): readonly string[] =>
  sent.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
