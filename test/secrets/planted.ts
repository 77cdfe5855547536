import type { SandboxAccount } from '../../sandbox/account-file';
import { HOSTILE_ACCOUNT } from '../support/hostile';

export const MARK = 'S3CR3T';

/** A secret wherever AWS's answers may hold one. */
const plant = (account: SandboxAccount): SandboxAccount => {
  let planted = 0;
  const secret = (): string => {
    planted += 1;
    return `${MARK}-${planted}-zqxjkvbpw0123456789`;
  };
  const walk = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
    if (key === 'apiKeys') copy['value'] = secret();
    if (key === 'clients') copy['ClientSecret'] = secret();
    if (key === 'configuration') copy['Environment'] = { Variables: { PASSWORD: secret() } };
    if (key === 'methodIntegration') {
      copy['requestParameters'] = { 'integration.request.header.x-backend-key': `'${secret()}'` };
      copy['requestTemplates'] = { 'application/json': `{"key":"${secret()}"}` };
    }
    if ('HeaderValue' in copy) copy['HeaderValue'] = secret();
    return copy;
  };
  const marked = walk(account) as SandboxAccount;
  if (planted < 100) throw new Error('too few secrets were planted');
  return marked;
};

export const PLANTED = plant(HOSTILE_ACCOUNT);

/** What a text says in base64 wherever it stands in what was encoded: the digits that its neighbours do not reach. */
const inBase64 = (text: string): readonly string[] =>
  [0, 1, 2].map((before) =>
    Buffer.from(`${' '.repeat(before)}${text}`)
      .toString('base64url')
      .slice(Math.ceil((before * 8) / 6), Math.floor(((before + text.length) * 8) / 6)),
  );

/** The mark as it is, and in the encodings that might carry it along. */
const FORMS = [MARK, Buffer.from(MARK).toString('hex'), ...inBase64(MARK)];

export const expectNone = (...texts: readonly string[]): void => {
  for (const text of texts) {
    expect(text.length).toBeGreaterThan(0);
    for (const form of FORMS) expect(text.includes(form)).toBe(false);
  }
};

export const TOKEN = [
  Buffer.from('{"alg":"RS256","kid":"k"}').toString('base64url'),
  Buffer.from(`{"sub":"${MARK}","token_use":"id"}`).toString('base64url'),
  `${MARK}-signature`,
].join('.');
export const RAW_PARTS = TOKEN.split('.').slice(1);

export const EXPLAINED = 'https://gwngyh0qxw.execute-api.eu-west-1.amazonaws.com/prod/orders';
