import { oneLine } from '../report/escape';
import { runbookPage } from '../runbook';
import type { CustomNotification } from './amazon-q';
import { filled } from './lines';
import { messageForMachines, messageForPeople, type Message } from './message';
import type { Audited } from './occasion';
import type { NoticeEvent } from './event';
import { cut } from './sizes';
import { slackCut } from './slack-text';
import { subjectOf } from './subject';
import { placeOf } from './wording';

interface Notice {
  readonly kind: NoticeEvent['type'];
  readonly saying: string;
  readonly change: 'error' | 'none';
  readonly paragraphs: readonly string[];
}

const chatOf = (audited: Audited, { kind, saying, paragraphs }: Notice): CustomNotification => {
  const title = slackCut(`API auth audit of ${placeOf(audited)}: ${saying}`, 200);
  return {
    version: '1.0',
    source: 'custom',
    id: `${audited.runId}-${kind}`,
    content: {
      textType: 'client-markdown',
      title,
      description: paragraphs.map((one) => slackCut(one, 900)).join('\n\n'),
      keywords: ['api-auth-audit', kind, audited.account],
    },
    metadata: {
      threadId: [audited.account, ...audited.regions].join(':'),
      summary: title,
      eventType: 'api-auth-audit',
      additionalContext: { account: audited.account, region: audited.regions.join(','), run: audited.runId },
    },
  };
};

const noticeMessages = (audited: Audited, notice: Notice): readonly Message[] => {
  const text = [
    ...filled('', `API auth audit of ${placeOf(audited)}: ${notice.saying}.`),
    '',
    ...notice.paragraphs.flatMap((one) => [...filled('', oneLine(one)), '']),
  ].join('\n');
  return [
    messageForPeople({
      topic: 'alerts',
      part: notice.kind,
      subject: subjectOf(audited, notice.saying),
      text,
      email: text,
      chat: chatOf(audited, notice),
    }),
    ...audited.regions.map((region) =>
      messageForMachines({
        attributes: {
          severity_max: 'none',
          change: notice.change,
          account: audited.account,
          region,
          schema: '1',
        },
        body: JSON.stringify({
          schemaVersion: '1',
          type: notice.kind,
          run: { id: audited.runId, account: audited.account, alias: audited.alias, region },
          message: oneLine(notice.paragraphs[0] ?? notice.saying),
        } satisfies NoticeEvent),
      }),
    ),
  ];
};

/** The audit itself failed: whoever waits for findings must not take silence for good news. */
export const failureMessages = (audited: Audited, reason: string): readonly Message[] =>
  noticeMessages(audited, {
    kind: 'audit-failed',
    saying: 'audit failed',
    change: 'error',
    paragraphs: [
      cut(reason, 500),
      'No API was judged, so the silence of this run is no proof that callers get in.',
      `What to do: ${runbookPage('audit-failed')}`,
      `Run ${audited.runId}; its log lines carry this id.`,
    ],
  });

/** The run was fine and told; the next one may tell it again. */
export const historyMessages = (audited: Audited, reason: string): readonly Message[] =>
  noticeMessages(audited, {
    kind: 'history-failed',
    saying: 'history not saved',
    change: 'error',
    paragraphs: [
      cut(reason, 500),
      'The audit itself ran and was told. The next run compares with an older one, so it may tell the same news again.',
      `Run ${audited.runId}; its log lines carry this id.`,
    ],
  });

/** One sample to every subscriber, so that people see that alerts arrive before they need one. */
export const testMessages = (audited: Audited): readonly Message[] =>
  noticeMessages(audited, {
    kind: 'test',
    saying: 'test alert',
    change: 'none',
    paragraphs: [
      'This is a test: someone asked for a sample alert. Nothing was audited and nothing is wrong.',
      'A real alert names each finding: what breaks and for whom, where, the proof, the fix as commands to paste, and a page that explains it.',
      `Run ${audited.runId}.`,
    ],
  });
