import { GATES } from '../../lambda/gateway/gates';
import {
  account,
  allow,
  apiKey,
  deny,
  method,
  policy,
  restApi,
  stage,
  usagePlan,
  vpcEndpoint,
} from '../support/build';
import { cpuTimeOf } from '../support/cpu-time';
import { accessClaims, ask, HOST, idClaims, jwt, shop } from './support';

const outcome = (explanation: ReturnType<typeof ask>) => {
  const { outcome: what, status, gate } = explanation.decision;
  return [what, status, gate];
};

describe('answers', () => {
  test('an admitted call has neither status nor body, and names what it meets', () => {
    const answer = ask({ url: `${HOST}/prod/pets/7?q=1`, token: `Bearer ${jwt(idClaims)}` });
    expect(answer.request).toEqual({
      method: 'GET',
      url: `${HOST}/prod/pets/7?q=1`,
      restApiId: 'idshop',
      stage: 'prod',
      resource: '/pets/{id}',
      token: {
        kind: 'id',
        issuer: idClaims.iss,
        clientId: 'client-web',
        scopes: [],
        expiresAt: '2026-11-23T11:00:00.000Z',
      },
    });
    expect(answer.decision).toMatchObject({
      outcome: 'admitted',
      status: null,
      responseType: null,
      errorType: null,
      body: null,
      gate: null,
    });
    expect(answer.fix).toEqual([]);
  });

  test('all nine gates are listed once, those after the refusal as not reached', () => {
    const { gates } = ask({ url: `${HOST}/prod/pets` });
    expect(gates.map(({ gate }) => gate).sort()).toEqual([...GATES].sort());
    expect(gates.map(({ gate, outcome: one }) => `${gate} ${one}`)).toEqual([
      'endpoint passes',
      'stage passes',
      'route passes',
      'waf passes',
      'authentication refuses',
      'authorization not-reached',
      'resource-policy not-reached',
      'api-key not-reached',
      'integration not-reached',
    ]);
  });

  test('an access token where an ID token is wanted names the rule and what to do', () => {
    const answer = ask({ url: `${HOST}/prod/pets`, token: jwt(accessClaims) });
    expect(answer.decision).toMatchObject({
      outcome: 'refused',
      status: 401,
      responseType: 'UNAUTHORIZED',
      errorType: 'UnauthorizedException',
      body: '{"message":"Unauthorized"}',
      gate: 'authentication',
    });
    expect(answer.decision.rule).toMatch(/^cognito\/(id-token-required|mixed-token-types)$/);
    expect(answer.notes.join(' ')).toContain("Postman's OAuth helper attaches the access token");
  });

  test('a scoped method says that the console test wants the other token and knows no scopes (TST-1, TST-2)', () => {
    const answer = ask({ url: `${HOST}/prod/orders`, method: 'post', claims: accessClaims });
    expect(outcome(answer)).toEqual(['admitted', null, null]);
    expect(answer.notes.join(' ')).toContain("the console's authorizer test takes ID tokens only");
  });

  test('a stage in no usage plan is named with its own fix, id filled in', () => {
    const answer = ask({ url: `${HOST}/prod/keyed`, headers: ['x-api-key: 0123456789abcdefghij'] });
    expect(answer.decision).toMatchObject({
      outcome: 'refused',
      status: 403,
      gate: 'api-key',
      rule: 'api-keys/stage-in-no-usage-plan',
    });
    expect(JSON.stringify(answer.fix)).toContain('idshop-prod');
    expect(JSON.stringify(answer)).not.toContain('0123456789abcdefghij');
  });

  test('a method that only the draft has is named', () => {
    const drafted = account({
      restApis: [
        restApi('shop', {
          methods: [method('GET', '/new'), method('GET', '/old')],
          stages: [stage('prod', { methods: [method('GET', '/old')] })],
        }),
      ],
    });
    const answer = ask({ url: `${HOST}/prod/new` }, drafted);
    expect(answer.decision).toMatchObject({
      outcome: 'refused',
      status: 403,
      responseType: 'MISSING_AUTHENTICATION_TOKEN',
      gate: 'route',
      rule: 'deployment/method-not-deployed',
    });
    expect(JSON.stringify(answer.fix)).toContain('create-deployment');
  });

  test('an unscoped fault elsewhere in the account does not name this refusal', () => {
    const answer = ask({ url: `${HOST}/prod/pets`, token: jwt({ ...idClaims, exp: 1 }) });
    expect(answer.decision).toMatchObject({
      status: 401,
      body: '{"message":"The incoming token has expired"}',
    });
    expect(answer.decision.rule).toBeUndefined();
    expect(answer.fix).toEqual([{ step: 'Refresh the token before the call.', commands: [] }]);
  });

  test.each([
    [
      'a signed call whose policies are not known',
      { signedBy: 'arn:aws:iam::222233334444:role/app' },
      ['cannot-tell', null, 'authorization'],
    ],
    [
      'a signed call of another account',
      { signedBy: 'arn:aws:iam::999988887777:role/app' },
      ['refused', 403, 'resource-policy'],
    ],
    ['a bearer token', { token: jwt(idClaims) }, ['refused', 403, 'authentication']],
    ['nobody', {}, ['refused', 403, 'authentication']],
  ])('an IAM method and %s', (_, given, wanted) => {
    expect(outcome(ask({ url: `${HOST}/prod/admin`, ...given }))).toEqual(wanted);
  });

  test('cannot tell which stage: two APIs in other Regions are not guessed at', () => {
    const answer = ask({ url: 'https://idshop.execute-api.us-east-1.amazonaws.com/prod/open' });
    expect(outcome(answer)).toEqual(['cannot-tell', null, 'endpoint']);
    expect(answer.decision.rule).toBeUndefined();
  });

  test('the clock is the one that is handed in', () => {
    const token = jwt({ ...idClaims, exp: idClaims.exp - 3600 });
    expect(ask({ url: `${HOST}/prod/pets`, token }).decision.body).toContain('has expired');
    expect(
      outcome(ask({ url: `${HOST}/prod/pets`, token: jwt({ ...idClaims, exp: idClaims.exp - 3599 }) })),
    ).toEqual(['admitted', null, null]);
  });
});

