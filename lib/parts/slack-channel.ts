import { LoggingLevel, SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Shows the topics in a Slack channel through Amazon Q Developer in chat applications. */
export const showInSlack = (
  scope: Construct,
  {
    slackWorkspaceId,
    slackChannelId,
    topics,
  }: { readonly slackWorkspaceId: string; readonly slackChannelId: string; readonly topics: Topic[] },
): void => {
  // Without a guardrail of ours the channel's members could do whatever AdministratorAccess leaves to the channel's role.
  const guardrail = new ManagedPolicy(scope, 'SlackGuardrail', {
    description: 'Nobody acts on AWS from the channel of the API auth audit',
    statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] })],
  });
  new SlackChannelConfiguration(scope, 'SlackChannel', {
    slackChannelConfigurationName: `api-auth-audit-${slackChannelId}`,
    slackWorkspaceId,
    slackChannelId,
    notificationTopics: topics,
    guardrailPolicies: [guardrail],
    loggingLevel: LoggingLevel.ERROR,
  });
};
