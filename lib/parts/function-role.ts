import { Aws, Stack, Validations } from 'aws-cdk-lib';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, type Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { readStatements, wildcardResources } from '../read-role';

interface Reach {
  readonly regions: readonly string[];
  /** What it publishes to. */
  readonly topics: readonly Topic[];
  /** The one of them whose subscriptions it counts. */
  readonly alertsTopic: Topic;
  readonly key: Key;
  readonly history: Bucket;
  /** To reports, in the role's name. */
  readonly signsLinks: boolean;
  /** Into Security Hub. */
  readonly importsFindings: boolean;
  readonly undelivered: Queue;
  readonly logGroup: LogGroup;
}

/** Own keys of the history: what is remembered, who was told, each run's report. */
const allowHistory = (
  role: Role,
  { history, signsLinks }: Pick<Reach, 'history' | 'signsLinks'>,
  allow: Allow,
): void => {
  const objects = (...keys: string[]): string[] => keys.map((one) => history.arnForObjects(one));
  allow(
    ['s3:GetObject'],
    objects('state/findings.json', 'alerts/*', 'checkpoints/*', 'deployments/*', 'suppressions.yaml'),
  );
  // A signed link reads what its signer may read.
  if (signsLinks) allow(['s3:GetObject'], objects('reports/*'));
  allow(
    ['s3:PutObject'],
    objects('state/findings.json', 'alerts/*', 'checkpoints/*', 'deployments/*', 'reports/*'),
  );
  // Without it S3 answers 403 for a key that is not there, so the first run could not be told from a denied one. Reading an
  // object has no prefix, therefore IfExists.
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['s3:ListBucket'],
      resources: [history.bucketArn],
      conditions: {
        StringLikeIfExists: { 's3:prefix': ['state/*', 'alerts/*', 'reports/*', 'suppressions.yaml'] },
      },
    }),
  );
};

type Allow = (actions: string[], resources: string[]) => void;

/**
 * Own findings only: the default product of this account, and what was sent to it. BatchImportFindings takes resources of the type product.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
const allowImports = ({ regions, history }: Pick<Reach, 'regions' | 'history'>, allow: Allow): void => {
  allow(
    ['securityhub:BatchImportFindings'],
    regions.map(
      (region) =>
        `arn:${Aws.PARTITION}:securityhub:${region}:${Aws.ACCOUNT_ID}:product/${Aws.ACCOUNT_ID}/default`,
    ),
  );
  allow(['s3:GetObject', 's3:PutObject'], [history.arnForObjects('state/security-hub.json')]);
};

/** What cdk-nag must be told, each with its reason. */
const acknowledgeWildcards = (
  role: Role,
  { regions, history }: { readonly regions: readonly string[]; readonly history: Bucket },
): void => {
  const bucketElement = history.node.defaultChild;
  const bucket = bucketElement instanceof CfnBucket ? Stack.of(role).getLogicalId(bucketElement) : '';
  for (const prefix of ['alerts', 'checkpoints', 'deployments', 'reports']) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${prefix}/*]`,
      reason:
        'Runs name what they write by their id, or by the deployment that they read: neither is known before.',
    });
  }
  for (const resource of wildcardResources(regions)) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${resource}]`,
      reason:
        resource === '*'
          ? 'IAM knows no narrower resource for these read actions.'
          : 'The audit reads all of the account, also what is made after the deployment; the actions only read.',
    });
  }
};

/** Reads what the collectors declare; tells, remembers and logs in places of its own. */
export const makeFunctionRole = (
  scope: Construct,
  { regions, topics, alertsTopic, key, history, signsLinks, importsFindings, undelivered, logGroup }: Reach,
): Role => {
  const role = new Role(scope, 'Role', {
    description: 'Reads API Gateway and Cognito, publishes alerts',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const allow: Allow = (actions, resources) => {
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
  };
  for (const statement of readStatements(regions)) role.addToPolicy(statement);
  allow(
    ['sns:Publish'],
    topics.map(({ topicArn }) => topicArn),
  );
  allow(['sns:GetTopicAttributes'], [alertsTopic.topicArn]);
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
  allowHistory(role, { history, signsLinks }, allow);
  if (importsFindings) allowImports({ regions, history }, allow);
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
  allow(['sqs:SendMessage'], [undelivered.queueArn]);
  acknowledgeWildcards(role, { regions, history });
  return role;
};

/**
 * For runs that take longer than one invocation may. A policy of its own: in the role's, on which the function depends, the function's
 * ARN would close a circle.
 */
export const letInvokeItself = (scope: Construct, role: Role, audit: Function): void => {
  new Policy(scope, 'GoOn', {
    roles: [role],
    statements: [
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['lambda:InvokeFunction'],
        resources: [audit.functionArn],
      }),
    ],
  });
};
