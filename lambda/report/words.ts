import type { Severity } from '../findings/finding';
import type { Suppression } from '../findings/suppression';
import type { Audience, ReportedFinding } from '../result';
import type { MethodRef, Reach, Symptom } from '../rules/verdict';

/** `1 API`, `2 APIs`. */
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;

/** `a`, `a and b`, `a, b and 7 more`. */
export const shortList = (items: readonly string[], most: number, total = items.length): string => {
  const shown = items.slice(0, total > most ? most - 1 : most);
  const left = total - shown.length;
  const all = left > 0 ? [...shown, `${left} more`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
};

const REACHES: Readonly<Record<Reach, string>> = {
  'every-call': 'every call',
  'some-calls': 'some calls',
  possible: 'possibly some calls',
};

/** `every call`, `browsers: every call, after the next deployment`. */
export const reachWords = ({
  reach,
  callers,
  when,
}: Pick<ReportedFinding, 'reach' | 'callers' | 'when'>): string =>
  `${callers === undefined ? '' : `${callers}: `}${REACHES[reach]}${when === 'now' ? '' : ', after the next deployment'}`;

/** What arrives at the caller: `401 {"message":"Unauthorized"}`, `403 MISSING_AUTHENTICATION_TOKEN`, or words where that is not HTTP. */
export const symptomWords = ({ status, responseType, body, instead }: Symptom): string => {
  if (instead !== undefined) return instead;
  const parts = [status === null ? null : String(status), body ?? responseType];
  return parts.filter((part) => part !== null).join(' ') || 'no answer that the configuration tells';
};

/** Affected methods by stage: `prod: GET /a, POST /b and 3 more`. One line a stage and API. */
export const affectedLines = (affected: readonly MethodRef[], most = 6): readonly string[] => {
  const byStage = new Map<string, { stage: string; api: string; methods: string[] }>();
  for (const { restApiId, stage, method } of affected) {
    const key = JSON.stringify([restApiId, stage]);
    const entry = byStage.get(key) ?? { stage, api: restApiId, methods: [] };
    entry.methods.push(method);
    byStage.set(key, entry);
  }
  const apis = new Set(affected.map(({ restApiId }) => restApiId));
  return [...byStage.values()].map(
    ({ stage, api, methods }) => `${apis.size > 1 ? `${api} ` : ''}${stage}: ${shortList(methods, most)}`,
  );
};

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** `2 errors, 1 warning and 0 notes`. */
export const severityCounts = (counts: Readonly<Record<Severity, number>>): string =>
  `${count(counts.error, 'error')}, ${count(counts.warning, 'warning')} and ${count(counts.note, 'note')}`;

export interface Group {
  /** The API, user pool or shared part that the findings belong to. */
  readonly heading: string;
  readonly findings: readonly ReportedFinding[];
}

/** The name of an API or pool as labels write it, `orders (a1b2c3)`, taken from the label of something in it. */
const nameIn = (label: string, id: string): string | null => {
  const at = label.indexOf(`(${id})`);
  return at < 0 ? null : label.slice(0, at + id.length + 2);
};

const ownerOf = ({ subject }: ReportedFinding): { readonly key: string; readonly heading: string | null } => {
  const { restApiId, userPoolId, region, label } = subject;
  if (restApiId !== undefined)
    return { key: `${region} api ${restApiId}`, heading: nameIn(label, restApiId) };
  if (userPoolId !== undefined)
    return { key: `${region} pool ${userPoolId}`, heading: nameIn(label, userPoolId) };
  return { key: `${region} shared`, heading: 'Shared by the APIs: domains, plans, keys, endpoints' };
};

/** Findings come most severe first, so the first one speaks for its group. */
const rank = ({ findings: [first] }: Pick<Group, 'findings'>): number =>
  first === undefined ? SEVERITIES.length : SEVERITIES.indexOf(first.severity);

/** Findings by the API or pool they belong to, the group with the most severe finding first. */
export const groupFindings = (
  findings: readonly ReportedFinding[],
  regions: readonly string[],
): readonly Group[] => {
  const groups = new Map<string, { heading: string | null; findings: ReportedFinding[] }>();
  for (const finding of findings) {
    const { key, heading } = ownerOf(finding);
    const group = groups.get(key) ?? { heading, findings: [] };
    group.heading ??= heading;
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((left, right) => rank(left) - rank(right))
    .map(({ heading, findings: members }) => {
      const [{ subject } = { subject: { region: '', label: '' } }] = members;
      const name = heading ?? subject.label;
      return { heading: regions.length > 1 ? `${name}, ${subject.region}` : name, findings: members };
    });
};

/** Findings that stand now and that nobody accepted; resolved ones and those that could not be judged again are told apart. */
export const isStanding = ({ change, suppressed }: ReportedFinding): boolean =>
  suppressed === undefined && (change === 'new' || change === 'open');

/** Of findings that were not judged again, why where another one hides them: `; hidden by "…"`, or nothing. */
export const hidingWords = (
  findings: readonly ReportedFinding[],
): ((finding: Pick<ReportedFinding, 'hiddenBy'>) => string) => {
  const titles = new Map(findings.map(({ id, title }) => [id, title]));
  return ({ hiddenBy }) => {
    if (hiddenBy === undefined) return '';
    return `; cannot show itself while its methods meet "${titles.get(hiddenBy) ?? hiddenBy}" first`;
  };
};

/** Accepted ones that still stand. */
export const isAccepted = ({ change, suppressed }: ReportedFinding): boolean =>
  suppressed !== undefined && (change === 'new' || change === 'open');

/** `known (team-shop, until 2026-12-31)`. */
export const acceptedWords = ({ reason, owner, until }: Suppression): string =>
  `${reason} (${owner}, until ${until})`;

/** `cors/* of orders (a1b2c3): known (team-shop, until 2026-12-31)`. */
export const suppressionWords = (suppression: Suppression): string =>
  `${suppression.rule} of ${suppression.subject}: ${acceptedWords(suppression)}`;

/** Where nobody hears alerts, or that cannot be told, a sentence that says so. */
export const unheardWords = (audience: Audience | undefined): string | null => {
  if (audience === undefined || audience.webhook === true) return null;
  if ('unknown' in audience)
    return `It cannot be told whether anybody hears alerts: reading the subscriptions of the alerts topic failed (${audience.unknown}).`;
  if (audience.confirmed > 0) return null;
  const pending =
    audience.pending === 0
      ? 'nobody subscribed'
      : `${count(audience.pending, 'subscription')} ${audience.pending === 1 ? 'waits' : 'wait'} for somebody to click the link in the mail from AWS`;
  return `Nobody hears alerts: no subscription of the alerts topic is confirmed; ${pending}.`;
};

/** `2.4 s`, `3 min 5 s`. */
export const duration = (milliseconds: number): string => {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

/** `2026-11-23 09:00 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
