// oxlint-disable-next-line import/no-unassigned-import -- it sets what the SDK reads while loading
import '../bin/quiet-sdk';
import pc from 'picocolors';
import { composeAlerts } from '../lambda/alert/compose';
import type { Message } from '../lambda/alert/message';
import { lookOf } from '../lambda/cli/formats';
import { openSandbox } from '../lambda/cli/open-sandbox';
import { ProgressBar } from '../lambda/cli/progress-bar';
import type { Output } from '../lambda/cli/io';
import { textReport } from '../lambda/report/text';
import { catalogue } from '../lambda/rules/catalogue';
import { audit } from '../lambda/run';

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

const clock = (): Date => new Date();

/** Audits the sample account on loopback, as the function would audit a real one, and shows everything that people would get. */
const main = async (): Promise<void> => {
  const bar = new ProgressBar(outputTo(process.stderr), clock);
  const { sources, close } = await openSandbox({ region: [], api: [] }, clock);
  try {
    const result = await audit({
      sources,
      rules: catalogue,
      runId: 'npm-start',
      clock,
      progress: (at) => bar.update(at),
    });
    await bar.clear();
    banner('The report');
    console.log(textReport(result, lookOf(outputTo(process.stdout), process.env)));
    const messages = composeAlerts(result, { alias: 'sandbox', full: false });
    const people = messages.find(({ topic }) => topic === 'alerts');
    if (people !== undefined) {
      showMail(people);
      showSlack(people);
    }
    const events = messages.filter(({ topic }) => topic === 'events').length;
    console.log(
      pc.dim(
        `\n${messages.length} messages in all, ${events} of them for machines. Nothing was sent and no AWS account was read.\n` +
          'Next: "npx tsx bin/audit.ts audit --region eu-west-1" audits your account; README.md says how to deploy.',
      ),
    );
  } finally {
    await close();
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
