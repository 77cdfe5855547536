import {
  APIGatewayClient,
  GetAuthorizersCommand,
  GetRestApisCommand,
  paginateGetResources,
  paginateGetRestApis,
  paginateGetUsagePlanKeys,
} from '@aws-sdk/client-api-gateway';
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
  paginateListUserPoolClients,
} from '@aws-sdk/client-cognito-identity-provider';
import type { SandboxAccount } from '../../sandbox/account-file';
import { refusal, settings, start } from './support';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const account: SandboxAccount = {
  accountId: '111122223333',
  regions: {
    'eu-west-1': {
      restApis: numbers(501).map((index) => ({
        id: `api${String(index).padStart(7, '0')}`,
        name: `api ${index}`,
        resources: numbers(index === 0 ? 60 : 0).map((at) => ({ id: `r${at}`, path: `/${at}` })),
      })),
      apiKeys: numbers(30).map((index) => ({
        id: `k${index}`,
        value: `EXAMPLE-SECRET-${index}`,
        name: `${index}`,
      })),
      usagePlans: [{ id: 'p', name: 'p', keys: numbers(30).map((index) => `k${index}`) }],
      userPools: [
        {
          Id: 'eu-west-1_a',
          Name: 'a',
          Arn: 'arn',
          clients: numbers(61).map((index) => ({ ClientId: `c${index}`, ClientName: `${index}` })),
        },
        { Id: 'eu-west-1_b', Name: 'b', Arn: 'arn' },
      ],
    },
  },
};

const gateway = async (pageSize?: number) => {
  const sandbox = await start({ account, ...(pageSize === undefined ? {} : { pageSize }) });
  return { sandbox, client: new APIGatewayClient(settings(sandbox)) };
};

const sizes = async (pages: AsyncIterable<{ items?: unknown[] | undefined }>): Promise<readonly number[]> => {
  const seen: number[] = [];
  for await (const { items } of pages) seen.push(items?.length ?? 0);
  return seen;
};

test('25 items a page unless more are asked for, and never more than 500', async () => {
  const { client } = await gateway();
  expect((await client.send(new GetRestApisCommand({}))).items).toHaveLength(25);
  expect(await sizes(paginateGetRestApis({ client, pageSize: 500 }, {}))).toEqual([500, 1]);
  expect((await client.send(new GetRestApisCommand({ limit: 501 }))).items).toHaveLength(500);
});

test('the SDK walks pages that the sandbox cuts, each item once', async () => {
  const { client } = await gateway(7);
  const seen: (string | undefined)[] = [];
  for await (const { items } of paginateGetRestApis({ client, pageSize: 500 }, {})) {
    expect(items?.length).toBeLessThanOrEqual(7);
    seen.push(...(items ?? []).map(({ id }) => id));
  }
  expect(seen).toEqual(account.regions['eu-west-1']?.restApis?.map(({ id }) => id));
});

test('lists below an API and below a plan have pages too', async () => {
  const { client } = await gateway();
  const resources = paginateGetResources({ client }, { restApiId: 'api0000000' });
  expect(await sizes(resources)).toEqual([25, 25, 10]);
  expect(await sizes(paginateGetUsagePlanKeys({ client }, { usagePlanId: 'p' }))).toEqual([25, 5]);
});

test('a last page that is full has no position', async () => {
  const { client } = await gateway(501);
  const resources = paginateGetResources({ client, pageSize: 30 }, { restApiId: 'api0000000' });
  expect(await sizes(resources)).toEqual([30, 30]);
});

test.each([
  ['nonsense', () => 'nonsense'],
  ['the position of another list', (position: string | undefined) => position],
])('%s is a bad position', async (_, change) => {
  const { client } = await gateway();
  const { position } = await client.send(new GetRestApisCommand({}));
  const command = new GetAuthorizersCommand({ restApiId: 'api0000000', position: change(position) });
  expect(await refusal(client.send(command))).toEqual({ name: 'BadRequestException', status: 400 });
});

test('Cognito pages by token and refuses one that it did not give', async () => {
  const { sandbox } = await gateway(25);
  const client = new CognitoIdentityProviderClient(settings(sandbox));
  const seen: number[] = [];
  const pages = paginateListUserPoolClients({ client, pageSize: 60 }, { UserPoolId: 'eu-west-1_a' });
  for await (const { UserPoolClients } of pages) seen.push(UserPoolClients?.length ?? 0);
  expect(seen).toEqual([25, 25, 11]);
  const bad = client.send(new ListUserPoolsCommand({ MaxResults: 1, NextToken: 'nonsense' }));
  expect(await refusal(bad)).toEqual({ name: 'InvalidParameterException', status: 400 });
});
