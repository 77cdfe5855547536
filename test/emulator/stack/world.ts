import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import {
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startMiniStack, type Emulator } from '../harness/emulator';
import { seedShop, type Shop } from '../shop/seed-shop';
import { deployStack, type Deployed } from './deploy';
import { deployedFunction, type DeployedFunction } from './function';
import { listenAsSlack, subscribeByHttps, type Listener } from './listener';
import { subscribeMailbox, type Mail, type Mailbox } from './mailbox';

/** A shop, the deployed auditor, and what came of its first run, which the schedule started. */
export interface World {
  readonly emulator: Emulator;
  readonly shop: Shop;
  readonly deployed: Deployed;
  readonly resources: readonly StackResource[];
  readonly people: Mailbox;
  readonly machines: Mailbox;
  /** Where the function of the Slack webhook posts. */
  readonly slack: Listener;
  /** Subscribed to the people's topic by https. */
  readonly chat: Listener;
  readonly first: {
    readonly people: Mail | null;
    readonly machines: Mail | null;
    readonly slack: string | null;
    readonly chat: string | null;
  };
  readonly auditor: DeployedFunction;
  stop(): Promise<void>;
}

const describeStack = async (
  emulator: Emulator,
  { stackName }: Deployed,
): Promise<readonly StackResource[]> => {
  const client = new CloudFormationClient(emulator.client());
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  client.destroy();
  return StackResources;
};

/** A secret that holds the address of a Slack webhook. Answers its name. */
const keepSecret = async (emulator: Emulator, SecretString: string): Promise<string> => {
  const secrets = new SecretsManagerClient(emulator.client());
  const { Name = '' } = await secrets.send(
    new CreateSecretCommand({ Name: 'api-auth-auditor/slack-webhook', SecretString }),
  );
  secrets.destroy();
  return Name;
};

/** So that it does not meddle with what comes after its first run. */
const pauseSchedule = async (emulator: Emulator): Promise<void> => {
  const scheduler = new SchedulerClient(emulator.client());
  const { Schedules: [listed] = [] } = await scheduler.send(new ListSchedulesCommand({}));
  const { Name, ScheduleExpression, FlexibleTimeWindow, Target } = await scheduler.send(
    new GetScheduleCommand({ Name: listed?.Name }),
  );
  await scheduler.send(
    new UpdateScheduleCommand({ Name, ScheduleExpression, FlexibleTimeWindow, Target, State: 'DISABLED' }),
  );
  scheduler.destroy();
};

/** Deploys the auditor to run every minute, as docs/configuration.md says, and waits until it has. */
export const standUp = async (): Promise<World> => {
  const emulator = await startMiniStack({ tls: true });
  try {
    const shop = await seedShop(emulator, { distribution: true });
    const slack = await listenAsSlack();
    const slackWebhookSecret = await keepSecret(emulator, slack.url);
    const settings = { schedule: 'rate(1 minute)', emails: 'api-team@example.com', slackWebhookSecret };
    const deployed = await deployStack(emulator, settings);
    const people = await subscribeMailbox(emulator, 'people', deployed.alertsTopicArn);
    const machines = await subscribeMailbox(emulator, 'machines', deployed.eventsTopicArn);
    const chat = await subscribeByHttps(emulator, deployed.alertsTopicArn);
    const told = await people.next(180);
    const first = {
      people: told,
      machines: await machines.next(20),
      slack: await slack.next(20),
      chat: await chat.next(20),
    };
    await pauseSchedule(emulator);
    const auditor = deployedFunction(emulator, deployed.functionName);
    return {
      emulator,
      shop,
      deployed,
      resources: await describeStack(emulator, deployed),
      people,
      machines,
      slack,
      chat,
      first,
      auditor,
      stop: async () => {
        for (const one of [people, machines, slack, chat, auditor]) one.close();
        await emulator.stop();
      },
    };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
};
