import {
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import type { SandboxAccount } from '../../sandbox/account-file';
import { answered, refusal, settings, start } from './support';

const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:authorizer';
const statement = (Sid: string) => ({ Version: '2012-10-17', Statement: [{ Sid, Effect: 'Allow' }] });

const account: SandboxAccount = {
  accountId: '111122223333',
  regions: {
    'eu-west-1': {
      functions: [
        {
          FunctionArn: ARN,
          configuration: {
            State: 'Active',
            LastUpdateStatus: 'Successful',
            Runtime: 'nodejs22.x',
            LastModified: '2025-09-01T10:00:00.000+0000',
            Environment: { Variables: { SECRET: 'EXAMPLE-SECRET' } },
          },
          aliases: { live: { FunctionVersion: '7', Description: 'in use' } },
          policies: { $LATEST: statement('unqualified'), live: statement('live') },
          concurrency: 0,
        },
        { FunctionArn: `${ARN}-2`, configuration: { State: 'Active' } },
      ],
    },
  },
};

const lambda = async () => new LambdaClient(settings(await start({ account })));

const NOT_FOUND = { name: 'ResourceNotFoundException', status: 404 };

test('a configuration comes with its environment, as on AWS', async () => {
  const client = await lambda();
  const sent = client.send(new GetFunctionConfigurationCommand({ FunctionName: ARN }));
  expect(await answered(sent)).toEqual({
    FunctionName: 'authorizer',
    FunctionArn: ARN,
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    Runtime: 'nodejs22.x',
    LastModified: '2025-09-01T10:00:00.000+0000',
    Environment: { Variables: { SECRET: 'EXAMPLE-SECRET' } },
  });
});

test.each(['authorizer:live', `${ARN}:live`, '111122223333:function:authorizer:live'])(
  'a qualifier in the name %s counts',
  async (FunctionName) => {
    const client = await lambda();
    const { FunctionArn, Version } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect({ FunctionArn, Version }).toEqual({ FunctionArn: `${ARN}:live`, Version: '7' });
  },
);

test('each qualifier has a policy of its own', async () => {
  const client = await lambda();
  const policyOf = async (Qualifier?: string) =>
    JSON.parse(
      (await client.send(new GetPolicyCommand({ FunctionName: ARN, Qualifier }))).Policy ?? '',
    ) as unknown;
  expect(await policyOf()).toEqual(statement('unqualified'));
  expect(await policyOf('live')).toEqual(statement('live'));
});

test('no policy, no function, no alias and another account are all not found', async () => {
  const client = await lambda();
  const get = (FunctionName: string) => client.send(new GetPolicyCommand({ FunctionName }));
  await expect(get(`${ARN}-2`)).rejects.toThrow('The resource you requested does not exist.');
  await expect(get('absent')).rejects.toThrow('Function not found: ');
  expect(await refusal(get(`${ARN}-2`))).toEqual(NOT_FOUND);
  expect(await refusal(get('absent'))).toEqual(NOT_FOUND);
  expect(await refusal(get(`${ARN}:absent`))).toEqual(NOT_FOUND);
  expect(await refusal(get(ARN.replace('111122223333', '999999999999')))).toEqual(NOT_FOUND);
});

test('reserved concurrency, of which 0 is one', async () => {
  const client = await lambda();
  const concurrency = (FunctionName: string) =>
    answered(client.send(new GetFunctionConcurrencyCommand({ FunctionName })));
  expect(await concurrency(ARN)).toEqual({ ReservedConcurrentExecutions: 0 });
  expect(await concurrency(`${ARN}-2`)).toEqual({});
});

test('an alias', async () => {
  const sent = (await lambda()).send(new GetAliasCommand({ FunctionName: 'authorizer', Name: 'live' }));
  expect(await answered(sent)).toEqual({
    AliasArn: `${ARN}:live`,
    Name: 'live',
    FunctionVersion: '7',
    Description: 'in use',
  });
});

test('an asynchronous invocation is taken down, a synchronous one refused', async () => {
  const sandbox = await start({ account });
  const client = new LambdaClient(settings(sandbox));
  const invoke = (InvocationType: 'Event' | 'RequestResponse') =>
    client.send(
      new InvokeCommand({ FunctionName: 'authorizer', InvocationType, Payload: Buffer.from('{"a":1}') }),
    );
  expect((await invoke('Event')).StatusCode).toBe(202);
  expect(sandbox.invocations).toEqual([{ functionName: ARN, type: 'Event', payload: '{"a":1}' }]);
  expect(await refusal(invoke('RequestResponse'))).toEqual({
    name: 'InvalidParameterValueException',
    status: 400,
  });
  expect(JSON.stringify(sandbox.calls)).not.toContain('Payload');
});
