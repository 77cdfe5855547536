import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  ListIdentityProvidersCommand,
  ListResourceServersCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { parseAccount, type ParsedUserPool, type SandboxAccount } from '../../sandbox/account-file';
import { sampleAccount } from '../../sandbox/load';
import { answered, asSdk, omit, refusal, settings, start } from './support';

const pools = parseAccount(sampleAccount).regions['eu-west-1']?.userPools ?? [];

const pool = (name: string): ParsedUserPool => {
  const found = pools.find((one) => one.Name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const client = async (account: SandboxAccount = sampleAccount): Promise<CognitoIdentityProviderClient> =>
  new CognitoIdentityProviderClient(settings(await start({ account })));

test('pools are listed with what AWS shows in the list', async () => {
  const { UserPools } = await (await client()).send(new ListUserPoolsCommand({ MaxResults: 60 }));
  expect(UserPools).toEqual(
    pools.map(({ Id, Name, LambdaConfig, LastModifiedDate, CreationDate }) =>
      asSdk({ Id, Name, LambdaConfig, LastModifiedDate, CreationDate }),
    ),
  );
});

test('a pool is described as the file holds it', async () => {
  const staff = pool('staff');
  const { UserPool } = await (await client()).send(new DescribeUserPoolCommand({ UserPoolId: staff.Id }));
  const ours = ['clients', 'resourceServers', 'identityProviders', 'users', 'domainDescriptions'];
  expect(UserPool).toEqual(asSdk(omit(staff, ...ours)));
});

test('an unknown pool is a ResourceNotFoundException with status 400', async () => {
  const sent = (await client()).send(new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_gone00000' }));
  await expect(sent).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'User pool eu-west-1_gone00000 does not exist.',
    $metadata: { httpStatusCode: 400 },
  });
});

test('clients are listed by name only and described with their secret', async () => {
  const cognito = await client();
  const { Id: UserPoolId, clients } = pool('partners');
  const { UserPoolClients } = await cognito.send(
    new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }),
  );
  expect(UserPoolClients).toEqual(
    clients.map(({ ClientId, ClientName }) => ({ ClientId, ClientName, UserPoolId })),
  );
  const [first] = clients;
  const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId: first?.ClientId });
  const { UserPoolClient } = await cognito.send(command);
  expect(UserPoolClient).toEqual(asSdk(first));
  expect(UserPoolClient?.ClientSecret).toMatch(/^EXAMPLE-SECRET-/);
  const unknown = cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: 'absent' }));
  expect(await refusal(unknown)).toEqual({ name: 'ResourceNotFoundException', status: 400 });
});

test('resource servers and identity providers', async () => {
  const cognito = await client();
  const servers = new ListResourceServersCommand({ UserPoolId: pool('customers').Id, MaxResults: 50 });
  expect((await cognito.send(servers)).ResourceServers).toEqual(pool('customers').resourceServers);
  const providers = new ListIdentityProvidersCommand({ UserPoolId: pool('staff').Id, MaxResults: 60 });
  expect((await cognito.send(providers)).Providers).toEqual(asSdk(pool('staff').identityProviders));
});

test('more items than a page may hold are refused', async () => {
  const cognito = await client();
  const invalid = { name: 'InvalidParameterException', status: 400 };
  const UserPoolId = pool('customers').Id;
  expect(await refusal(cognito.send(new ListUserPoolsCommand({ MaxResults: 61 })))).toEqual(invalid);
  const clients = new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 61 });
  expect(await refusal(cognito.send(clients))).toEqual(invalid);
  const servers = new ListResourceServersCommand({ UserPoolId, MaxResults: 51 });
  expect(await refusal(cognito.send(servers))).toEqual(invalid);
});

test('a domain tells its pool, and an unknown one has an empty description', async () => {
  const cognito = await client();
  const known = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: 'marlowe-staff' }));
  expect(known.DomainDescription).toEqual({
    UserPoolId: pool('staff').Id,
    AWSAccountId: '111122223333',
    Domain: 'marlowe-staff',
    Status: 'ACTIVE',
    ManagedLoginVersion: 1,
  });
  const unknown = cognito.send(new DescribeUserPoolDomainCommand({ Domain: 'nobody' }));
  expect(await answered(unknown)).toEqual({ DomainDescription: {} });
});

test('a domain that is not active, and a user', async () => {
  const UserPoolId = 'eu-west-1_AbCdEfGhI';
  const cognito = await client({
    accountId: '111122223333',
    regions: {
      'eu-west-1': {
        userPools: [
          {
            Id: UserPoolId,
            Name: 'p',
            Arn: `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${UserPoolId}`,
            CustomDomain: 'login.marlowe.example',
            domainDescriptions: { 'login.marlowe.example': { Status: 'FAILED' } },
            users: [
              { Username: 'ann', Enabled: true, Attributes: [{ Name: 'email', Value: 'ann@example.org' }] },
            ],
          },
        ],
      },
    },
  });
  const domain = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: 'login.marlowe.example' }));
  expect(domain.DomainDescription).toMatchObject({ UserPoolId, Status: 'FAILED' });
  const user = cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'ann' }));
  expect(await answered(user)).toEqual({
    Username: 'ann',
    Enabled: true,
    UserAttributes: [{ Name: 'email', Value: 'ann@example.org' }],
  });
  const nobody = cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'bob' }));
  expect(await refusal(nobody)).toEqual({ name: 'UserNotFoundException', status: 400 });
});
