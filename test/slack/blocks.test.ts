import { composeAlerts } from '../../lambda/alert/compose';
import { testMessages } from '../../lambda/alert/notice';
import { readEvent, UnknownEventError } from '../../lambda/alert/read-event';
import type { AuditResult } from '../../lambda/result';
import { slackMessageOf, type SlackMessage } from '../../lambda/slack/blocks';
import { findingOf, resultOf } from '../alert/many';
import { sample, scopeUndefined } from '../report/sample';
import { expectGolden } from '../support/golden';
import { expectWithinLimits, textsOf } from './limits';

const REPORT = {
  location: 's3://history/reports/2026-11-23/run-1.html',
  console: 'https://eu-west-1.console.aws.amazon.com/s3/object/history?prefix=reports%2Frun-1.html',
  presigned: {
    url: `https://history.s3.amazonaws.com/r?X-Amz-Security-Token=${'a'.repeat(1700)}`,
    hours: 12,
  },
};

const messageOf = (result: AuditResult, report: typeof REPORT | null = REPORT): SlackMessage => {
  const event = composeAlerts(result, { alias: 'prod', full: false, report }).find(
    ({ topic }) => topic === 'events',
  );
  return slackMessageOf(readEvent(event?.body ?? ''));
};

test('is the message that people know', () => {
  const message = messageOf(sample, null);
  expectWithinLimits(message);
  expectGolden('alert/slack-webhook.json', `${JSON.stringify(message, null, 2)}\n`);
});

test('5,000 findings: whole ones as long as they fit, the rest counted, and the report', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    findingOf(`a${index % 40}`, index, { message: `Größe ${index} ${'ü'.repeat(200)}` }),
  );
  const message = messageOf(resultOf(many));
  expectWithinLimits(message);
  const all = textsOf(message).join('\n');
  const shown = all.match(/:red_circle:/g)?.length ?? 0;
  expect(shown).toBeGreaterThan(5);
  expect(all).toContain('API auth audit: 5000 new');
  const [, left = ''] = /and ([\d,]+) more findings in the report/.exec(all) ?? [];
  expect(shown + Number(left.replaceAll(',', ''))).toBe(5000);
  expect(all).toContain(
    `<${REPORT.presigned.url}|Open the report> (without signing in, for at most 12 hours)`,
  );
});

test('a link too long for Slack gives way to the one into the account', () => {
  const url = `https://history.s3.amazonaws.com/r?X-Amz-Security-Token=${'a'.repeat(3000)}`;
  const message = messageOf(resultOf([scopeUndefined]), { ...REPORT, presigned: { url, hours: 12 } });
  expectWithinLimits(message);
  expect(textsOf(message).join('\n')).not.toContain('Security-Token');
  expect(textsOf(message).join('\n')).toContain(`<${REPORT.console}|Report in the account>`);
});

test('the widest findings and notices stay within the limits', () => {
  const wide = '&'.repeat(4000);
  const findings = Array.from({ length: 60 }, (_, index) =>
    findingOf(`a${index}`, index, {
      title: wide.slice(0, 90),
      message: wide,
      callers: wide,
      subject: { ...scopeUndefined.subject, label: wide, restApiId: `a${index}` },
      affected: Array.from({ length: 20 }, () => ({ restApiId: 'a', stage: wide, method: wide })),
      affectedCount: 20,
      fix: [{ step: wide, commands: [`aws ${wide}`] }],
      change: index < 30 ? 'new' : 'resolved',
    }),
  );
  const event = composeAlerts(resultOf(findings), {
    alias: wide,
    full: false,
    report: REPORT,
    notices: [wide, wide, wide, wide],
  }).find(({ topic }) => topic === 'events');
  expectWithinLimits(slackMessageOf(readEvent(event?.body ?? '')));
});

test('what stays open in the region is counted, and what the run looked at said', () => {
  const elsewhere = { ...scopeUndefined.subject, region: 'eu-central-1' };
  const findings = [
    findingOf('a', 1),
    findingOf('a', 2, { change: 'open' }),
    findingOf('a', 3, { change: 'open', was: 'note' }),
    findingOf('b', 4, { change: 'open', subject: elsewhere }),
  ];
  const regions = ['eu-west-1', 'eu-central-1'];
  const [text = '', , where = ''] = textsOf(
    messageOf(resultOf(findings, { run: { ...sample.run, regions } }), null),
  );
  expect(text).toContain('API auth audit: 1 new, 1 worse, 1 open (');
  expect(where).toContain('read 2 APIs and 1,040 deployed methods');
});

test('lost coverage stands beside the counts', () => {
  expect(textsOf(messageOf({ ...sample, findings: [] }, null)).join('\n')).toMatch(
    /\*INCOMPLETE\*: \d+ reads? gave nothing.*; silence about these is no proof/,
  );
});

test('notices are messages too', () => {
  const audited = { account: '222233334444', alias: null, regions: ['eu-west-1'], runId: 'run-1' };
  const [, event] = testMessages(audited);
  const message = slackMessageOf(readEvent(event?.body ?? ''));
  expect(textsOf(message).slice(0, 2)).toEqual([
    'API auth audit: test alert (222233334444 eu-west-1)',
    'API auth audit: test alert',
  ]);
});

test.each([
  ['hello', 'The message is not JSON'],
  ['{"type":"audit"}', 'The message is no event of the audit: schemaVersion'],
  ['{"AlarmName":"x"}', 'The message is no event of the audit: type'],
])('%s is no event', (text, words) => {
  expect(() => readEvent(text)).toThrow(UnknownEventError);
  expect(() => readEvent(text)).toThrow(words);
});
