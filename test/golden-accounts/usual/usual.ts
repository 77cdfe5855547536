import type { Account } from '../../../lambda/model/account';
import { accountOf } from '../area';
import { addresses, frameworks, policies } from './places';
import { teams } from './teams';
import { tokens } from './tokens';

/** Set-ups that are in use everywhere and work: there may be something to note, and nothing to warn of. */
export const usual: readonly Account[] = [accountOf([tokens, teams, frameworks, policies, addresses])];
