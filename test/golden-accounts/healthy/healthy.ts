import type { Account } from '../../../lambda/model/account';
import { accountOf } from '../area';
import { network } from './network';
import { cognitoApis } from './people';
import { services } from './services';

/** Every kind of guard, door and caller, and nothing wrong with any of them. */
export const healthy: readonly Account[] = [accountOf([cognitoApis, services, network])];
