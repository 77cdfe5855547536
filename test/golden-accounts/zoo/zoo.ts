import type { Account } from '../../../lambda/model/account';
import { accountOf } from '../area';
import { addresses, withoutPrivateDns } from './addresses';
import { appClients } from './app-clients';
import { authorizers } from './authorizers';
import { deployments } from './deployments';
import { apiKeys, callersAndLogs, webAcls } from './keys-and-edges';
import { browsers, policies } from './policies';
import { userPools } from './user-pools';

/** Every rule of the catalogue finds something here; one fault an API, as far as faults come alone. */
export const zoo: readonly Account[] = [
  accountOf(
    [
      addresses,
      deployments,
      policies,
      browsers,
      authorizers,
      userPools,
      appClients,
      apiKeys,
      webAcls,
      callersAndLogs,
    ],
    { gatewayAccount: { cloudwatchRoleArn: null, features: ['UsagePlans'] } },
  ),
  accountOf([withoutPrivateDns], { region: 'eu-central-1' }),
];
