import { agree, listNames } from '../phrases';
import { accountRule } from '../rule';
import { apiLabel } from '../subjects';
import { flag, FORBIDDEN } from '../verdict';

export default accountRule({
  id: 'edge/private-dns-shadows-public-api',
  gate: 'endpoint',
  symptom: FORBIDDEN,
  reach: 'possible',
  callers: 'callers inside the VPC',
  title: 'A VPC endpoint with private DNS captures the hosts of public APIs',
  why: 'An interface endpoint for execute-api with private DNS answers for every execute-api host of the region inside its VPC, also for those of public APIs. The endpoint leads to private APIs only, so from that VPC the default URL of a public API is refused, while it works from everywhere else.',
  fix: [
    'Have callers inside the VPC use a custom domain of the public API.',
    'Or turn off private DNS of the endpoint, if no caller uses the plain host of a private API there.',
  ],
  scanners: {
    asks: 'APIs are private',
    checks: [
      'Prowler apigateway_restapi_public',
      'CloudSploit apigatewayPrivateEndpoints',
      'Powerpipe apigateway_rest_api_endpoint_restrict_public_access',
    ],
    both: 'The endpoint that a first private API brings captures the names of all public APIs in that VPC: give those a custom domain first.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html',
    'https://repost.aws/knowledge-center/api-gateway-vpc-connections',
  ],
  facts: ['PRV-7', 'PRV-8', 'MSG-32'],
  needs: ['vpcEndpoints'],

  *check(account, apis) {
    const hosts = apis.filter(
      (api) => !api.endpointTypes.includes('PRIVATE') && !api.disableExecuteApiEndpoint,
    );
    if (hosts.length === 0) return;
    for (const endpoint of account.slices.vpcEndpoints) {
      if (!endpoint.privateDnsEnabled || endpoint.state.toLowerCase() !== 'available') continue;
      yield flag({
        subject: {
          arn: `arn:${account.partition}:ec2:${account.region}:${account.accountId}:vpc-endpoint/${endpoint.id}`,
          label: `VPC endpoint ${endpoint.id}`,
          region: account.region,
        },
        affected: [],
        message: `From ${endpoint.vpcId}, calls to the execute-api ${agree(hosts.length, 'host', 'hosts')} of ${listNames(hosts.map(apiLabel))} go to ${endpoint.id}, which refuses them.`,
        evidence: [
          { operation: 'DescribeVpcEndpoints', field: 'PrivateDnsEnabled', value: 'true' },
          { operation: 'DescribeVpcEndpoints', field: 'VpcId', value: endpoint.vpcId },
        ],
        fix: [
          {
            step: 'Have callers inside the VPC use a custom domain of the public API. Nothing to do, if none of them calls it.',
            commands: [],
          },
        ],
      });
    }
  },
});
