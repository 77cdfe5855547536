import {
  APIGatewayClient,
  CreateDeploymentCommand,
  GetExportCommand,
  GetRestApisCommand,
  GetVpcLinksCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import {
  AdminGetUserCommand,
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DescribeVpcEndpointsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetPolicyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { GetWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { readPermissions } from '../../lambda/collect/permissions';
import { startSandbox, type Sandbox } from '../../sandbox/endpoint';
import { sampleAccount } from '../../sandbox/load';
import { permittedOperations } from '../../sandbox/permitted';
import { ALL_OPERATIONS, refusal, settings, start } from './support';

const UserPoolId = sampleAccount.regions['eu-west-1']?.userPools?.[0]?.Id ?? '';

const SENT: readonly [string, string, number, (sandbox: Sandbox) => Promise<unknown>][] = [
  [
    'GetRestApis',
    'AccessDeniedException',
    403,
    (at) => new APIGatewayClient(settings(at)).send(new GetRestApisCommand({})),
  ],
  [
    'DescribeUserPool',
    'AccessDeniedException',
    400,
    (at) => new CognitoIdentityProviderClient(settings(at)).send(new DescribeUserPoolCommand({ UserPoolId })),
  ],
  [
    'GetPolicy',
    'AccessDeniedException',
    403,
    (at) =>
      new LambdaClient(settings(at)).send(
        new GetPolicyCommand({ FunctionName: 'payments-signature-authorizer' }),
      ),
  ],
  [
    'GetWebACL',
    'AccessDeniedException',
    400,
    (at) =>
      new WAFV2Client(settings(at)).send(
        new GetWebACLCommand({
          Name: 'admin-office-only',
          Id: '6f1c2a04-97d3-4f0b-8a55-1be2c4d7e901',
          Scope: 'REGIONAL',
        }),
      ),
  ],
  [
    'DescribeVpcEndpoints',
    'UnauthorizedOperation',
    403,
    (at) => new EC2Client(settings(at)).send(new DescribeVpcEndpointsCommand({})),
  ],
  [
    'ListDistributions',
    'AccessDenied',
    403,
    (at) => new CloudFrontClient(settings(at)).send(new ListDistributionsCommand({})),
  ],
  [
    'GetCallerIdentity',
    'AccessDenied',
    403,
    (at) => new STSClient(settings(at)).send(new GetCallerIdentityCommand({})),
  ],
  [
    'Publish',
    'AuthorizationErrorException',
    403,
    (at) =>
      new SNSClient(settings(at)).send(
        new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t', Message: 'm' }),
      ),
  ],
  [
    'PutObject',
    'AccessDenied',
    403,
    (at) => new S3Client(settings(at)).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })),
  ],
];

test.each(SENT)('%s can be denied, as %s with status %i', async (operation, name, status, send) => {
  const sandbox = await start({ deny: [operation] });
  expect(await refusal(send(sandbox))).toEqual({ name, status });
  expect(sandbox.calls).toMatchObject([
    { operation, outcome: expect.stringMatching(/Denied|Unauthorized|Authorization/) as string },
  ]);
  expect(sandbox.published).toEqual([]);
  expect(sandbox.objects.size).toBe(0);
});

test.each(SENT)('%s passes when it is not denied', async (_, _name, _status, send) => {
  await expect(send(await start({ deny: ['GetStages'] }))).resolves.toBeDefined();
});

test('a denial says who may not do what', async () => {
  const sandbox = await start({ deny: ['GetRestApis'] });
  const sent = new APIGatewayClient(settings(sandbox)).send(new GetRestApisCommand({}));
  await expect(sent).rejects.toThrow(
    'User: arn:aws:sts::111122223333:assumed-role/api-auth-auditor/audit is not authorized to perform: apigateway:GET on resource: arn:aws:apigateway:eu-west-1::/restapis because no identity-based policy allows the apigateway:GET action',
  );
});

