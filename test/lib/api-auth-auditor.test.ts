import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readPermissions } from '../../lambda/collect/permissions';
import * as environment from '../../lambda/environment';
import { NAMESPACE } from '../../lambda/measurements';
import type { ApiAuthAuditorProps } from '../../lib/api-auth-auditor';
import { allowed, nagViolations, synthesise } from './synthesise';

const SLACK: ApiAuthAuditorProps = { slackWorkspaceId: 'T0123ABCD', slackChannelId: 'C0123ABCD' };
const EVERYTHING: ApiAuthAuditorProps = {
  ...SLACK,
  regions: ['eu-west-1', 'us-east-1'],
  emails: ['api-team@example.com', 'on-call@example.com'],
  alias: 'prod',
  schedule: 'rate(6 hours)',
  quotaShare: 0.25,
  logRetention: 30,
  slackWebhookSecret: 'api-auth-audit/slack',
};

const plain = synthesise();
const everything = synthesise(EVERYTHING);

const idOf = (template: Template, type: string, prefix: string): string => {
  const id = Object.keys(template.findResources(type)).find((one) => one.startsWith(prefix));
  if (id === undefined) throw new Error(`no ${type} ${prefix}`);
  return id;
};

const ref = (template: Template, type: string, prefix: string): object => ({
  Ref: idOf(template, type, prefix),
});
const arn = (template: Template, type: string, prefix: string): object => ({
  'Fn::GetAtt': [idOf(template, type, prefix), 'Arn'],
});

/** A resource of the template as permissions.ts writes it. */
const text = (resource: unknown): string =>
  JSON.stringify(resource)
    .replaceAll(/\{"Fn::Join":\["",\[(.*?)\]\]\}/g, (__, parts: string) => parts)
    .replaceAll(/"?,?\{"Ref":"AWS::(\w+)"\},?"?/g, '<$1>')
    .replaceAll('"', '');

const expectSilence = (props: ApiAuthAuditorProps): void =>
  synthesise(props).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'IncompleteAudits',
    Statistic: 'SampleCount',
    EvaluationPeriods: props.silenceHours ?? 8,
  });

describe('the function', () => {
  test('runs the bundle on the declared runtime, alone, with logs of its own', () => {
    plain.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'handler.handler',
      Timeout: 900,
      ReservedConcurrentExecutions: 1,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(plain, 'AWS::Logs::LogGroup', 'AuditorLogs') },
      Layers: Match.absent(),
      VpcConfig: Match.absent(),
    });
    plain.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    everything.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('gets the topics, and of the settings only those that are given', () => {
    plain.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          [environment.ALERTS_TOPIC_ARN]: ref(plain, 'AWS::SNS::Topic', 'AuditorAlerts'),
          [environment.EVENTS_TOPIC_ARN]: ref(plain, 'AWS::SNS::Topic', 'AuditorEvents'),
          [environment.CHAT_TOPIC_ARN]: Match.absent(),
          [environment.AUDITED_REGIONS]: Match.absent(),
          [environment.ACCOUNT_ALIAS]: Match.absent(),
          [environment.QUOTA_SHARE]: Match.absent(),
        },
      },
    });
    everything.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          [environment.CHAT_TOPIC_ARN]: ref(everything, 'AWS::SNS::Topic', 'AuditorChat'),
          [environment.AUDITED_REGIONS]: 'eu-west-1,us-east-1',
          [environment.ACCOUNT_ALIAS]: 'prod',
          [environment.QUOTA_SHARE]: '0.25',
        },
      },
    });
  });

  test('need not set concurrency aside', () => {
    synthesise({ reserveConcurrency: false }).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  test('is not run again when it fails: its event goes to the queue', () => {
    plain.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 0,
      DestinationConfig: {
        OnFailure: { Destination: arn(plain, 'AWS::SQS::Queue', 'AuditorUndelivered') },
        OnSuccess: Match.absent(),
      },
    });
  });
});