describe('addresses', () => {
  test.each([
    [
      'a host in capitals, a port and no scheme',
      'IDSHOP.execute-api.eu-west-1.amazonaws.com:443/prod/open',
      'admitted',
    ],
    ['quotes and blanks around it', `  "${HOST}/prod/open"\n`, 'admitted'],
    ['dot segments', `${HOST}/prod/x/../open`, 'admitted'],
    ['a slash at the end', `${HOST}/prod/open/`, 'admitted'],
    ['a dot after the host', 'https://idshop.execute-api.eu-west-1.amazonaws.com./prod/open', 'admitted'],
    ['a custom domain', 'https://api.example.com/v1/open', 'admitted'],
    ['a stage left in a custom domain', 'https://api.example.com/v1/prod/open', 'refused'],
    ['an encoded slash, which is no separator', `${HOST}/prod%2Fopen`, 'refused'],
    ['an IPv6 address', 'https://[2001:db8::1]/prod/open', 'cannot-tell'],
    ['an IPv6 address and a port', 'https://[::ffff:192.0.2.1]:8443/prod/open', 'cannot-tell'],
    ['an international name', 'https://bücher.example/v1/open', 'cannot-tell'],
    [
      'an international name in its wire form, in capitals',
      'https://XN--BCHER-KVA.example/v1/open',
      'cannot-tell',
    ],
    ['a port on a custom domain', 'https://api.example.com:443/v1/open', 'admitted'],
    ['encoded dot segments, which clients resolve', `${HOST}/prod/x/%2e%2e/open`, 'admitted'],
    ['dot segments that would leave the stage', `${HOST}/prod/../open`, 'refused'],
    ['an encoded slash inside a parameter', `${HOST}/prod/pets%2Fmine`, 'refused'],
    ['a path that is no valid encoding', `${HOST}/prod/%zz%`, 'refused'],
  ])('%s', (_, url, wanted) => {
    expect(ask({ url }).decision.outcome).toBe(wanted);
  });

  test('the hint for a stage left in the path of a domain', () => {
    expect(ask({ url: 'https://api.example.com/v1/prod/open' }).decision.because).toContain(
      "the domain's mapping already chooses the stage",
    );
  });

  test('a fragment is pointed out', () => {
    expect(ask({ url: `${HOST}/prod/pets/#7` }).notes.join(' ')).toContain('%23');
  });

  test('user and password of a URL are sent, and not shown', () => {
    const answer = ask({
      url: 'https://someone:hunter2hunter2@idshop.execute-api.eu-west-1.amazonaws.com/prod/admin',
    });
    expect(answer.decision).toMatchObject({ status: 403, errorType: 'IncompleteSignatureException' });
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|someone/);
  });

  test.each([
    ['nothing', ''],
    ['another scheme', 'ftp://x.example/'],
    ['a script', 'javascript:alert(1)'],
    ['no host', 'https:///'],
    ['a space in the host', 'https://a b/'],
    ['20,000 characters', `https://x.example/${'a'.repeat(20_000)}`],
  ])('refuses %s and names the field', (_, url) => {
    expect(() => ask({ url })).toThrow(/^url: /);
  });

  test.each([
    ['method', { method: 'GE T' }],
    ['sourceIp', { sourceIp: '10.0.0.0/8' }],
    ['sourceIp', { sourceIp: 'home' }],
    ['sourceVpce', { sourceVpce: 'endpoint' }],
    ['signedBy', { signedBy: 'me' }],
    ['apiKeyId', { apiKeyId: 'a b' }],
    ['headers', { headers: ['no colon'] }],
    ['headers', { headers: Array.from({ length: 300 }, () => 'a: b') }],
    ['claims', { claims: 'text' }],
    ['claims', { claims: [] }],
    ['claims', { claims: idClaims, token: 'x' }],
    ['token', { token: ' ' }],
    ['token', { token: jwt(idClaims), headers: ['Authorization: x'] }],
  ])('a bad %s is refused and its value not told', (field, given) => {
    const call = () => ask({ url: `${HOST}/prod/open`, ...given });
    expect(call).toThrow(new RegExp(`^${field}: `));
    expect(call).not.toThrow(/eyJ|home|endpoint|no colon/);
  });
});

