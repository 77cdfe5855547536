import { SignInRefused } from './loop';
import type { Received } from './exchange';
import { askForTokens, PASSWORD, USER, type Client, type ClientSeed, type Pool, type Tokens } from './people';
import type { World } from './world';

/** Where people are sent after they have signed in; nobody has to listen there. */
export const CALLBACK = 'https://shop.example.com/signed-in';

/** A client of a web application whose people sign in at the pool's own page. */
export const pageSeed = (given: ClientSeed = {}): ClientSeed => ({
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'orders/read'],
  CallbackURLs: [CALLBACK],
  SupportedIdentityProviders: ['COGNITO'],
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  ...given,
});

const attributeOf = (tag: string, name: string): string | null =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? null;

interface Form {
  readonly action: string;
  /** What the form holds before anybody fills it in. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The first form that asks for a password. */
const formOf = (page: string): Form | null => {
  const form = page.match(/<form[\s\S]*?<\/form>/g)?.find((one) => /name="password"/.test(one));
  const [opening] = form?.match(/<form[^>]*>/) ?? [];
  if (form === undefined || opening === undefined) return null;
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const fields = inputs.flatMap((input) => {
    const name = attributeOf(input, 'name');
    return name === null ? [] : [[name, attributeOf(input, 'value') ?? ''] as const];
  });
  return { action: attributeOf(opening, 'action') ?? '/login', fields: Object.fromEntries(fields) };
};

const cookiesOf = ({ headers }: Received): readonly string[] =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '');

/**
 * Signs the pool's user in at the sign-in page, as a browser does, and takes the code to the token endpoint.
 *
 * @throws SignInRefused
 */
export const signInByPage = async (world: World, pool: Pool, client: Client): Promise<Partial<Tokens>> => {
  const pages = world.signInPages(pool.domain);
  const query = String(
    new URLSearchParams({ client_id: client.id, response_type: 'code', redirect_uri: CALLBACK }),
  );
  let page = await world.exchange(`${pages}/oauth2/authorize?${query}`, { method: 'GET' });
  const cookies = [...cookiesOf(page)];
  const onward = page.headers.location;
  if (onward !== undefined) {
    const url = String(new URL(onward, pages));
    page = await world.exchange(url, { method: 'GET', headers: { cookie: cookies.join('; ') } });
    cookies.push(...cookiesOf(page));
  }
  const form = formOf(page.body);
  if (form === null) throw new SignInRefused(`no page to sign in at: ${page.status}`);
  const answer = await world.exchange(String(new URL(form.action, pages)), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
    },
    body: String(new URLSearchParams({ ...form.fields, username: USER, password: PASSWORD })),
  });
  const back = answer.headers.location ?? '';
  const code = back.startsWith(CALLBACK) ? new URL(back).searchParams.get('code') : null;
  if (code === null) throw new SignInRefused(`the page to sign in at answers ${answer.status}`);
  return askForTokens(world, pool, client, {
    grant_type: 'authorization_code',
    client_id: client.id,
    redirect_uri: CALLBACK,
    code,
  });
};
