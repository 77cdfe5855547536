import type { Account } from './model/account';
import { known, type Known } from './model/known';
import type { RestApi } from './model/rest-api';
import type { AccountSource } from './source';

/** Reads a source to its end: one account in one region, whole. */
export const gatherAccount = async (source: AccountSource): Promise<Account> => {
  const apis: RestApi[] = [];
  let restApis: Known<readonly RestApi[]> = known(apis);
  for await (const item of source.apis(() => undefined)) {
    if ('state' in item) restApis = item;
    else apis.push(item.api);
  }
  return { ...(await source.shared()), schemaVersion: 1, restApis };
};