describe('private names', () => {
  const inner = account({
    restApis: [
      restApi('inner', {
        endpointTypes: ['PRIVATE'],
        methods: [method('GET', '/pets')],
        policy: policy(allow()),
      }),
    ],
    vpcEndpoints: [vpcEndpoint('vpce-0a1b')],
  });
  const own = 'https://vpce-0a1b-xyz.execute-api.eu-west-1.vpce.amazonaws.com/prod/pets';

  test.each([
    ['with x-apigw-api-id', { url: own, headers: ['x-apigw-api-id: idinner'] }, ['admitted', null, null]],
    [
      "with the API's own name as Host",
      { url: own, headers: ['Host: idinner.execute-api.eu-west-1.amazonaws.com'] },
      ['admitted', null, null],
    ],
    ['without either', { url: own }, ['refused', 403, 'endpoint']],
    [
      'by the name of API and endpoint, not associated',
      { url: 'https://idinner-vpce-0a1b.execute-api.eu-west-1.amazonaws.com/prod/pets' },
      ['refused', null, 'endpoint'],
    ],
    [
      'by the plain name, through the endpoint',
      { url: 'https://idinner.execute-api.eu-west-1.amazonaws.com/prod/pets', sourceVpce: 'vpce-0a1b' },
      ['admitted', null, null],
    ],
  ])("an endpoint's own name %s", (_, input, wanted) => {
    expect(outcome(ask(input, inner))).toEqual(wanted);
  });
});

describe('secrets and names', () => {
  test('a token that was put into path and query by mistake is not shown either', () => {
    const token = jwt(idClaims);
    const answer = ask({ url: `${HOST}/prod/${token}?t=${token}`, token });
    expect(answer.decision.outcome).toBe('refused');
    for (const part of token.split('.')) expect(JSON.stringify(answer)).not.toContain(part);
  });

  test('a fault that only the draft has does not name a refusal of today', () => {
    const drafted = account({
      restApis: [
        restApi('shop', {
          methods: [method('GET', '/pets')],
          policy: policy(deny()),
          stages: [stage('prod', { methods: [method('GET', '/pets', { apiKeyRequired: true })] })],
        }),
      ],
    });
    const today = ask({ url: `${HOST}/prod/pets` }, drafted);
    expect(today.decision).toMatchObject({ gate: 'api-key', rule: 'api-keys/stage-in-no-usage-plan' });
    const elsewhere = account({
      restApis: [
        restApi('shop', {
          methods: [method('GET', '/pets', { apiKeyRequired: true })],
          stages: [stage('prod', { methods: [method('GET', '/pets', { apiKeyRequired: true })] })],
        }),
      ],
      usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])],
      apiKeys: [apiKey('a')],
    });
    expect(ask({ url: `${HOST}/prod/pets` }, elsewhere).decision.rule).toBeUndefined();
  });
});

