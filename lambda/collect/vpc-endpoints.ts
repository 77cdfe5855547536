import { DescribeVpcEndpointsCommand, type VpcEndpoint as AwsVpcEndpoint } from '@aws-sdk/client-ec2';
import type { VpcEndpoint } from '../model/edge';
import type { Known } from '../model/known';
import type { Door } from './door';
import { policyText } from './policy-text';
import { optionalFlag, optionalList, optionalText, text } from './shape';
import { PAGE_SIZES } from './page-sizes';

/** @throws ShapeError */
export const toVpcEndpoint = (endpoint: AwsVpcEndpoint): VpcEndpoint => ({
  id: text(endpoint.VpcEndpointId, 'vpcEndpointSet[].vpcEndpointId'),
  vpcId: text(endpoint.VpcId, 'vpcEndpointSet[].vpcId'),
  // AWS sends `available` where the SDK's own list says `Available`.
  state: text(endpoint.State, 'vpcEndpointSet[].state').toLowerCase(),
  privateDnsEnabled: optionalFlag(endpoint.PrivateDnsEnabled, 'vpcEndpointSet[].privateDnsEnabled'),
  policy: policyText(optionalText(endpoint.PolicyDocument, 'vpcEndpointSet[].policyDocument')),
});

/** The region's interface endpoints for API Gateway. In China the service's name has the same form with another beginning. */
export const readVpcEndpoints = (door: Door): Promise<Known<readonly VpcEndpoint[]>> =>
  door.readAll({
    operation: 'DescribeVpcEndpoints',
    of: `region ${door.place.region}`,
    send: ({ ec2 }, token) =>
      ec2.send(
        new DescribeVpcEndpointsCommand({
          Filters: [{ Name: 'service-name', Values: [serviceName(door.place)] }],
          MaxResults: PAGE_SIZES.DescribeVpcEndpoints,
          NextToken: token,
        }),
      ),
    take: ({ VpcEndpoints, NextToken }) => ({
      items: optionalList(VpcEndpoints, 'vpcEndpointSet').map(toVpcEndpoint),
      next: NextToken,
    }),
  });

const serviceName = ({ partition, region }: Door['place']): string =>
  `${partition === 'aws-cn' ? 'cn.com' : 'com'}.amazonaws.${region}.execute-api`;
