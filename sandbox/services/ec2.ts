import {
  DescribeRegions$,
  DescribeVpcEndpoints$,
  EC2Client,
  type DescribeRegionsCommandInput,
  type DescribeRegionsCommandOutput,
  type DescribeVpcEndpointsCommandInput,
  type DescribeVpcEndpointsCommandOutput,
} from '@aws-sdk/client-ec2';
import type { ParsedRegion } from '../account-file';
import { pageOf } from '../paging';
import { operation, type Service } from '../service';
import { AwsError } from '../wire/aws-error';

type Endpoint = ParsedRegion['vpcEndpoints'][number];

const FILTERS: Readonly<Record<string, (endpoint: Endpoint) => string | undefined>> = {
  'service-name': ({ ServiceName }) => ServiceName,
  'vpc-id': ({ VpcId }) => VpcId,
  'vpc-endpoint-id': ({ VpcEndpointId }) => VpcEndpointId,
  'vpc-endpoint-state': ({ State }) => State,
  'vpc-endpoint-type': ({ VpcEndpointType }) => VpcEndpointType,
};

const invalid = (code: string, message: string): AwsError => new AwsError(code, 400, message);

type Filters = DescribeVpcEndpointsCommandInput['Filters'];

const passes = (endpoint: Endpoint, filters: Filters): boolean =>
  (filters ?? []).every(({ Name = '', Values = [] }) => {
    const read = FILTERS[Name];
    if (read === undefined) throw invalid('InvalidParameterValue', `The filter '${Name}' is invalid`);
    return Values.includes(read(endpoint) ?? '');
  });

export const EC2: Service = {
  name: 'ec2',
  signingName: 'ec2',
  iamPrefix: 'ec2',
  protocol: 'ec2-query',
  xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  client: new EC2Client({ region: 'us-east-1' }),
  denied: { code: 'UnauthorizedOperation', status: 403 },
  throttled: { code: 'RequestLimitExceeded', status: 503, message: 'Request limit exceeded.' },
  operations: [
    // The account file's regions are the enabled ones.
    operation<DescribeRegionsCommandInput, DescribeRegionsCommandOutput>(
      DescribeRegions$,
      ({ RegionNames }, { account }) => {
        const enabled = Object.keys(account.regions);
        const unknown = RegionNames?.find((name) => !enabled.includes(name));
        if (unknown !== undefined) {
          throw invalid('InvalidParameterValue', `Invalid region names: ${unknown}`);
        }
        return {
          Regions: (RegionNames ?? enabled).map((name) => ({
            RegionName: name,
            Endpoint: `ec2.${name}.amazonaws.com`,
            OptInStatus: 'opt-in-not-required',
          })),
        };
      },
    ),
    operation<DescribeVpcEndpointsCommandInput, DescribeVpcEndpointsCommandOutput>(
      DescribeVpcEndpoints$,
      ({ VpcEndpointIds, Filters, MaxResults, NextToken }, { region, pageSize }) => {
        const unknown = VpcEndpointIds?.find(
          (id) => !region.vpcEndpoints.some((one) => one.VpcEndpointId === id),
        );
        if (unknown !== undefined) {
          throw invalid('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${unknown}' does not exist`);
        }
        const all = region.vpcEndpoints.filter(
          (endpoint) =>
            (VpcEndpointIds?.includes(endpoint.VpcEndpointId ?? '') ?? true) && passes(endpoint, Filters),
        );
        const { items, next } = pageOf(all, {
          limit: MaxResults,
          token: NextToken,
          usual: 1000,
          cap: Math.min(1000, pageSize),
          list: 'vpc endpoints',
          invalidToken: () => invalid('InvalidNextToken', 'The token is invalid.'),
        });
        return { VpcEndpoints: items, ...(next.token === undefined ? {} : { NextToken: next.token }) };
      },
    ),
  ],
};