describe('curl', () => {
  const token = jwt(idClaims);

  test.each([
    ['as written by hand', `curl -H 'Authorization: Bearer ${token}' ${HOST}/prod/pets`],
    [
      'with continued lines',
      `curl \\\n  --header="Authorization: ${token}" \\\n  --compressed \\\n  --url '${HOST}/prod/pets'`,
    ],
    [
      'as browsers copy it',
      `curl '${HOST}/prod/pets' -H $'authorization: Bearer ${token}' -H 'accept: */*' --compressed`,
    ],
    [
      'as browsers copy it for Windows',
      `curl ^"${HOST}/prod/pets^" ^\r\n  -H ^"authorization: Bearer ${token}^" ^\r\n  --insecure`,
    ],
    ['with glued options', `$ curl -sS -XGET -H"Authorization: Bearer ${token}" ${HOST}/prod/pets`],
    ['with an oauth2 bearer', `/usr/bin/curl --oauth2-bearer ${token} ${HOST}/prod/pets`],
  ])('%s', (_, curl) => {
    const answer = ask({ curl });
    expect(answer.request).toMatchObject({ method: 'GET', resource: '/pets' });
    expect(outcome(answer)).toEqual(['admitted', null, null]);
    expect(JSON.stringify(answer)).not.toContain(token);
  });

  test.each([
    ['-d makes a POST', `curl -d '{"a":1}' ${HOST}/prod/orders`, 'POST'],
    ['--json makes a POST', `curl --json '{}' ${HOST}/prod/orders`, 'POST'],
    ['-G keeps a GET', `curl -G -d a=1 ${HOST}/prod/open`, 'GET'],
    ['-I is HEAD', `curl -I ${HOST}/prod/open`, 'HEAD'],
    ['-X wins', `curl -X OPTIONS -d x ${HOST}/prod/orders`, 'OPTIONS'],
    ['-T is PUT', `curl -T file.txt ${HOST}/prod/open`, 'PUT'],
  ])('%s', (_, curl, verb) => {
    expect(ask({ curl }).request.method).toBe(verb);
  });

  test('-u is sent as Basic, and not shown', () => {
    const answer = ask({ curl: `curl -u user1:hunter2hunter2 ${HOST}/prod/pets` });
    expect(outcome(answer)).toEqual(['refused', 401, 'authentication']);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  test('a call that curl signs is signed by somebody not known', () => {
    const curl = `curl --aws-sigv4 aws:amz:eu-west-1:execute-api --user AKIAEXAMPLE:secretsecret ${HOST}/prod/admin`;
    expect(outcome(ask({ curl }))).toEqual(['cannot-tell', null, 'resource-policy']);
  });

  test("the credential is read from the header of the method's authorizer, whatever else is there", () => {
    const twoHeaders: typeof shop = JSON.parse(
      JSON.stringify(shop).replaceAll('method.request.header.Authorization', 'method.request.header.X-Auth'),
    );
    const curl = `curl -H 'Authorization: Basic abcdefgh' -H 'X-Auth: ${token}' ${HOST}/prod/pets`;
    expect(outcome(ask({ curl }, twoHeaders))).toEqual(['admitted', null, null]);
    const wrong = ask({ curl: `curl -H 'Authorization: ${token}' ${HOST}/prod/pets` }, twoHeaders);
    expect(outcome(wrong)).toEqual(['refused', 401, 'authentication']);
    expect(wrong.decision.because).toContain('X-Auth');
  });

  test.each([
    ['another program', 'wget https://x.example/'],
    ['a quote that stays open', `curl '${HOST}`],
    ['no URL', 'curl -H "a: b"'],
    ['nothing', ''],
  ])('refuses %s', (_, curl) => {
    expect(() => ask({ curl })).toThrow(/^curl: /);
  });
});

describe('tokens', () => {
  const url = `${HOST}/prod/pets`;
  const good = jwt(idClaims);
  const [head = '', body = ''] = good.split('.');

  test.each([
    ['a line break at the end, as a pipe leaves it', `${good}\n`],
    ['Bearer in small letters', `bearer ${good}`],
  ])('takes %s', (_, token) => {
    expect(ask({ url, token }).decision.outcome).toBe('admitted');
  });

  test.each([
    ['quotes', `"${good}"`, 'quotes'],
    ['Bearer twice', `Bearer Bearer ${good}`, 'twice'],
    ['two blanks', `Bearer  ${good}`, 'blank'],
    ['a line break inside', `${head}.\n${body}.sig`, 'line breaks'],
    ['alg none', jwt(idClaims, { alg: 'none' }), 'alg none'],
    [
      'alg none without a signature',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
      'empty',
    ],
    ['HS256', jwt(idClaims, { alg: 'HS256', kid: 'k' }), 'alg HS256'],
    ['no kid', jwt(idClaims, { alg: 'RS256' }), 'kid'],
    ['two segments', `${head}.${body}`, 'signature is missing'],
    ['five segments, a refresh token', `${head}.a.b.c.d`, 'refresh token'],
    ['other characters', `${head}.${body}.a+b/c=`, 'characters'],
    ['base64 that is no JSON', 'eyJh.eyJi.c2ln', 'base64url'],
    ['a token inside a token', `${head}.${Buffer.from(good).toString('base64url')}.c2ln`, 'base64url'],
    ['a payload that is a text', `${head}.${Buffer.from('"eyJ"').toString('base64url')}.c2ln`, 'base64url'],
    [
      'bytes that are no text',
      `${head}.${Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')}.c2ln`,
      'base64url',
    ],
    ['JSON that is no object', `${head}.${Buffer.from('[1]').toString('base64url')}.c2ln`, 'base64url'],
    ['binary', '\u0000\u0001\ufffd', 'no JWT'],
    ['a word', 'hunter2hunter2', 'no JWT'],
  ])('refuses %s with 401, says why and shows none of it', (_, token, why) => {
    const answer = ask({ url, token });
    expect(outcome(answer)).toEqual(['refused', 401, 'authentication']);
    expect(answer.decision.because).toContain(why);
    for (const part of token.split(/[\s."]+/).filter((one) => one.length > 8)) {
      expect(JSON.stringify(answer)).not.toContain(part);
    }
  });

  test('a token of a megabyte is refused quickly, and not as a bad token', () => {
    const token = jwt({ ...idClaims, groups: 'g'.repeat(1_000_000) });
    const spent = cpuTimeOf(() => {
      const answer = ask({ url, token });
      expect(outcome(answer)).toEqual(['refused', null, 'endpoint']);
      expect(answer.decision.because).toContain('10240');
    });
    expect(spent).toBeLessThan(3000);
  });

  test('a deeply nested payload is refused like any other', () => {
    const nested = `{"a":${'['.repeat(6000)}${']'.repeat(6000)}}`;
    const token = `${head}.${Buffer.from(nested).toString('base64url')}.c2ln`;
    expect(ask({ url, token }).decision.outcome).toBe('refused');
  });

  test.each([
    ['an expiry that is text', { ...idClaims, exp: 'tomorrow' }, 'admitted'],
    ['an expiry beyond any date', { ...idClaims, exp: 1e300 }, 'admitted'],
    ['an issuer that is a number', { ...idClaims, iss: 7 }, 'refused'],
    ['a kind that is a list', { ...idClaims, token_use: ['id'] }, 'cannot-tell'],
    ['a kind that Cognito has not', { ...idClaims, token_use: 'refresh' }, 'cannot-tell'],
    ['a scope that is an object', { ...accessClaims, scope: {} }, 'refused'],
    ['keys of the prototype', JSON.parse('{"__proto__":{"token_use":"id"}}'), 'refused'],
  ])('claims of the wrong type: %s', (_, claims, wanted) => {
    expect(ask({ url, claims }).decision.outcome).toBe(wanted);
  });

  test('what verifying found is used', () => {
    expect(ask({ url, token: good, signature: 'invalid' }).decision).toMatchObject({ status: 401 });
    const notes = ask({ url, token: good, signature: 'verified' }).notes.join(' ');
    expect(notes).not.toContain('not verified');
    expect(ask({ url, token: good }).notes.join(' ')).toContain('not verified');
  });
});

const behind = (text: string) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [method('GET', '/open')],
        stages: [stage('prod', { methods: [method('GET', '/open')], policy: text })],
      }),
    ],
  });
