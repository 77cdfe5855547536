import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ApiAuthAuditor, type ApiAuthAuditorProps } from './api-auth-auditor';

export interface ApiAuthAuditorStackProps extends StackProps {
  readonly auditor: ApiAuthAuditorProps;
}

/** The auditor alone in a stack, with what people need to find it again. */
export class ApiAuthAuditorStack extends Stack {
  public readonly auditor: ApiAuthAuditor;

  constructor(scope: Construct, id: string, { auditor, ...props }: ApiAuthAuditorStackProps) {
    super(scope, id, props);
    this.auditor = new ApiAuthAuditor(this, 'Auditor', auditor);
    new CfnOutput(this, 'FunctionName', {
      description: 'Invoke it to audit now',
      value: this.auditor.function.functionName,
    });
    new CfnOutput(this, 'HistoryBucketName', {
      description: 'Reports, and where suppressions.yaml goes',
      value: this.auditor.history.bucketName,
    });
    new CfnOutput(this, 'AlertsTopicArn', {
      description: 'For people: mail and chat',
      value: this.auditor.alertsTopic.topicArn,
    });
    new CfnOutput(this, 'EventsTopicArn', {
      description: 'For machines',
      value: this.auditor.eventsTopic.topicArn,
    });
  }
}
