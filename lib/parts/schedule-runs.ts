import { Aws, Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Runs the function on a schedule; what could not be delivered goes to the queue. */
export const scheduleRuns = (
  scope: Construct,
  {
    expression,
    audit,
    undelivered,
  }: { readonly expression: string; readonly audit: Function; readonly undelivered: Queue },
): void => {
  const role = new Role(scope, 'ScheduleRole', {
    description: 'Starts the API auth audit',
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  const allow = (action: string, resource: string): void => {
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [action], resources: [resource] }));
  };
  allow('lambda:InvokeFunction', audit.functionArn);
  allow('sqs:SendMessage', undelivered.queueArn);
  const schedule = new Schedule(scope, 'Schedule', {
    description: 'Runs the API auth audit',
    schedule: ScheduleExpression.expression(expression),
    target: new LambdaInvoke(audit, {
      input: ScheduleTargetInput.fromObject({}),
      deadLetterQueue: undelivered,
      retryAttempts: 3,
      maxEventAge: Duration.hours(1),
      // Left to itself the target would also allow every version and alias of the function.
      role: role.withoutPolicyUpdates(),
    }),
  });
  schedule.node.addDependency(role);
};
