import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
} from '@aws-sdk/client-api-gateway';
import type { Emulator } from '../harness/emulator';
import { shopClients, type ShopClients } from './clients';
import { makeDistribution, makeDomain } from './edge';
import { makeApi, type AuthorizerPlan } from './make-api';
import { deleteFunction, makeFunction } from './make-function';
import { makePeople } from './people';

const cognito = (name: string, poolArn: string): AuthorizerPlan => ({
  name,
  type: 'COGNITO_USER_POOLS',
  providerARNs: [poolArn],
  identitySource: 'method.request.header.Authorization',
});

const byToken = (name: string, region: string, functionArn: string): AuthorizerPlan => ({
  name,
  type: 'TOKEN',
  authorizerUri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
  identitySource: 'method.request.header.Authorization',
  authorizerResultTtlInSeconds: 300,
});

const makeKeyIn = async (
  { gateway }: ShopClients,
  plan: string,
  stages: readonly { readonly apiId: string; readonly stage: string }[],
): Promise<void> => {
  const { id: keyId } = await gateway.send(new CreateApiKeyCommand({ name: plan, enabled: true }));
  const { id: usagePlanId } = await gateway.send(
    new CreateUsagePlanCommand({ name: plan, apiStages: [...stages] }),
  );
  await gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
};

/** The APIs of a shop, by name to id. */
export type Shop = ReadonlyMap<string, string>;

/** Makes the APIs of a shop with everything around them; their names say what is wrong, if anything is. */
export const seedShop = async (
  emulator: Emulator,
  { distribution }: { readonly distribution: boolean },
): Promise<Shop> => {
  const clients = shopClients(emulator);
  const { region } = emulator;
  const shop = new Map<string, string>();
  try {
    const { customersArn, formerStaffArn } = await makePeople(clients);
    const gatekeeper = await makeFunction(clients, 'gatekeeper');
    const retired = await makeFunction(clients, 'retired-gatekeeper');
    await deleteFunction(clients, 'retired-gatekeeper');
    const customers = [cognito('customers', customersArn)];
    const make = async (plan: Parameters<typeof makeApi>[1]): Promise<string> => {
      const id = await makeApi(clients, plan);
      shop.set(plan.name, id);
      return id;
    };

    const ordersId = await make({
      name: 'orders-healthy',
      authorizers: customers,
      methods: [
        { verb: 'GET', path: '/orders', authorizer: 'customers', scopes: ['orders/read'] },
        { verb: 'POST', path: '/orders', authorizer: 'customers', scopes: ['orders/write'] },
        { verb: 'OPTIONS', path: '/orders' },
      ],
      stage: 'prod',
    });
    const carriersId = await make({
      name: 'carriers-healthy',
      methods: [{ verb: 'GET', path: '/parcels', apiKey: true }],
      stage: 'prod',
    });
    await make({
      name: 'catalogue-healthy',
      authorizers: [byToken('gatekeeper', region, gatekeeper)],
      methods: [
        { verb: 'GET', path: '/items', authorizer: 'gatekeeper' },
        { verb: 'OPTIONS', path: '/items' },
      ],
      stage: 'prod',
    });
    const returnsId = await make({
      name: 'returns-scope-undefined',
      authorizers: customers,
      methods: [
        { verb: 'POST', path: '/returns', authorizer: 'customers', scopes: ['orders/writes'] },
        { verb: 'OPTIONS', path: '/returns' },
      ],
      stage: 'prod',
    });
    await make({
      name: 'staff-pool-gone',
      authorizers: [cognito('staff', formerStaffArn)],
      methods: [
        { verb: 'GET', path: '/rota', authorizer: 'staff' },
        { verb: 'OPTIONS', path: '/rota' },
      ],
      stage: 'prod',
    });
    await make({
      name: 'support-in-no-plan',
      methods: [{ verb: 'GET', path: '/tickets', apiKey: true }],
      stage: 'v2',
    });
    await make({
      name: 'stock-private-range',
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'execute-api:Invoke',
            Resource: 'execute-api:/*',
            Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
          },
        ],
      },
      methods: [{ verb: 'GET', path: '/stock' }],
      stage: 'prod',
    });
    await make({
      name: 'reports-function-gone',
      authorizers: [byToken('retired', region, retired)],
      methods: [
        { verb: 'GET', path: '/sales', authorizer: 'retired' },
        { verb: 'OPTIONS', path: '/sales' },
      ],
      stage: 'prod',
    });
    await make({ name: 'news-never-deployed', methods: [{ verb: 'GET', path: '/news' }] });

    await makeKeyIn(clients, 'carriers', [{ apiId: carriersId, stage: 'prod' }]);
    await makeDomain(clients, { ordersId, returnsId });
    if (distribution) await makeDistribution(clients, { restApiId: ordersId, region });
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
  return shop;
};
