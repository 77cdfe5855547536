import { pasteable } from '../report/escape';
import { count } from '../report/words';
import type { ReportedFinding } from '../result';
import { worstOf, type Occasion } from './occasion';
import { cut } from './sizes';
import { findingText, stepText } from './slack-finding';
import { slackCut, slackLink, slackText } from './slack-text';
import { countsOf } from './subject';
import { coverageOf, placeOf } from './wording';

/**
 * The custom notification of Amazon Q Developer in chat applications; anything else on the topic is dropped without a word.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface CustomNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** The same id, the same thread. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources?: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

const TITLE = 200;
/** Fits one section of a Slack message too. */
const DESCRIPTION = 2800;
const STEPS = 5;
const RESOURCES = 10;

const more = (left: number): readonly string[] => (left === 0 ? [] : [`and ${count(left, 'more finding')}`]);

/** In the console: a signed link is so long that it would take the room of most findings, and a chat remembers it for longer than it holds. */
const reportText = ({ report }: Occasion): readonly string[] =>
  report === null ? [] : [slackLink(report.console, 'The whole report, in the account')];

/** Whole findings as long as they fit, the rest counted. */
const fill = (opening: string, findings: readonly string[], closing: readonly string[]): string => {
  const text = (shown: number): string =>
    [opening, ...findings.slice(0, shown), ...more(findings.length - shown), ...closing].join('\n\n');
  let shown = 0;
  while (shown < findings.length && text(shown + 1).length <= DESCRIPTION) shown += 1;
  return text(shown);
};

const stepsOf = (findings: readonly ReportedFinding[]): readonly string[] =>
  findings.flatMap(({ fix }) => fix.slice(0, 2).map(stepText)).slice(0, STEPS);

interface Parts {
  readonly part: string;
  readonly threadId: string;
  readonly title: string;
  readonly description: string;
  readonly findings: readonly ReportedFinding[];
}

const notification = (
  occasion: Occasion,
  { part, threadId, title, description, findings }: Parts,
): CustomNotification => {
  const steps = stepsOf(findings);
  const resources = [...new Set(findings.map(({ subject }) => subject.arn))].filter(
    (arn) => pasteable(arn) !== null,
  );
  return {
    version: '1.0',
    source: 'custom',
    id: `${occasion.runId}-${part}`,
    content: {
      textType: 'client-markdown',
      title,
      description,
      ...(steps.length === 0 ? {} : { nextSteps: steps }),
      keywords: [
        'api-auth-audit',
        worstOf(findings) ?? 'none',
        occasion.account,
        ...occasion.regions.slice(0, 3),
      ],
    },
    metadata: {
      threadId,
      summary: title,
      eventType: 'api-auth-audit',
      ...(resources.length === 0 ? {} : { relatedResources: resources.slice(0, RESOURCES) }),
      additionalContext: {
        account: occasion.account,
        region: occasion.regions.join(','),
        run: occasion.runId,
      },
    },
  };
};

/** The findings of one API: a thread in the chat, where new, still open and resolved meet. */
export interface Thread {
  readonly id: string;
  /** As labels call it. */
  readonly name: string;
  readonly told: readonly ReportedFinding[];
  readonly resolved: readonly ReportedFinding[];
}

/** The API that a finding is about: its subject's, or the only one that it affects. */
const apiOf = ({ subject, affected }: ReportedFinding): string | null => {
  if (subject.restApiId !== undefined) return subject.restApiId;
  const apis = new Set(affected.map(({ restApiId }) => restApiId));
  const [only] = apis;
  return apis.size === 1 && only !== undefined ? only : null;
};

const nameOf = (finding: ReportedFinding, api: string | null): string => {
  if (api === null) return `shared by APIs of ${finding.subject.region}`;
  const { label } = finding.subject;
  const end = label.indexOf(`(${api})`);
  return end < 0 ? `API ${api}` : label.slice(0, end + api.length + 2);
};

/** One thread an API, the one with the worst news first. */
export const threadsOf = (occasion: Occasion): readonly Thread[] => {
  const threads = new Map<
    string,
    { id: string; name: string; told: ReportedFinding[]; resolved: ReportedFinding[] }
  >();
  const threadOf = (finding: ReportedFinding): { told: ReportedFinding[]; resolved: ReportedFinding[] } => {
    const api = apiOf(finding);
    const id = [occasion.account, finding.subject.region, api ?? 'shared'].join(':');
    const thread = threads.get(id) ?? { id, name: nameOf(finding, api), told: [], resolved: [] };
    threads.set(id, thread);
    return thread;
  };
  for (const finding of occasion.told) threadOf(finding).told.push(finding);
  for (const finding of occasion.resolved) threadOf(finding).resolved.push(finding);
  return [...threads.values()];
};

const resolvedText = (resolved: readonly ReportedFinding[]): readonly string[] =>
  resolved.length === 0
    ? []
    : [
        [
          ':white_check_mark: *Resolved*',
          ...resolved
            .slice(0, 5)
            .map(({ title, subject }) => `${slackText(title)}: ${slackCut(subject.label, 120)}`),
          ...(resolved.length > 5 ? [`and ${resolved.length - 5} more`] : []),
        ].join('\n'),
      ];

const noticeTexts = ({ notices }: Occasion): readonly string[] =>
  notices.slice(0, 3).map((one) => `:warning: ${slackCut(one, 300)}`);

/** The message for the thread of one API. */
export const threadNotification = (occasion: Occasion, thread: Thread): CustomNotification => {
  const counts = countsOf({
    ...occasion,
    told: thread.told,
    resolved: thread.resolved,
    new: thread.told.filter(({ change }) => change === 'new').length,
    worse: thread.told.filter(({ change, was }) => change === 'open' && was !== undefined).length,
    history: null,
  });
  return notification(occasion, {
    part: thread.id,
    threadId: thread.id,
    title: slackCut(`${cut(thread.name, 90)}: ${counts}`, TITLE),
    description: fill(
      [slackCut(placeOf(occasion), 200), ...noticeTexts(occasion)].join('\n\n'),
      thread.told.map(findingText),
      [...resolvedText(thread.resolved), slackCut(coverageOf(occasion), 400), ...reportText(occasion)],
    ),
    findings: thread.told,
  });
};

/** The message of a run: its only API in that API's thread, or all of it in one message. */
export const runNotification = (occasion: Occasion): CustomNotification => {
  const threads = threadsOf(occasion);
  const [only] = threads.length === 1 ? threads : [];
  if (only !== undefined) return threadNotification(occasion, only);
  return notification(occasion, {
    part: 'run',
    threadId: [occasion.account, ...occasion.regions].join(':'),
    title: slackCut(`API auth audit of ${placeOf(occasion)}: ${countsOf(occasion)}`, TITLE),
    description: fill(
      [slackCut(coverageOf(occasion), 400), ...noticeTexts(occasion)].join('\n\n'),
      occasion.told.map(findingText),
      [...resolvedText(occasion.resolved), ...reportText(occasion)],
    ),
    findings: occasion.told,
  });
};
