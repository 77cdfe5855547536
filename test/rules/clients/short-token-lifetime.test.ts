import rule from '../../../lambda/rules/clients/short-token-lifetime';
import type { AppClientSettings } from '../../../lambda/model/user-pool';
import { appClient, machineClient } from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const web = (given: Partial<AppClientSettings>) => shop(shopPool([appClient('web', given)]));
const at = 'app client web (client-web) of user pool pool-eu-west-1_Shop';
const minutes = (value: number) => ({ value, unit: 'minutes' as const });
const seconds = (value: number) => ({ value, unit: 'seconds' as const });

export default ruleTable(rule, {
  flags: [
    {
      when: 'access tokens of five minutes',
      account: web({ accessTokenValidity: seconds(300) }),
      expect: [
        {
          at,
          saying: 'App client "web" (client-web) of user pool eu-west-1_Shop: access tokens live 5 minutes.',
          affects: [],
        },
      ],
    },
    {
      when: 'both kinds of ten minutes',
      account: web({ accessTokenValidity: minutes(10), idTokenValidity: minutes(10) }),
      expect: [
        {
          at,
          saying:
            'App client "web" (client-web) of user pool eu-west-1_Shop: access tokens live 10 minutes and ID tokens live 10 minutes.',
        },
      ],
    },
    {
      when: 'a refresh token that ends before the access token',
      account: web({
        accessTokenValidity: { value: 1, unit: 'days' },
        refreshTokenValidity: { value: 2, unit: 'hours' },
      }),
      expect: [
        {
          at,
          saying:
            'App client "web" (client-web) of user pool eu-west-1_Shop: refresh tokens live 2 hours, less than access tokens (24 hours).',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'the defaults', account: web({}) },
    {
      when: 'eleven minutes',
      account: web({ accessTokenValidity: minutes(11), idTokenValidity: minutes(11) }),
    },
    {
      when: 'zero, which means the default',
      account: web({ refreshTokenValidity: { value: 0, unit: 'days' } }),
    },
    {
      when: 'an ID token lifetime on a client that gets none',
      account: shop(
        shopPool([
          appClient('batch', {
            ...settingsOf(machineClient('batch', ['orders/read'])),
            idTokenValidity: minutes(5),
            refreshTokenValidity: minutes(1),
          }),
        ]),
      ),
    },
  ],
  cannotTell: unreadClients(),
  standsWithout: {
    'slices.userPools.pool.resourceServers': 'which scopes tokens carry says nothing of how long they live',
  },
});

function settingsOf(client: ReturnType<typeof machineClient>): AppClientSettings {
  if (client.settings.state !== 'known') throw new Error('the builder makes known settings');
  return client.settings.value;
}