describe('the role of the function', () => {
  const OWN = [
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'lambda:InvokeFunction',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    'sns:GetTopicAttributes',
    'sns:Publish',
    'sqs:SendMessage',
  ];
  const declared = readPermissions.flatMap(({ action, option }) =>
    action === null || option !== undefined ? [] : [action],
  );

  test.each([
    ['one region', plain],
    ['several regions', everything],
  ])('allows exactly what the collectors declare and what telling takes, in %s', (_, template) => {
    const actions = allowed(template, 'AuditorRole').map(({ action }) => action);
    expect([...new Set(actions)].sort()).toEqual([...new Set([...declared, ...OWN])].sort());
  });

  test('lets the function invoke itself and no other, for runs that take longer than one invocation', () => {
    const invoking = allowed(plain, 'AuditorRole').filter(({ action }) => action === 'lambda:InvokeFunction');
    expect(invoking.map(({ resources }) => resources)).toEqual([
      [arn(plain, 'AWS::Lambda::Function', 'AuditorFunction')],
    ]);
  });

  test('allows each action on exactly the declared resources', () => {
    const given = allowed(plain, 'AuditorRole')
      .filter(({ action }) => !OWN.includes(action))
      .flatMap(({ action, resources }) => resources.map((resource) => `${action} ${text(resource)}`));
    const wanted = readPermissions.flatMap(({ action, option, resources }) =>
      action === null || option !== undefined
        ? []
        : resources.map(
            (resource) =>
              `${action} ${resource.replace('PARTITION', '<Partition>').replace('REGION', '<Region>').replace('ACCOUNT', '<AccountId>')}`,
          ),
    );
    expect([...new Set(given)].sort()).toEqual([...new Set(wanted)].sort());
  });

  test('reads in the audited regions only', () => {
    const regional = allowed(everything, 'AuditorRole').filter(({ resources }) =>
      JSON.stringify(resources).includes(':apigateway:'),
    );
    expect(regional.length).toBeGreaterThan(0);
    for (const { condition } of regional) {
      expect(condition).toEqual({ StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } });
    }
  });

  test('publishes to the topics, writes to its own logs and queue, and has no managed policy', () => {
    const resourcesOf = (action: string): readonly unknown[] =>
      allowed(everything, 'AuditorRole')
        .filter((one) => one.action === action)
        .flatMap(({ resources }) => resources);
    expect(resourcesOf('sns:Publish')).toEqual(
      ['AuditorAlerts', 'AuditorChat', 'AuditorEvents'].map((id) => ref(everything, 'AWS::SNS::Topic', id)),
    );
    expect(resourcesOf('logs:PutLogEvents')).toEqual([arn(everything, 'AWS::Logs::LogGroup', 'AuditorLogs')]);
    expect(resourcesOf('sqs:SendMessage')).toEqual([
      arn(everything, 'AWS::SQS::Queue', 'AuditorUndelivered'),
    ]);
    expect(resourcesOf('kms:Decrypt')).toEqual([arn(everything, 'AWS::KMS::Key', 'AuditorTopicKey')]);
    for (const role of Object.values(everything.findResources('AWS::IAM::Role'))) {
      expect(role['Properties'].ManagedPolicyArns).toBeUndefined();
    }
  });

  test('writes nothing and passes no role', () => {
    const text = JSON.stringify(everything.toJSON());
    expect(text).not.toContain('iam:PassRole');
    const writes = /:(?:Put|Create|Update|Delete|Tag|Untag|Set|Admin)|^apigateway:(?!GET$|ListRoutingRules$)/;
    expect(declared.filter((action) => writes.test(action))).toEqual([]);
  });
});

const keysOf = (action: string, template = plain): readonly string[] =>
  allowed(template, 'AuditorRole')
    .filter((one) => one.action === action)
    .flatMap(({ resources }) =>
      resources.map((resource) => /"(\/[^"]+)"/.exec(JSON.stringify(resource))?.[1] ?? 'the bucket'),
    );