const asked = (text: string) =>
  ask({ url: `${HOST}/prod/open`, sourceIp: '203.0.113.7' }, behind(text)).decision;
const many = (last: object): string =>
  policy(...Array.from({ length: 9_999 }, () => allow({ Resource: 'execute-api:/other/*' })), last);

describe('policies that nobody should have', () => {
  test.each([
    ['no JSON', '{"Statement":', 'it is not JSON'],
    ['a list', '[1,2]', 'not an object'],
    ['a number', '7', 'not an object'],
    ['statements that are texts', '{"Statement":"Allow"}', 'statement 1 is not an object'],
    ['a hundred thousand brackets', '['.repeat(100_000), 'nested deeper'],
    ['five million characters', 'x'.repeat(5_000_000), 'characters long'],
  ])('%s: cannot tell, and why', (_, text, why) => {
    const { outcome: told, gate, because } = asked(text);
    expect([told, gate]).toEqual(['cannot-tell', 'resource-policy']);
    expect(because).toContain(why);
    expect(because.length).toBeLessThan(300);
  });

  test('ten thousand statements of which the last decides', () => {
    expect(asked(many(allow())).outcome).toBe('admitted');
    expect(asked(many(deny()))).toMatchObject({ outcome: 'refused', status: 403 });
  });
});
