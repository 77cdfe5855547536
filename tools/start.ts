// oxlint-disable-next-line import/no-unassigned-import -- it sets what the SDK reads while loading
import '../bin/quiet-sdk';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pc from 'picocolors';
import type { Message } from '../lambda/alert/message';
import { lookOf } from '../lambda/cli/formats';
import type { Output } from '../lambda/cli/io';
import { ProgressBar } from '../lambda/cli/progress-bar';
import { htmlReport } from '../lambda/report/html';
import { textReport } from '../lambda/report/text';
import { tellStory } from './sandbox-story';

interface PeopleBody {
  readonly email: string;
  readonly https: string;
}

interface SlackBody {
  readonly content: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
  };
}

/** Git ignores it. */
const REPORTS = path.join(__dirname, '..', 'reports');

const outputTo = (stream: NodeJS.WriteStream): Output => ({
  isTerminal: stream.isTTY,
  columns: stream.isTTY ? stream.columns : null,
  write: (text) => new Promise((resolve) => stream.write(text, () => resolve())),
});

const banner = (text: string): void => {
  console.log(`\n${pc.inverse(pc.bold(` ${text} `))}\n`);
};

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

const showMail = ({ subject, body }: Message): void => {
  const { email } = JSON.parse(body) as PeopleBody;
  banner('The e-mail that would be sent');
  console.log(`  ${pc.dim('Subject:')} ${pc.bold(subject ?? '')}\n\n${indented(email)}`);
};

const showSlack = ({ body }: Message): void => {
  const { https } = JSON.parse(body) as PeopleBody;
  const { content } = JSON.parse(https) as SlackBody;
  banner('The Slack message that would be sent');
  console.log(`  ${pc.bold(content.title)}\n\n${indented(content.description)}`);
  for (const step of content.nextSteps ?? []) console.log(`  ${pc.dim('•')} ${step}`);
};

const showAlerts = (messages: readonly Message[]): void => {
  const people = messages.find(({ topic }) => topic === 'alerts');
  if (people === undefined) return;
  showMail(people);
  showSlack(people);
};

const write = (name: string, text: string): string => {
  mkdirSync(REPORTS, { recursive: true });
  const file = path.join(REPORTS, name);
  writeFileSync(file, text);
  return path.relative(process.cwd(), file);
};

const clock = (): Date => new Date();

/** Shows everything that people would get, of the sample account and of what changed in it a day later. */
const main = async (): Promise<void> => {
  const bar = new ProgressBar(outputTo(process.stderr), clock);
  const [first, later] = await tellStory(clock, (at) => bar.update(at));
  await bar.clear();

  banner('The report');
  console.log(textReport(first.result, lookOf(outputTo(process.stdout), process.env)));
  showAlerts(first.messages);
  banner('A day later: two faults were mended, one was made');
  showAlerts(later.messages);

  const all = [...first.messages, ...later.messages];
  const events = all.filter(({ topic }) => topic === 'events').length;
  const files = [
    write('sandbox.html', htmlReport(first.result)),
    write('sandbox-a-day-later.html', htmlReport(later.result)),
  ];
  console.log(
    pc.dim(
      `\n${all.length} messages in all, ${events} of them for machines. Nothing was sent and no AWS account was read.\n` +
        'Next: "npx tsx bin/audit.ts audit --region eu-west-1" audits your account; README.md says how to deploy.',
    ),
  );
  console.log(`\nReports to open in a browser: ${files.join(' and ')}`);
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