describe('the bucket of the history', () => {
  test('is encrypted, versioned, closed, and outlives the stack', () => {
    plain.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    plain.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  test('is open to the function for its own keys only', () => {
    expect([...keysOf('s3:GetObject')].sort()).toEqual([
      '/alerts/*',
      '/checkpoints/*',
      '/deployments/*',
      '/reports/*',
      '/state/findings.json',
      '/suppressions.yaml',
    ]);
    expect([...keysOf('s3:PutObject')].sort()).toEqual([
      '/alerts/*',
      '/checkpoints/*',
      '/deployments/*',
      '/reports/*',
      '/state/findings.json',
    ]);
    expect(keysOf('s3:ListBucket')).toEqual(['the bucket']);
  });

  test('keeps its reports from the function too when no links are signed', () => {
    const template = synthesise({ reportLinkHours: 0 });
    expect(keysOf('s3:GetObject', template)).not.toContain('/reports/*');
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { [environment.REPORT_LINK_HOURS]: '0' } },
    });
  });
});

describe('the schedule', () => {
  test('runs daily, or as it is told, with the empty event', () => {
    plain.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 day)',
      State: 'ENABLED',
      Target: {
        Arn: arn(plain, 'AWS::Lambda::Function', 'AuditorFunction'),
        Input: '{}',
        DeadLetterConfig: { Arn: arn(plain, 'AWS::SQS::Queue', 'AuditorUndelivered') },
      },
    });
    everything.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(6 hours)' });
  });

  test('may start this function and leave what it could not deliver, nothing else', () => {
    expect(allowed(plain, 'AuditorScheduleRole').map(({ action, resources }) => [action, resources])).toEqual(
      [
        ['lambda:InvokeFunction', [arn(plain, 'AWS::Lambda::Function', 'AuditorFunction')]],
        ['sqs:SendMessage', [arn(plain, 'AWS::SQS::Queue', 'AuditorUndelivered')]],
      ],
    );
  });

  test('refuses what is no schedule', () => {
    expect(() => synthesise({ schedule: 'daily' })).toThrow('"daily" is neither rate(');
  });
});

describe('the topics', () => {
  test('are encrypted with a key that alarms of this account may use, and take no plain HTTP', () => {
    for (const topic of Object.values(everything.findResources('AWS::SNS::Topic'))) {
      expect(topic['Properties'].KmsMasterKeyId).toEqual(arn(everything, 'AWS::KMS::Key', 'AuditorTopicKey'));
    }
    everything.resourceCountIs('AWS::SNS::Topic', 4);
    everything.resourcePropertiesCountIs(
      'AWS::SNS::TopicPolicy',
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          ]),
        },
      },
      4,
    );
    const alarms = {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    };
    everything.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ ...alarms, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }),
        ]),
      },
    });
    for (const topic of ['AuditorAlerts', 'AuditorAlarms']) {
      everything.hasResourceProperties('AWS::SNS::TopicPolicy', {
        Topics: [ref(everything, 'AWS::SNS::Topic', topic)],
        PolicyDocument: {
          Statement: Match.arrayWith([Match.objectLike({ ...alarms, Action: 'sns:Publish' })]),
        },
      });
    }
  });

  test('send alerts to each address, by mail', () => {
    plain.resourceCountIs('AWS::SNS::Subscription', 0);
    for (const address of ['api-team@example.com', 'on-call@example.com']) {
      everything.hasResourceProperties('AWS::SNS::Subscription', {
        Protocol: 'email',
        Endpoint: address,
        TopicArn: ref(everything, 'AWS::SNS::Topic', 'AuditorAlerts'),
        FilterPolicy: Match.absent(),
      });
    }
  });
});

