import {
  CloudFrontClient,
  GetCachePolicyCommand,
  GetOriginRequestPolicyCommand,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import {
  DescribeRegionsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  type DescribeVpcEndpointsCommandInput,
} from '@aws-sdk/client-ec2';
import { GetIPSetCommand, GetWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { parseAccount, type SandboxAccount } from '../../sandbox/account-file';
import { sampleAccount } from '../../sandbox/load';
import { asSdk, refusal, settings, start } from './support';

const sample = parseAccount(sampleAccount);
const region = sample.regions['eu-west-1'];
if (region === undefined) throw new Error('The sample account lacks eu-west-1');

describe('WAF', () => {
  const [acl] = region.webAcls;
  const [set] = region.ipSets;

  test('a web ACL, by name and id or by ARN', async () => {
    const waf = new WAFV2Client(settings(await start()));
    const { Name, Id, ARN } = acl ?? {};
    const byName = await waf.send(new GetWebACLCommand({ Name, Id, Scope: 'REGIONAL' }));
    expect(byName.WebACL).toEqual(acl);
    expect((await waf.send(new GetWebACLCommand({ ARN }))).WebACL).toEqual(acl);
    const other = waf.send(new GetWebACLCommand({ Name: 'other', Id, Scope: 'REGIONAL' }));
    expect(await refusal(other)).toEqual({ name: 'WAFNonexistentItemException', status: 400 });
  });

  test('an IP set', async () => {
    const waf = new WAFV2Client(settings(await start()));
    const { Name, Id } = set ?? {};
    expect((await waf.send(new GetIPSetCommand({ Name, Id, Scope: 'REGIONAL' }))).IPSet).toEqual(set);
  });
});

describe('VPC endpoints', () => {
  const [endpoint] = region.vpcEndpoints;
  const other = {
    VpcEndpointId: 'vpce-0b',
    ServiceName: 'com.amazonaws.eu-west-1.s3',
    VpcId: 'vpc-2',
    PrivateDnsEnabled: true,
  };
  const account: SandboxAccount = {
    accountId: '111122223333',
    regions: { 'eu-west-1': { vpcEndpoints: [...(endpoint === undefined ? [] : [endpoint]), other] } },
  };

  const describeEndpoints = async (input: DescribeVpcEndpointsCommandInput, pageSize = 10) => {
    const ec2 = new EC2Client(settings(await start({ account, pageSize })));
    return ec2.send(new DescribeVpcEndpointsCommand(input));
  };

  test('come with their policy as text and their private DNS', async () => {
    const { VpcEndpoints } = await describeEndpoints({});
    expect(VpcEndpoints).toEqual(asSdk([endpoint, other]));
    expect(JSON.parse(VpcEndpoints?.[0]?.PolicyDocument ?? '')).toHaveProperty('Statement');
  });

  test('are filtered by every filter, each with several values', async () => {
    const Filters = [
      { Name: 'service-name', Values: ['com.amazonaws.eu-west-1.execute-api', 'com.amazonaws.eu-west-1.s3'] },
      { Name: 'vpc-id', Values: ['vpc-2'] },
    ];
    expect((await describeEndpoints({ Filters })).VpcEndpoints).toEqual([other]);
    const unknown = describeEndpoints({ Filters: [{ Name: 'service', Values: ['x'] }] });
    expect(await refusal(unknown)).toEqual({ name: 'InvalidParameterValue', status: 400 });
  });

  test('are found by id, or not', async () => {
    expect((await describeEndpoints({ VpcEndpointIds: ['vpce-0b'] })).VpcEndpoints).toEqual([other]);
    expect(await refusal(describeEndpoints({ VpcEndpointIds: ['vpce-0c'] }))).toEqual({
      name: 'InvalidVpcEndpointId.NotFound',
      status: 400,
    });
  });

  test('come in pages', async () => {
    const first = await describeEndpoints({}, 1);
    expect(first.VpcEndpoints).toHaveLength(1);
    const second = await describeEndpoints({ NextToken: first.NextToken }, 1);
    expect(second.VpcEndpoints).toEqual([other]);
    expect(second.NextToken).toBeUndefined();
  });
});

test('the regions of the file are the enabled ones', async () => {
  const ec2 = new EC2Client(settings(await start()));
  const { Regions } = await ec2.send(new DescribeRegionsCommand({}));
  expect(Regions?.map(({ RegionName }) => RegionName)).toEqual(['eu-west-1', 'eu-central-1']);
  const unknown = ec2.send(new DescribeRegionsCommand({ RegionNames: ['eu-west-9'] }));
  expect(await refusal(unknown)).toEqual({ name: 'InvalidParameterValue', status: 400 });
});

describe('CloudFront', () => {
  test('distributions come in pages by marker', async () => {
    const [distribution] = sample.distributions;
    if (distribution === undefined) throw new Error('The sample account lacks a distribution');
    const distributions = ['E1', 'E2', 'E3'].map((Id) => ({ ...distribution, Id }));
    const account = { accountId: '111122223333', regions: {}, distributions };
    const cloudfront = new CloudFrontClient(settings(await start({ account, pageSize: 2 })));
    const first = (await cloudfront.send(new ListDistributionsCommand({}))).DistributionList;
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'E2', Quantity: 2 });
    const Marker = first?.NextMarker;
    const second = (await cloudfront.send(new ListDistributionsCommand({ Marker }))).DistributionList;
    expect(second).toMatchObject({ IsTruncated: false, Quantity: 1 });
    expect([...(first?.Items ?? []), ...(second?.Items ?? [])]).toEqual(asSdk(distributions));
  });

  test('no distributions', async () => {
    const account = { accountId: '111122223333', regions: {} };
    const cloudfront = new CloudFrontClient(settings(await start({ account })));
    const { DistributionList } = await cloudfront.send(new ListDistributionsCommand({}));
    expect(DistributionList).toMatchObject({ IsTruncated: false, Quantity: 0 });
    expect(DistributionList?.Items ?? []).toEqual([]);
  });

  test('policies, or their absence', async () => {
    const originRequestPolicy = {
      Id: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      LastModifiedTime: '2023-02-22T20:22:22Z',
      OriginRequestPolicyConfig: {
        Name: 'Managed-AllViewerExceptHostHeader',
        HeadersConfig: { HeaderBehavior: 'allExcept' as const, Headers: { Quantity: 1, Items: ['host'] } },
        CookiesConfig: { CookieBehavior: 'all' as const },
        QueryStringsConfig: { QueryStringBehavior: 'all' as const },
      },
    };
    const account = {
      accountId: '111122223333',
      regions: {},
      cachePolicies: sample.cachePolicies,
      originRequestPolicies: [originRequestPolicy],
    };
    const cloudfront = new CloudFrontClient(settings(await start({ account })));
    const cache = await cloudfront.send(new GetCachePolicyCommand({ Id: sample.cachePolicies[0]?.Id }));
    expect(cache.CachePolicy).toEqual(asSdk(sample.cachePolicies[0]));
    const origin = new GetOriginRequestPolicyCommand({ Id: originRequestPolicy.Id });
    expect((await cloudfront.send(origin)).OriginRequestPolicy).toEqual(asSdk(originRequestPolicy));
    const absent = cloudfront.send(new GetCachePolicyCommand({ Id: 'absent' }));
    expect(await refusal(absent)).toEqual({ name: 'NoSuchCachePolicy', status: 404 });
  });
});
