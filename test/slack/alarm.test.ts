import { alarmWords, runbookPage } from '../../lambda/runbook';
import { readAlarm } from '../../lambda/slack/alarm';
import { alarmMessageOf, type SlackMessage } from '../../lambda/slack/blocks';
import { alarmNotification } from './alarm-notification';
import { expectWithinLimits, textsOf } from './limits';

const messageOf = (given: Readonly<Record<string, unknown>>): SlackMessage => {
  const alarm = readAlarm(alarmNotification(given));
  if (alarm === null) throw new Error('no alarm');
  return alarmMessageOf(alarm);
};

test('an alarm says where, what is wrong, what to do and why CloudWatch thinks so', () => {
  const AlarmDescription = alarmWords('A run of the API auth audit failed.', 'audit-failed');
  const message = messageOf({ AlarmDescription });
  expectWithinLimits(message);
  expect(textsOf(message)).toEqual([
    'API auth audit: alarm (222233334444 eu-west-1)',
    'API auth audit: alarm',
    '222233334444 eu-west-1 · ApiAuthAuditor-AuditorAuditFailed1A2B3C4D-abcdefghijkl',
    'A run of the API auth audit failed.',
    `<${runbookPage('audit-failed')}|What to do>`,
    'Threshold Crossed: 1 out of the last 1 datapoints [1.0 (23/11/26 09:00:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -&gt; ALARM transition).',
  ]);
});

test('an alarm without a description is told by its name, one that ended as what it is', () => {
  const texts = textsOf(messageOf({ AlarmName: 'mine', AlarmArn: undefined, NewStateValue: 'OK' }));
  expect(texts.slice(0, 4)).toEqual([
    'API auth audit: alarm is OK (222233334444 EU (Ireland))',
    'API auth audit: alarm is OK',
    '222233334444 EU (Ireland) · mine',
    'mine',
  ]);
});

test.each([
  '<!channel> What to do: https://evil.example/#audit-failed',
  `What to do: ${runbookPage('audit-failed')}|click>`,
  '\u202Eevil\n\u001B[2J'.repeat(400),
  '&'.repeat(5000),
])('a hostile text %# links nowhere and calls nobody', (text) => {
  const message = messageOf({
    AlarmName: text,
    AlarmDescription: text,
    NewStateReason: text,
    NewStateValue: text,
    Region: text,
    AlarmArn: text,
    AWSAccountId: text,
  });
  expectWithinLimits(message);
  for (const shown of textsOf(message)) {
    expect(shown).not.toMatch(/[<>\p{Cc}\p{Cf}\p{Cs}]/u);
  }
});

test.each(['', 'hello', '{}', '{"AlarmName":"x"}', '{"schemaVersion":"1","type":"audit"}'])(
  '%j is no alarm',
  (text) => {
    expect(readAlarm(text)).toBeNull();
  },
);
