import { openRegion, type LiveSettings } from '../../lambda/collect/live';
import type { Pacer } from '../../lambda/collect/pace';
import type { Account } from '../../lambda/model/account';
import type { AuditResult, ReportedFinding } from '../../lambda/result';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit, type Audit } from '../../lambda/run';
import type { SandboxAccount } from '../../sandbox/account-file';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/endpoint';
import { startInProcess } from '../../sandbox/in-process';
import { sampleAccount } from '../../sandbox/load';
import { ACCOUNT } from '../collect/live-account';

/** The sandbox asks for no patience of ours. */
export const UNPACED: Pacer = { take: () => Promise.resolve(), throttled: () => undefined };

type Lists = Readonly<Record<string, unknown>>;

/** Members of both; lists one behind the other. */
const merge = (one: Lists, other: Lists): Lists =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => {
      const [left, right] = [one[name], other[name]];
      return [name, Array.isArray(left) && Array.isArray(right) ? [...left, ...right] : (right ?? left)];
    }),
  );

const mergeRegions = (): SandboxAccount['regions'] => {
  const names = [...new Set([...Object.keys(sampleAccount.regions), ...Object.keys(ACCOUNT.regions)])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      merge(
        merge(ACCOUNT.regions[name] ?? {}, sampleAccount.regions[name] ?? {}),
        name === 'eu-west-1' ? OF_ANOTHER_KIND : {},
      ),
    ]),
  );
};

const HTTP_API = 'http000001';

/** Makes the audit ask for the APIs of other kinds. */
const OF_ANOTHER_KIND: SandboxAccount['regions'][string] = {
  httpApis: [{ ApiId: HTTP_API, Name: 'webhooks', ProtocolType: 'HTTP', RouteSelectionExpression: '$' }],
  domainNames: [
    {
      domainName: 'hooks.example.com',
      endpointConfiguration: { types: ['REGIONAL'] },
      domainNameStatus: 'AVAILABLE',
      apiMappings: [{ ApiId: HTTP_API, Stage: 'live', ApiMappingKey: '' }],
    },
  ],
};

/** The sample account's faults, and something in every slice that a collector can read. */
export const HOSTILE_ACCOUNT: SandboxAccount = {
  ...(merge(ACCOUNT, { ...sampleAccount, regions: {} }) as SandboxAccount),
  accountId: sampleAccount.accountId,
  regions: mergeRegions(),
};

export const REGIONS = ['eu-west-1', 'eu-central-1'] as const;

export interface Audited extends Audit {
  readonly accounts: readonly Account[];
}

const clock = (): Date => new Date('2026-01-01T00:00:00Z');

/** Audits what answers at an endpoint, by every rule. */
export const auditEndpoint = async (
  endpoint: string,
  given: Partial<LiveSettings> = {},
): Promise<Audited> => {
  const accounts: Account[] = [];
  const audited = await audit({
    sources: REGIONS.map((region) =>
      openRegion({
        region,
        accountId: HOSTILE_ACCOUNT.accountId,
        partition: 'aws',
        scannedRegions: REGIONS,
        clock,
        credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'PLANTED-own-secret' },
        endpoint,
        attempts: 1,
        pacerOf: () => UNPACED,
        ...given,
      }),
    ),
    rules: catalogue,
    runId: 'run-1',
    clock,
    keep: (account) => accounts.push(account),
  });
  return { ...audited, accounts };
};

export const withSandbox = async <T>(
  options: Partial<SandboxOptions>,
  use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> => {
  const sandbox = await startSandbox({ account: HOSTILE_ACCOUNT, ...options });
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
};

export const auditSandbox = (
  options: Partial<SandboxOptions> = {},
  given: Partial<LiveSettings> = {},
): Promise<Audited> => withSandbox(options, ({ url }) => auditEndpoint(url, given));

/** The same without sockets, at half of what they cost: for all but faults that tear connections. */
export const auditInProcess = (options: Partial<SandboxOptions> = {}): Promise<Audited> => {
  const { requestHandler } = startInProcess({ account: HOSTILE_ACCOUNT, ...options });
  return auditEndpoint('http://sandbox.test', { requestHandler });
};

export interface Comparison {
  /** How many are as in the undisturbed run. */
  readonly equal: number;
  /** Missing, and their rule could not tell about their subject. */
  readonly covered: readonly ReportedFinding[];
  /** Missing without a word. */
  readonly lost: readonly ReportedFinding[];
  /** In the disturbed run only, or stated more strongly there of the same configuration. */
  readonly invented: readonly ReportedFinding[];
}

export const namesOf = (findings: readonly ReportedFinding[]): readonly string[] =>
  findings.map(({ rule, subject }) => `${rule} ${subject.label}`);

const WEIGHT = { error: 3, warning: 2, note: 1 } as const;

/** How a run in which reads failed stands against one of the same account in which all went well. */
export const compareRuns = (whole: AuditResult, { result, evaluation }: Audit): Comparison => {
  const before = new Map(whole.findings.map((finding) => [finding.id, finding]));
  const after = new Map(result.findings.map((finding) => [finding.id, finding]));
  const covered: ReportedFinding[] = [];
  const lost: ReportedFinding[] = [];
  for (const [id, finding] of before) {
    if (after.has(id)) continue;
    const { rule, subject } = finding;
    const told = result.coverage.gaps.some(
      ({ region, rules }) => region === subject.region && rules.includes(rule),
    );
    (told && !evaluation.covers(rule, subject) ? covered : lost).push(finding);
  }
  const invented = [...after.values()].filter(({ id, severity, when }) => {
    const known = before.get(id);
    return known === undefined || (when === known.when && WEIGHT[severity] > WEIGHT[known.severity]);
  });
  return { equal: before.size - covered.length - lost.length, covered, lost, invented };
};
