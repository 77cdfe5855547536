import type { Address } from '../gateway/request';
import type { Account } from '../model/account';
import { isKnown } from '../model/known';
import { parseUrl } from './address';
import { parseHeaders } from './credentials';
import { parseCurl } from './curl';
import { ExplainInputError, type ExplainInput } from './input';

/** Where the request goes: tells which region and API must be read before anything is explained. */
export const requestedAddress = ({ url, curl, headers = [] }: ExplainInput): Address => {
  const parsed = curl === undefined ? null : parseCurl(curl);
  const target = parsed?.url ?? url;
  if (target === undefined) throw new ExplainInputError('url', 'is missing');
  return parseUrl(target, parseHeaders([...(parsed?.headers ?? []), ...headers])).address;
};

/** Whether an account, one region of it, holds what the address leads to, as far as could be read. */
export const holdsAddress = (account: Account, address: Address): boolean => {
  if (address.by === 'execute-api') {
    return (
      account.region === address.region &&
      (!isKnown(account.restApis) ||
        account.restApis.value.some(({ id }) => id.toLowerCase() === address.restApiId?.toLowerCase()))
    );
  }
  const { domains } = account.slices;
  return isKnown(domains) && domains.value.some(({ name }) => name.toLowerCase() === address.host);
};
