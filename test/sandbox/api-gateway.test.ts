import {
  APIGatewayClient,
  GetAccountCommand,
  GetApiKeysCommand,
  GetAuthorizersCommand,
  GetBasePathMappingsCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetDomainNameAccessAssociationsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  GetApiMappingsCommand,
  GetApisCommand,
  ListRoutingRulesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { parseAccount, type ParsedRestApi, type SandboxAccount } from '../../sandbox/account-file';
import { sampleAccount } from '../../sandbox/load';
import { answered, asSdk, omit, refusal, settings, start } from './support';

const region = parseAccount(sampleAccount).regions['eu-west-1'];
if (region === undefined) throw new Error('The sample account lacks eu-west-1');

const api = (name: string): ParsedRestApi => {
  const found = region.restApis.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const OURS = ['policyDocument', 'resources', 'authorizers', 'gatewayResponses', 'stages', 'deployments'];

const client = async (account: SandboxAccount = sampleAccount): Promise<APIGatewayClient> =>
  new APIGatewayClient(settings(await start({ account })));

describe('REST APIs', () => {
  test('are listed as the account file holds them', async () => {
    const { items } = await (await client()).send(new GetRestApisCommand({ limit: 500 }));
    const withoutPolicy = (items ?? []).map((item) => omit(item, 'policy'));
    expect(withoutPolicy).toEqual(asSdk(region.restApis.map((one) => omit(one, ...OURS))));
  });

  test('carry their policy doubly escaped, in full form, lists of one collapsed', async () => {
    const sandbox = await start({
      account: {
        accountId: '111122223333',
        regions: {
          'eu-west-1': {
            restApis: [
              {
                id: 'abcdefghij',
                name: 'one',
                policyDocument: {
                  Version: '2012-10-17',
                  Statement: [
                    {
                      Effect: 'Allow',
                      Principal: '*',
                      Action: ['execute-api:Invoke'],
                      Resource: ['execute-api:/prod/*'],
                      Condition: { StringEquals: { 'aws:UserAgent': 'a "b"' } },
                    },
                    {
                      Effect: 'Deny',
                      Principal: '*',
                      Action: 'execute-api:Invoke',
                      Resource: 'execute-api:*/*/*',
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    });
    const raw = await fetch(`${sandbox.url}/restapis`, {
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/apigateway/aws4_request' },
    });
    const text = await raw.text();
    // Inside JSON the backslashes of the escaped text are themselves escaped.
    expect(text).toContain('"policy":"{\\\\\\"Version\\\\\\":\\\\\\"2012-10-17\\\\\\"');
    expect(text).toContain('abcdefghij\\\\/prod\\\\/*');
    const [item] = (JSON.parse(text) as { item: { policy: string }[] }).item;
    const document: unknown = JSON.parse(JSON.parse(`"${item?.policy}"`) as string);
    expect(document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: 'arn:aws:execute-api:eu-west-1:111122223333:abcdefghij/prod/*',
          Condition: { StringEquals: { 'aws:UserAgent': 'a "b"' } },
        },
        { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:*/*/*' },
      ],
    });
  });

  test('send a policy that the file gives as text unchanged', async () => {
    const policy = '{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[]}';
    const gateway = await client({
      accountId: '111122223333',
      regions: { 'eu-west-1': { restApis: [{ id: 'abcdefghij', name: 'one', policy }] } },
    });
    const { items } = await gateway.send(new GetRestApisCommand({}));
    expect(items?.[0]?.policy).toBe(policy);
  });

  test('have tags in GetRestApi only, when they have none', async () => {
    const gateway = await client();
    const { id: restApiId } = api('catalog-api');
    expect(await answered(gateway.send(new GetRestApiCommand({ restApiId })))).toEqual({
      ...(asSdk(omit(api('catalog-api'), ...OURS)) as object),
      tags: {},
    });
  });

  test('are not found by an id in another case', async () => {
    const gateway = await client();
    const restApiId = (api('orders-api').id ?? '').toUpperCase();
    const sent = gateway.send(new GetRestApiCommand({ restApiId }));
    await expect(sent).rejects.toMatchObject({
      name: 'NotFoundException',
      message: `Invalid API identifier specified 111122223333:${restApiId}`,
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('of a region that the file leaves out are none', async () => {
    const gateway = new APIGatewayClient(settings(await start(), 'us-east-1'));
    expect((await gateway.send(new GetRestApisCommand({}))).items).toEqual([]);
  });
});

describe('Resources', () => {
  test('carry their methods when embedded', async () => {
    const { id: restApiId, resources } = api('orders-api');
    const { items } = await (
      await client()
    ).send(new GetResourcesCommand({ restApiId, embed: ['methods'], limit: 500 }));
    expect(items).toEqual(resources);
  });

  test('carry verbs without content when not embedded', async () => {
    const { id: restApiId } = api('orders-api');
    const { items } = await (await client()).send(new GetResourcesCommand({ restApiId }));
    expect(items?.find(({ path }) => path === '/orders')?.resourceMethods).toEqual({
      GET: {},
      POST: {},
      OPTIONS: {},
    });
    expect(items?.find(({ path }) => path === '/')).not.toHaveProperty('resourceMethods');
  });
});

describe('What belongs to an API', () => {
  test('authorizers', async () => {
    const { id: restApiId, authorizers } = api('warehouse-api');
    const { items } = await (await client()).send(new GetAuthorizersCommand({ restApiId }));
    expect(items).toEqual(authorizers);
  });

  test('stages, under the key item', async () => {
    const { id: restApiId, stages } = api('warehouse-api');
    const gateway = await client();
    expect((await gateway.send(new GetStagesCommand({ restApiId }))).item).toEqual(asSdk(stages));
    const one = answered(gateway.send(new GetStageCommand({ restApiId, stageName: 'beta' })));
    expect(await one).toEqual(asSdk(stages[1]));
    const deploymentId = 'absent';
    expect((await gateway.send(new GetStagesCommand({ restApiId, deploymentId }))).item).toEqual([]);
    expect(await refusal(gateway.send(new GetStageCommand({ restApiId, stageName: 'Beta' })))).toEqual({
      name: 'NotFoundException',
      status: 404,
    });
  });

  test('deployments, without a summary unless it is embedded', async () => {
    const { id: restApiId, deployments } = api('support-api');
    const gateway = await client();
    const { items } = await gateway.send(new GetDeploymentsCommand({ restApiId }));
    const rows = deployments.map((one) => omit(one, 'frozen'));
    expect(items).toEqual(asSdk(rows));
    const deploymentId = deployments[0]?.id;
    const plain = answered(gateway.send(new GetDeploymentCommand({ restApiId, deploymentId })));
    expect(await plain).toEqual(asSdk(rows[0]));
    expect(
      await refusal(gateway.send(new GetDeploymentCommand({ restApiId, deploymentId: 'absent' }))),
    ).toEqual({ name: 'NotFoundException', status: 404 });
  });

  test('the summary of a deployment is what it froze, not the draft', async () => {
    const { id: restApiId, deployments } = api('support-api');
    const gateway = await client();
    const [newest, older] = await Promise.all(
      deployments.map(async ({ id: deploymentId }) => {
        const embed = ['apisummary'];
        const command = new GetDeploymentCommand({ restApiId, deploymentId, embed });
        return (await gateway.send(command)).apiSummary;
      }),
    );
    expect(older?.['/tickets']?.['GET']).toEqual({ authorizationType: 'AWS_IAM', apiKeyRequired: false });
    expect(newest?.['/tickets']?.['GET']).toEqual({
      authorizationType: 'COGNITO_USER_POOLS',
      apiKeyRequired: false,
    });
    expect(older).not.toHaveProperty(['/tickets/{ticketId}/notes']);
    expect(newest).toHaveProperty(['/tickets/{ticketId}/notes']);
    expect(older?.['/status']?.['GET']).toEqual({ authorizationType: 'NONE', apiKeyRequired: true });
    expect(older).not.toHaveProperty(['/']);
  });
});

describe('Keys and plans', () => {
  test('keys come newest first and show values only when asked', async () => {
    const gateway = await client();
    const hidden = await gateway.send(new GetApiKeysCommand({ includeValues: false }));
    expect(hidden.items?.map(({ name }) => name)).toEqual(['carrier-postline', 'status-page', 'carrier-dhx']);
    expect(JSON.stringify(hidden)).not.toContain('EXAMPLE-SECRET');
    const shown = await gateway.send(new GetApiKeysCommand({ includeValues: true, nameQuery: 'carrier-d' }));
    expect(shown.items).toEqual(asSdk(region.apiKeys.filter(({ name }) => name === 'carrier-dhx')));
  });

  test('plans, all or those of one key', async () => {
    const gateway = await client();
    const plans = region.usagePlans.map((plan) => omit(plan, 'keys'));
    expect((await gateway.send(new GetUsagePlansCommand({}))).items).toEqual(plans);
    const [keyId] = region.usagePlans[1]?.keys ?? [];
    expect((await gateway.send(new GetUsagePlansCommand({ keyId }))).items).toEqual([plans[1]]);
  });

  test('keys of a plan come with their values, and an unknown plan has none', async () => {
    const gateway = await client();
    const [plan] = region.usagePlans;
    const { items } = await gateway.send(new GetUsagePlanKeysCommand({ usagePlanId: plan?.id }));
    const [key] = region.apiKeys;
    expect(items?.[0]).toEqual({ id: key?.id, type: 'API_KEY', value: key?.value, name: key?.name });
    expect(items).toHaveLength(2);
    const unknown = answered(gateway.send(new GetUsagePlanKeysCommand({ usagePlanId: 'absent' })));
    expect(await unknown).toEqual({ items: [] });
  });

  test('account settings', async () => {
    expect(await answered((await client()).send(new GetAccountCommand({})))).toEqual(region.account);
  });
});

test('HTTP APIs are listed by version 2', async () => {
  const httpApis = ['a', 'b', 'c'].map((ApiId) => ({
    ApiId,
    Name: ApiId,
    ProtocolType: 'HTTP' as const,
    RouteSelectionExpression: '$request.method $request.path',
    CreatedDate: '2025-01-01T00:00:00Z',
  }));
  const account = { accountId: '111122223333', regions: { 'eu-west-1': { httpApis } } };
  const v2 = new ApiGatewayV2Client(settings(await start({ account, pageSize: 2 })));
  const first = await v2.send(new GetApisCommand({ MaxResults: '500' }));
  const second = await v2.send(new GetApisCommand({ NextToken: first.NextToken }));
  expect([...(first.Items ?? []), ...(second.Items ?? [])]).toEqual(asSdk(httpApis));
  expect(second.NextToken).toBeUndefined();
});

describe('Domains', () => {
  const rows = region.domainNames.map((one) =>
    omit(one, 'basePathMappings', 'routingRules', 'resourceOwner'),
  );

  test('are listed by owner', async () => {
    const gateway = await client();
    expect((await gateway.send(new GetDomainNamesCommand({}))).items).toEqual(rows);
    const shared = new GetDomainNamesCommand({ resourceOwner: 'OTHER_ACCOUNTS' });
    expect((await gateway.send(shared)).items).toEqual([]);
  });

  test('are found by name, a private one only with its id', async () => {
    const domainName = 'internal.marlowe.example';
    const arn = (id: string) => `arn:aws:apigateway:eu-west-1:111122223333:/domainnames/${domainName}+${id}`;
    const gateway = await client({
      accountId: '111122223333',
      regions: {
        'eu-west-1': {
          domainNames: ['aaaa1111', 'bbbb2222'].map((domainNameId) => ({
            domainName,
            domainNameId,
            domainNameArn: arn(domainNameId),
            basePathMappings: [{ basePath: '(none)', restApiId: domainNameId, stage: 'prod' }],
          })),
          domainNameAccessAssociations: [
            {
              domainNameArn: arn('aaaa1111'),
              accessAssociationSource: 'vpce-1',
              accessAssociationSourceType: 'VPCE',
            },
          ],
        },
      },
    });
    const found = gateway.send(new GetDomainNameCommand({ domainName, domainNameId: 'bbbb2222' }));
    expect(await answered(found)).toEqual({
      domainName,
      domainNameId: 'bbbb2222',
      domainNameArn: arn('bbbb2222'),
    });
    expect(await refusal(gateway.send(new GetDomainNameCommand({ domainName })))).toEqual({
      name: 'NotFoundException',
      status: 404,
    });
    const mappings = new GetBasePathMappingsCommand({ domainName, domainNameId: 'bbbb2222' });
    expect((await gateway.send(mappings)).items).toEqual([
      { basePath: '(none)', restApiId: 'bbbb2222', stage: 'prod' },
    ]);
    expect((await gateway.send(new GetDomainNameAccessAssociationsCommand({}))).items).toEqual([
      {
        domainNameArn: arn('aaaa1111'),
        accessAssociationSource: 'vpce-1',
        accessAssociationSourceType: 'VPCE',
      },
    ]);
  });

  test('show their mappings to version 2 with an empty key for the root', async () => {
    const v2 = new ApiGatewayV2Client(settings(await start()));
    const { Items } = await v2.send(new GetApiMappingsCommand({ DomainName: 'api.marlowe.example' }));
    expect(Items?.map((mapping) => omit(mapping, 'ApiMappingId'))).toEqual(
      region.domainNames[0]?.basePathMappings.map(({ basePath, restApiId, stage }) => ({
        ApiId: restApiId,
        ApiMappingKey: basePath === '(none)' ? '' : basePath,
        Stage: stage,
      })),
    );
    expect(new Set(Items?.map(({ ApiMappingId }) => ApiMappingId)).size).toBe(3);
  });

  test('show multi-level mappings and routing rules where the file has them', async () => {
    const DomainName = 'api.marlowe.example';
    const apiMappings = [
      { ApiId: 'abcdefghij', ApiMappingId: 'm1', ApiMappingKey: 'orders/v1', Stage: 'prod' },
    ];
    const routingRules = [
      {
        RoutingRuleId: 'r1',
        RoutingRuleArn: 'arn:aws:apigateway:eu-west-1:111122223333:/domainnames/x/routingrules/r1',
        Priority: 10,
        Conditions: [
          { MatchHeaders: { AnyOf: [{ Header: 'x-version', ValueGlob: 'beta*' }] } },
          { MatchBasePaths: { AnyOf: ['orders'] } },
        ],
        Actions: [{ InvokeApi: { ApiId: 'abcdefghij', Stage: 'prod', StripBasePath: true } }],
      },
    ];
    const sandbox = await start({
      account: {
        accountId: '111122223333',
        regions: { 'eu-west-1': { domainNames: [{ domainName: DomainName, apiMappings, routingRules }] } },
      },
    });
    const v2 = new ApiGatewayV2Client(settings(sandbox));
    expect((await v2.send(new GetApiMappingsCommand({ DomainName }))).Items).toEqual(apiMappings);
    expect((await v2.send(new ListRoutingRulesCommand({ DomainName }))).RoutingRules).toEqual(routingRules);
  });
});
