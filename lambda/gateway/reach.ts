import type { SharedAccount } from '../model/account';
import type { Deployment } from '../model/deployment';
import type { Method } from '../model/method';

/** Can any request that a registered client could send get through to this method's backend? */
export type Reachability = 'reachable' | 'unreachable' | 'cannot-tell';

export const reachOf = (_deployment: Deployment, _method: Method, _account: SharedAccount): Reachability =>
  'cannot-tell';