test('a denial may be for one thing only', async () => {
  const [denied, open] = (sampleAccount.regions['eu-west-1']?.restApis ?? []).map(({ id }) => id);
  const client = new APIGatewayClient(settings(await start({ deny: [`GetExport:${denied}`] })));
  const send = (restApiId: string | undefined) =>
    client.send(new GetExportCommand({ restApiId, stageName: 'prod', exportType: 'oas30' }));
  expect(await refusal(send(denied))).toEqual({ name: 'AccessDeniedException', status: 403 });
  await expect(send(open)).resolves.toBeDefined();
});

const byDefault = async (send: (sandbox: Sandbox) => Promise<unknown>) => {
  const sandbox = await startSandbox({ account: sampleAccount });
  try {
    return await refusal(send(sandbox));
  } finally {
    await sandbox.close();
  }
};

describe('By default', () => {
  test('every operation that the auditor declares is served', () => {
    const missing = readPermissions.filter(
      ({ operation, option }) => option === undefined && !ALL_OPERATIONS.includes(operation),
    );
    expect(missing).toEqual([]);
    expect(permittedOperations()).toEqual(
      expect.arrayContaining(readPermissions.map(({ operation }) => operation)),
    );
  });

  test.each<[string, string, number, (sandbox: Sandbox) => Promise<unknown>]>([
    [
      'a user read',
      'AccessDeniedException',
      400,
      (at) =>
        new CognitoIdentityProviderClient(settings(at)).send(
          new AdminGetUserCommand({ UserPoolId, Username: 'ann' }),
        ),
    ],
    [
      'a user list',
      'AccessDeniedException',
      400,
      (at) => new CognitoIdentityProviderClient(settings(at)).send(new ListUsersCommand({ UserPoolId })),
    ],
    [
      'a deletion',
      'AccessDeniedException',
      400,
      (at) =>
        new CognitoIdentityProviderClient(settings(at)).send(
          new AdminDeleteUserCommand({ UserPoolId, Username: 'ann' }),
        ),
    ],
    [
      'another read of EC2',
      'UnauthorizedOperation',
      403,
      (at) => new EC2Client(settings(at)).send(new DescribeVpcsCommand({})),
    ],
    [
      'a deployment',
      'AccessDeniedException',
      403,
      (at) =>
        new APIGatewayClient(settings(at)).send(new CreateDeploymentCommand({ restApiId: 'gwngyh0qxw' })),
    ],
    [
      'a read that nothing declares',
      'AccessDeniedException',
      403,
      (at) => new APIGatewayClient(settings(at)).send(new GetVpcLinksCommand({})),
    ],
  ])('%s is refused', async (_, name, status, send) => {
    expect(await byDefault(send)).toEqual({ name, status });
  });
});

test('an operation that is permitted and not served is unknown, never a success', async () => {
  const permitted = ['ListUsers', 'DescribeVpcs', 'GET /vpclinks'];
  const sandbox = await start({ permitted });
  const users = new CognitoIdentityProviderClient(settings(sandbox)).send(
    new ListUsersCommand({ UserPoolId }),
  );
  expect(await refusal(users)).toEqual({ name: 'UnknownOperationException', status: 400 });
  const links = new APIGatewayClient(settings(sandbox)).send(new GetVpcLinksCommand({}));
  expect(await refusal(links)).toEqual({ name: 'UnknownOperationException', status: 404 });
  const vpcs = new EC2Client(settings(sandbox)).send(new DescribeVpcsCommand({}));
  expect(await refusal(vpcs)).toEqual({ name: 'UnknownOperationException', status: 404 });
});

test('unsigned requests and services that are not there are refused', async () => {
  const { url } = await start();
  const unsigned = await fetch(`${url}/restapis`);
  expect(unsigned.status).toBe(403);
  const authorization = 'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/dynamodb/aws4_request';
  expect((await fetch(url, { method: 'POST', headers: { authorization } })).status).toBe(403);
});
