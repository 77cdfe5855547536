// oxlint-disable-next-line import/no-unassigned-import -- it sets what the SDK reads while loading
import '../bin/quiet-sdk';
import pc from 'picocolors';
import { composeAlerts } from '../lambda/alert/compose';
import type { Message } from '../lambda/alert/message';
import { lookOf } from '../lambda/cli/formats';
import { openSandbox } from '../lambda/cli/open-sandbox';
import { ProgressBar } from '../lambda/cli/progress-bar';
import type { Output } from '../lambda/cli/io';
import { settle } from '../lambda/findings/settle';
import { textReport } from '../lambda/report/text';
import { catalogue } from '../lambda/rules/catalogue';
import { audit, type Audit } from '../lambda/run';
import type { SandboxAccount } from '../sandbox/account-file';
import { sampleAccount } from '../sandbox/load';

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

const auditSandbox = async (account: SandboxAccount, runId: string): Promise<Audit> => {
  const bar = new ProgressBar(outputTo(process.stderr), clock);
  const { sources, close } = await openSandbox({ region: [], api: [] }, clock, account);
  try {
    return await audit({ sources, rules: catalogue, runId, clock, progress: (at) => bar.update(at) });
  } finally {
    await bar.clear();
    await close();
  }
};

/** The sample account after somebody put a stage into a usage plan, opened an endpoint again, and took another stage out of its plan. */
const aDayLater = (): SandboxAccount => {
  const account = structuredClone(sampleAccount);
  const [ireland, frankfurt] = [account.regions['eu-west-1'], account.regions['eu-central-1']];
  const planOf = (name: string): Record<string, unknown> => {
    const plan = ireland?.usagePlans?.find((one) => one['name'] === name);
    if (plan === undefined) throw new Error(`the sample account has no usage plan ${name}`);
    return plan;
  };
  const statusPage = planOf('status-page');
  const [served] = statusPage['apiStages'] as readonly object[];
  statusPage['apiStages'] = [served, { ...served, stage: 'v2' }];
  planOf('carriers')['apiStages'] = [];
  for (const api of frankfurt?.restApis ?? []) Object.assign(api, { disableExecuteApiEndpoint: false });
  return account;
};

const showAlerts = (messages: readonly Message[]): void => {
  const people = messages.find(({ topic }) => topic === 'alerts');
  if (people === undefined) return;
  showMail(people);
  showSlack(people);
};

/** Audits the sample account on loopback twice, as the function would audit a real one, and shows everything that people would get. */
const main = async (): Promise<void> => {
  const background = { suppressions: null, whole: true } as const;
  const first = settle(await auditSandbox(sampleAccount, 'npm-start'), { ...background, before: [] });
  banner('The report');
  console.log(textReport(first.result, lookOf(outputTo(process.stdout), process.env)));
  const messages = composeAlerts(first.result, { alias: 'sandbox', full: false });
  showAlerts(messages);

  const second = settle(await auditSandbox(aDayLater(), 'npm-start-again'), {
    ...background,
    before: first.kept,
  });
  banner('A day later: two faults were mended, one was made');
  const news = composeAlerts(second.result, { alias: 'sandbox', full: false });
  showAlerts(news);

  const all = [...messages, ...news];
  const events = all.filter(({ topic }) => topic === 'events').length;
  console.log(
    pc.dim(
      `\n${all.length} messages in all, ${events} of them for machines. Nothing was sent and no AWS account was read.\n` +
        'Next: "npx tsx bin/audit.ts audit --region eu-west-1" audits your account; README.md says how to deploy.',
    ),
  );
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