describe('Slack', () => {
  test('is absent unless asked for', () => {
    plain.resourceCountIs('AWS::Chatbot::SlackChannelConfiguration', 0);
    plain.resourceCountIs('AWS::SNS::Topic', 2);
  });

  test('shows alerts and threads, and lets nobody act: the guardrail denies everything', () => {
    everything.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: 'T0123ABCD',
      SlackChannelId: 'C0123ABCD',
      SnsTopicArns: [
        ref(everything, 'AWS::SNS::Topic', 'AuditorAlerts'),
        ref(everything, 'AWS::SNS::Topic', 'AuditorChat'),
      ],
      GuardrailPolicies: [ref(everything, 'AWS::IAM::ManagedPolicy', 'AuditorSlackGuardrail')],
    });
    everything.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
    });
    expect(JSON.stringify(everything.toJSON())).not.toContain('AdministratorAccess');
    expect(allowed(everything, 'SlackChannelConfigurationRole')).toEqual([]);
  });

  test('needs both ids', () => {
    expect(() => synthesise({ slackWorkspaceId: 'T0123ABCD' })).toThrow('both or neither');
  });
});

const may = (template: Template, action: string): readonly string[] =>
  allowed(template, 'AuditorRole')
    .filter((one) => one.action === action)
    .flatMap(({ resources }) => resources.map(text));

const product = (region: string): string =>
  `arn:<Partition>:securityhub:${region}:<AccountId>:product/<AccountId>/default`;

describe('Security Hub', () => {
  const hub = synthesise({ securityHub: true, regions: ['eu-west-1', 'us-east-1'] });
  test('gets nothing unless asked for', () => {
    expect(may(plain, 'securityhub:BatchImportFindings')).toEqual([]);
    expect(keysOf('s3:GetObject')).not.toContain('/state/security-hub.json');
    plain.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { [environment.SECURITY_HUB]: Match.absent() } },
    });
  });

  test('gets findings of this account into the default product of each audited region, and no other action', () => {
    expect(may(hub, 'securityhub:BatchImportFindings')).toEqual(['eu-west-1', 'us-east-1'].map(product));
    expect(keysOf('s3:GetObject', hub)).toContain('/state/security-hub.json');
    expect(keysOf('s3:PutObject', hub)).toContain('/state/security-hub.json');
    const actions = allowed(hub, 'AuditorRole').map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('securityhub:'))).toHaveLength(1);
    hub.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { [environment.SECURITY_HUB]: 'true' } },
    });
  });
});

describe('the Slack webhook', () => {
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-AbCdEf';

  test('is known to the audit, so that it does not say that nobody hears alerts', () => {
    for (const [template, value] of [
      [everything, 'true'],
      [plain, Match.absent()],
    ] as const) {
      template.hasResourceProperties('AWS::Lambda::Function', {
        Environment: {
          Variables: { ALERTS_TOPIC_ARN: Match.anyValue(), [environment.SLACK_WEBHOOK]: value },
        },
      });
    }
  });

  test('is absent unless asked for', () => {
    plain.resourceCountIs('AWS::Lambda::Function', 1);
    plain.resourceCountIs('AWS::SQS::Queue', 1);
  });

  test('gets events and alarms, and keeps in a queue what it could not post', () => {
    const queue = arn(everything, 'AWS::SQS::Queue', 'AuditorSlackQueue');
    const slack = ref(everything, 'AWS::Lambda::Function', 'AuditorSlack');
    for (const topic of ['AuditorEvents', 'AuditorAlarms']) {
      everything.hasResourceProperties('AWS::SNS::Subscription', {
        Protocol: 'lambda',
        TopicArn: ref(everything, 'AWS::SNS::Topic', topic),
        Endpoint: arn(everything, 'AWS::Lambda::Function', 'AuditorSlack'),
        RedrivePolicy: { deadLetterTargetArn: queue },
      });
    }
    everything.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: slack,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
    everything.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        {
          Name: 'QueueName',
          Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AuditorSlackQueue'), 'QueueName'] },
        },
      ],
      Threshold: 1,
      AlarmActions: [ref(everything, 'AWS::SNS::Topic', 'AuditorAlerts')],
    });
  });

  test.each([
    ['a name', 'api-auth-audit/slack', 'api-auth-audit/slack-??????'],
    ['an ARN', secret, secret],
    ['an ARN without its end', secret.slice(0, -7), `${secret.slice(0, -7)}-??????`],
  ])('may read its secret, given as %s, and nothing else', (_, given, resource) => {
    const template = synthesise({ slackWebhookSecret: given });
    const may = allowed(template, 'AuditorSlackRole');
    expect(may.map(({ action }) => action).sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
    ]);
    const [read] = may.filter(({ action }) => action.startsWith('secretsmanager:'));
    expect(read?.resources.map(text).join(' ')).toContain(resource);
    expect(may.filter(({ resources }) => resources.includes('*'))).toEqual([]);
    expect(allowed(template, 'AuditorRole').map(({ action }) => action)).not.toContain(
      'secretsmanager:GetSecretValue',
    );
  });

  test('refuses the address itself, and does not repeat it', () => {
    const address = 'https://hooks.slack.com/services/T0/B0/s3cr3t';
    expect(() => synthesise({ slackWebhookSecret: address })).toThrow(/^slackWebhookSecret must be the name/);
    expect(() => synthesise({ slackWebhookSecret: address })).not.toThrow(/s3cr3t/);
  });
});

