import type { Message } from '../../lambda/alert/message';
import { htmlReport } from '../../lambda/report/html';
import { withSampleAlert } from '../../tools/readme-alert';
import { tellStory, type Chapter } from '../../tools/sandbox-story';

const mailOf = (messages: readonly Message[]): string => {
  const people = messages.find(({ topic }) => topic === 'alerts');
  const { email } = JSON.parse(people?.body ?? '{}') as { readonly email?: string };
  return `Subject: ${people?.subject}\n\n${email}`;
};

let first: Chapter;
let later: Chapter;

beforeAll(async () => {
  [first, later] = await tellStory(() => new Date('2026-11-23T09:00:00.000Z'));
});

test('the README shows an alert of the first day', () => {
  const readme = 'Before\n\n```text\nSubject: old\n\nold\n```\n\nAfter\n';
  const [before = '', sample = '', after = ''] = withSampleAlert(readme, first).split('```');
  expect([before, after]).toEqual(['Before\n\n', '\n\nAfter\n']);
  const mail = mailOf(first.messages);
  const parts = sample
    .replace(/^text\n/, '')
    .trim()
    .split('\n\n');
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect(mail).toContain(part);
  expect(parts.at(-1)).toMatch(/^\d+\. ERROR: [^]+rules\/cognito\/scope-undefined\.md$/);
});

test('a day later people hear of one fault that was made and two that were mended, and of nothing else', () => {
  expect(mailOf(later.messages)).toMatch(/^Subject: .*: 1 new, 2 resolved \(worst: error\)\n/);
  const changes = later.result.findings.filter(({ change }) => change !== 'open');
  expect(changes.map(({ rule, change }) => `${change} ${rule}`)).toEqual([
    'new api-keys/stage-in-no-usage-plan',
    'resolved edge/default-endpoint-disabled',
    'resolved api-keys/stage-in-no-usage-plan',
  ]);
});

test('the page of the first day has its findings and who gets in', () => {
  const page = htmlReport(first.result);
  for (const { id } of first.result.findings) expect(page).toContain(`id="f-${id}"`);
  expect(page).toContain('Who gets in');
});
