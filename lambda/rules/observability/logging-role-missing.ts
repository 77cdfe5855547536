import { aws, patches } from '../commands';
import { deploymentRule } from '../rule';
import { flag, UNEXPLAINED } from '../verdict';

export default deploymentRule({
  id: 'observability/logging-role-missing',
  gate: 'integration',
  symptom: UNEXPLAINED,
  reach: 'possible',
  title: 'Execution logs are on but API Gateway has no role to write them',
  why: 'API Gateway writes logs with the CloudWatch role of its account settings, one for each account and region. When that role is taken away, stages keep their log level and silently write nothing, so the reason of a 401 or 403 is nowhere to be found.',
  fix: [
    'Give the account settings of API Gateway a role with the policy AmazonAPIGatewayPushToCloudWatchLogs.',
  ],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html'],
  facts: ['ORD-13', 'DEP-3'],
  needs: ['gatewayAccount'],

  *check({ stage }, account) {
    if (account.slices.gatewayAccount.cloudwatchRoleArn !== null) return;
    const logs = Object.values(stage.methodSettings).some(
      ({ loggingLevel }) => loggingLevel === 'ERROR' || loggingLevel === 'INFO',
    );
    if (!logs) return;
    yield flag({
      // One setting for all stages of the region: one finding.
      subject: {
        arn: `arn:${account.partition}:apigateway:${account.region}::/account`,
        label: `account ${account.accountId} ${account.region}`,
        region: account.region,
      },
      affected: [],
      message:
        'Stages have execution logs turned on, and the account settings of API Gateway name no CloudWatch role: nothing is written.',
      evidence: [{ operation: 'GetAccount', field: 'cloudwatchRoleArn', value: 'none' }],
      fix: [
        {
          step: 'Name a role that API Gateway may assume and that has the policy AmazonAPIGatewayPushToCloudWatchLogs.',
          commands: [
            aws('apigateway', 'update-account', account.region, {
              patchOperations: patches({ op: 'replace', path: '/cloudwatchRoleArn', value: '<ROLE_ARN>' }),
            }),
          ],
        },
      ],
    });
  },
});