describe('the alarms', () => {
  const alarms = Object.values(everything.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as Readonly<Record<string, unknown>>,
  );

  test('tell people, and name an article of the runbook that is there', () => {
    const runbook = readFileSync(path.join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
    const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']): string =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const linked = alarms.map(
      ({ AlarmDescription }) => /docs\/runbook\.md#([a-z-]+)$/.exec(String(AlarmDescription))?.[1] ?? 'none',
    );
    expect([...linked].sort()).toEqual([...anchors].sort());
    const [alerts, chat] = ['AuditorAlerts', 'AuditorAlarms'].map((topic) =>
      ref(everything, 'AWS::SNS::Topic', topic),
    );
    for (const { AlarmActions, AlarmDescription } of alarms) {
      // That Slack does not answer is not told in Slack.
      const slack = String(AlarmDescription).endsWith('#slack-undelivered');
      expect(AlarmActions).toEqual(slack ? [alerts] : [alerts, chat]);
    }
  });

  test.each([
    ['Errors', { Threshold: 1, Statistic: 'Sum', TreatMissingData: 'notBreaching' }],
    ['Duration', { Threshold: 870_000, Statistic: 'Maximum', TreatMissingData: 'notBreaching' }],
    ['ApproximateNumberOfMessagesVisible', { Threshold: 1, TreatMissingData: 'notBreaching' }],
    ['NumberOfNotificationsFailed', { Threshold: 1, TreatMissingData: 'notBreaching' }],
    [
      'IncompleteAudits',
      { Namespace: NAMESPACE, Threshold: 1, Statistic: 'Maximum', TreatMissingData: 'ignore' },
    ],
    ['UnsentAlerts', { Namespace: NAMESPACE, Threshold: 1, TreatMissingData: 'ignore' }],
    [
      'IncompleteAudits',
      {
        Namespace: NAMESPACE,
        Threshold: 1,
        Statistic: 'SampleCount',
        ComparisonOperator: 'LessThanThreshold',
        Period: 3600,
        EvaluationPeriods: 26,
        DatapointsToAlarm: 26,
        TreatMissingData: 'breaching',
      },
    ],
  ])('watch %s', (MetricName, expected) => {
    plain.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, ...expected });
  });

  test('wait for as long as the schedule may be silent', () => {
    expectSilence({ schedule: 'rate(6 hours)' });
    expectSilence({ schedule: 'cron(0 6 ? * MON *)', silenceHours: 168 });
  });
});

describe('cdk-nag', () => {
  test.each([
    ['the smallest stack', {}],
    ['a stack with everything', { ...EVERYTHING, securityHub: true }],
  ])('has nothing to say about %s', (_, props) => {
    expect(nagViolations(props)).toEqual([]);
  });

  test('is really asked', () => {
    const violations = nagViolations({}, (stack) => new Queue(stack, 'Open'));
    expect(violations.map(({ ruleName }) => ruleName).join(' ')).toContain('AwsSolutions-SQS3');
  });
});
