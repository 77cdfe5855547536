import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { Quotas, type CallToCount } from '../../sandbox/quotas';
import { refusal, settings, start } from './support';

const call = (service: string, operation: string, rest: Partial<CallToCount> = {}): CallToCount => ({
  service,
  operation,
  region: 'eu-west-1',
  userPoolId: undefined,
  ...rest,
});

/** A clock that the test turns, and the number of calls that are admitted at once. */
const bench = () => {
  let now = 0;
  const quotas = new Quotas(() => now);
  return {
    admitted: (one: CallToCount): number => {
      let count = 0;
      while (count < 1000 && quotas.admits(one)) count += 1;
      return count;
    },
    pass: (seconds: number): void => {
      now += seconds * 1000;
    },
    quotas,
  };
};

const gateway = (operation: string, region = 'eu-west-1') => call('api-gateway', operation, { region });

test('API Gateway: 40 at once, then 10 a second, up to 40 again', () => {
  const { admitted, pass } = bench();
  expect(admitted(gateway('GetStages'))).toBe(40);
  pass(1);
  expect(admitted(gateway('GetExport'))).toBe(10);
  pass(0.1);
  expect(admitted(gateway('GetStages'))).toBe(1);
  pass(3600);
  expect(admitted(gateway('GetStages'))).toBe(40);
});

test('GetResources: 5 in 2 seconds, counted in the total as well', () => {
  const { admitted, pass } = bench();
  expect(admitted(gateway('GetResources'))).toBe(5);
  expect(admitted(gateway('GetStages'))).toBe(35);
  pass(2);
  expect(admitted(gateway('GetResources'))).toBe(5);
  expect(admitted(gateway('GetStages'))).toBe(15);
});

test('version 2 of the API draws on the same total', () => {
  const { admitted } = bench();
  expect(admitted(call('apigatewayv2', 'GetApiMappings'))).toBe(40);
  expect(admitted(gateway('GetStages'))).toBe(0);
});

test('each region has buckets of its own', () => {
  const { admitted } = bench();
  expect(admitted(gateway('GetStages', 'eu-west-1'))).toBe(40);
  expect(admitted(gateway('GetStages', 'eu-central-1'))).toBe(40);
});

test('a refused call takes no token', () => {
  const { admitted, pass, quotas } = bench();
  admitted(gateway('GetStages'));
  for (let index = 0; index < 100; index += 1) quotas.admits(gateway('GetStages'));
  pass(0.1);
  expect(admitted(gateway('GetStages'))).toBe(1);
});

const pool = (operation: string, userPoolId: string) =>
  call('cognito-identity-provider', operation, { userPoolId });

test('Cognito: by category, and 5 a pool and operation for clients and resources', () => {
  const { admitted } = bench();
  expect(admitted(pool('DescribeUserPool', 'a'))).toBe(15);
  expect(admitted(pool('ListUserPools', 'a'))).toBe(0);
  expect(admitted(pool('DescribeUserPoolClient', 'a'))).toBe(5);
  expect(admitted(pool('ListUserPoolClients', 'a'))).toBe(5);
  expect(admitted(pool('DescribeUserPoolClient', 'b'))).toBe(5);
  expect(admitted(pool('DescribeUserPoolClient', 'c'))).toBe(0);
  expect(admitted(pool('ListResourceServers', 'a'))).toBe(5);
});

test.each([
  ['lambda', 'GetPolicy', 15],
  ['lambda', 'GetFunctionConfiguration', 15],
  ['wafv2', 'GetWebACL', 5],
  ['ec2', 'DescribeVpcEndpoints', 100],
  ['sts', 'GetCallerIdentity', 1000],
])('%s %s: %i at once', (service, operation, expected) => {
  expect(bench().admitted(call(service, operation))).toBe(expected);
});

test("Lambda's policies and its other reads do not share a bucket, its other reads do", () => {
  const { admitted } = bench();
  admitted(call('lambda', 'GetPolicy'));
  expect(admitted(call('lambda', 'GetFunctionConfiguration'))).toBe(15);
  expect(admitted(call('lambda', 'GetFunctionConcurrency'))).toBe(0);
});

test('over the quota the endpoint answers as the service does', async () => {
  const sandbox = await start({ quotas: true, clock: () => 0 });
  const client = new APIGatewayClient(settings(sandbox));
  const cognito = new CognitoIdentityProviderClient(settings(sandbox));
  for (let index = 0; index < 40; index += 1) await client.send(new GetRestApisCommand({ limit: 1 }));
  const throttled = client.send(new GetRestApisCommand({ limit: 1 }));
  expect(await refusal(throttled)).toEqual({ name: 'TooManyRequestsException', status: 429 });
  for (let index = 0; index < 15; index += 1) await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  const pools = cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  expect(await refusal(pools)).toEqual({ name: 'TooManyRequestsException', status: 400 });
  expect(sandbox.calls.filter(({ outcome }) => outcome === 'TooManyRequestsException')).toHaveLength(2);
});

test('without the option nothing is throttled', async () => {
  const client = new APIGatewayClient(settings(await start({ clock: () => 0 })));
  for (let index = 0; index < 41; index += 1) await client.send(new GetRestApisCommand({ limit: 1 }));
});
