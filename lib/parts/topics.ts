import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Alarms of this account, and nobody else's. */
const alarmsMay = (actions: string[], resource: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'AlarmsOfThisAccount',
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });

/** A key of our own: CloudWatch alarms cannot publish to a topic under the AWS-managed one. */
export const makeTopicKey = (scope: Construct): Key => {
  const key = new Key(scope, 'TopicKey', {
    description: 'Encrypts the topics of the API auth audit',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  key.addToResourcePolicy(alarmsMay(['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
  return key;
};

export const makeTopic = (scope: Construct, id: string, masterKey: Key, displayName: string): Topic =>
  new Topic(scope, id, { displayName, masterKey, enforceSSL: true });

/** Lets alarms of this account publish to a topic. */
export const letAlarmsPublish = (topic: Topic): void => {
  topic.addToResourcePolicy(alarmsMay(['sns:Publish'], topic.topicArn));
};
