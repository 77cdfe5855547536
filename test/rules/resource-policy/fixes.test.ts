import { evaluatePolicy, type PolicyVerdict } from '../../../lambda/gateway/policy/evaluate';
import { policyReach } from '../../../lambda/gateway/policy/best-case';
import { requestKeys } from '../../../lambda/gateway/policy/keys';
import { parsePolicy } from '../../../lambda/gateway/policy/parse';
import { ANONYMOUS } from '../../../lambda/gateway/policy/principal';
import { executeApiArn } from '../../../lambda/model/arn';
import { deploymentsOf } from '../../../lambda/model/deployment';
import { known, valueOr } from '../../../lambda/model/known';
import type { Method } from '../../../lambda/model/method';
import type { RestApi } from '../../../lambda/model/rest-api';
import allowsNoCaller from '../../../lambda/rules/resource-policy/allows-no-caller';
import deniesEveryCaller from '../../../lambda/rules/resource-policy/denies-every-caller';
import excludesPreflight from '../../../lambda/rules/resource-policy/excludes-preflight';
import principalNeedsSignedCaller from '../../../lambda/rules/resource-policy/principal-needs-signed-caller';
import privateRange from '../../../lambda/rules/resource-policy/private-range-on-public-api';
import resourceMatchesNothing from '../../../lambda/rules/resource-policy/resource-matches-nothing';
import sourceIpOnPrivate from '../../../lambda/rules/resource-policy/source-ip-on-private-api';
import vpcCondition from '../../../lambda/rules/resource-policy/vpc-condition-on-public-api';
import privateWithoutPolicy from '../../../lambda/rules/private/private-api-without-policy';
import type { Rule } from '../../../lambda/rules/rule';
import {
  account,
  allow,
  cognitoAuthorizer,
  deny,
  guarded,
  method,
  policy,
  poolArn,
  preflight,
  restApi,
  stage,
} from '../../support/build';
import { judge } from '../../support/rule-table';

/** What a person would put in. */
const ANSWERS: Readonly<Record<string, string>> = {
  '<CIDR_OF_CALLERS>': '203.0.113.0/24',
  '<PUBLIC_CIDR_OF_CALLERS>': '203.0.113.0/24',
  '<VPC_ENDPOINT_ID>': 'vpce-0new',
  '<PATH>': 'pets',
  '<STAGE>': 'prod',
  '<VERB>': 'GET',
};

const filled = (text: string): string =>
  Object.entries(ANSWERS).reduce((before, [name, answer]) => before.replaceAll(name, answer), text);

/** Undoes the quoting of one shell word, as a POSIX shell does. */
const unquote = (word: string): string =>
  word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? '');

interface PatchOperation {
  readonly path: string;
  readonly value: string;
}

const patchesOf = (command: string): readonly PatchOperation[] => {
  const [, word = '[]'] = command.split(' --patch-operations ');
  return JSON.parse(unquote(word));
};

interface Fixed {
  readonly api: RestApi;
  readonly commands: readonly string[];
}

/** The API after the commands of a rule's only flag: the draft changed, and deployed. */
const fixed = (rule: Rule, api: RestApi): Fixed => {
  const { raised } = judge(rule, account({ restApis: [api] }));
  const now = raised.filter(({ of }) => of === 'stage');
  expect(now).toHaveLength(1);
  const commands = now.flatMap(({ flag }) => flag.fix.flatMap((step) => step.commands));
  let { draft } = api;
  for (const command of commands.filter((one) => one.includes('update-rest-api'))) {
    for (const { path, value } of patchesOf(command)) {
      if (path === '/policy') draft = { ...draft, policy: known(filled(value)) };
    }
  }
  for (const command of commands.filter((one) => one.includes('update-method'))) {
    const verb = /--http-method (\S+)/.exec(command)?.[1];
    const methods = valueOr(draft.methods, []).map((one) =>
      one.verb === verb ? { ...one, authorizationType: known('AWS_IAM' as const) } : one,
    );
    draft = { ...draft, methods: known(methods) };
  }
  expect(commands.filter((one) => one.includes('create-deployment'))).toHaveLength(1);
  expect(commands.at(-1)).toContain('create-deployment');
  const stages = valueOr(api.stages, []).map((one) => ({ ...one, snapshot: draft }));
  return { api: { ...api, draft, stages: known(stages) }, commands };
};

const methodsOf = (api: RestApi): readonly Method[] => valueOr(api.draft.methods, []);

const reachOf = (api: RestApi, one: Method) => {
  const [first] = valueOr(api.stages, []);
  const [deployment] = first === undefined ? [] : deploymentsOf(api, first);
  return deployment === undefined ? null : policyReach(deployment, one, account()).verdict;
};

/** A stranger on the internet, or in another VPC: nobody whom the answers above name. */
const stranger = (api: RestApi, one: Method): PolicyVerdict['verdict'] | null => {
  const parsed = parsePolicy(valueOr(api.draft.policy, null) ?? '');
  if (parsed.kind !== 'policy') return null;
  const isPrivate = api.endpointTypes.includes('PRIVATE');
  return evaluatePolicy(parsed.policy, {
    principal: ANONYMOUS,
    action: 'execute-api:Invoke',
    resource: executeApiArn(account(), api.id, 'prod', one.verb, one.path),
    keys: requestKeys({
      endpoint: isPrivate ? 'private' : 'public',
      signed: false,
      at: '2026-11-23T09:00:00Z',
      sourceIp: '198.51.100.99',
      sourceVpce: 'vpce-0stranger',
      sourceVpc: 'vpc-0stranger',
      vpcSourceIp: '172.31.0.9',
      userAgent: 'stranger',
      referer: null,
      viaDomainArn: null,
    }),
  }).verdict;
};

const get = method('GET', '/pets');
const shop = (text: string | null, given: object = {}): RestApi =>
  restApi('shop', { methods: [get], policy: text, ...given });
const guardedApi = (text: string): RestApi =>
  shop(text, {
    methods: [guarded('GET', '/bills', 'pool')],
    authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])],
  });
const ip = (operator: string, ...blocks: readonly string[]) => ({
  Condition: { [operator]: { 'aws:SourceIp': blocks } },
});
const other = 'arn:aws:execute-api:eu-west-1:222233334444:other/prod/GET/pets';

describe.each<[string, Rule, RestApi, { readonly strangers?: 'admitted' }]>([
  ['an unconditional Deny', deniesEveryCaller, shop(policy(allow(), deny())), {}],
  ['a lone unconditional Deny', deniesEveryCaller, shop(policy(deny())), {}],
  [
    'a Deny of everything, private',
    deniesEveryCaller,
    shop(policy(allow(), deny()), { endpointTypes: ['PRIVATE'] }),
    {},
  ],
  [
    'a Deny of all but a user agent pattern',
    deniesEveryCaller,
    shop(policy(allow(), deny(ip('IpAddress', '0.0.0.0/0', '::/0')))),
    {},
  ],
  // Whom a block-list does not name is meant to get in.
  [
    'a block-list alone',
    allowsNoCaller,
    shop(policy(deny(ip('IpAddress', '192.0.2.0/24')))),
    { strangers: 'admitted' },
  ],
  [
    'an Allow of another action',
    allowsNoCaller,
    shop(policy(allow({ Action: 'execute-api:InvalidateCache', ...ip('IpAddress', '203.0.113.0/24') }))),
    {},
  ],
  [
    'methods that no Allow names',
    allowsNoCaller,
    shop(policy(allow({ Resource: 'execute-api:/*/POST/*' })), { methods: [get, method('POST', '/pets')] }),
    {},
  ],
  [
    'a time that has passed',
    allowsNoCaller,
    shop(policy(allow({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } } }))),
    {},
  ],
  ['private addresses', privateRange, shop(policy(allow(ip('IpAddress', '10.0.0.0/8')))), {}],
  [
    'private addresses in a Deny',
    privateRange,
    shop(policy(allow(), deny(ip('NotIpAddress', '10.0.0.0/8')))),
    {},
  ],
  [
    'a VPC endpoint on a public API',
    vpcCondition,
    shop(policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }))),
    {},
  ],
  [
    'a VPC in an Allow',
    vpcCondition,
    shop(policy(allow({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }))),
    {},
  ],
  [
    'aws:SourceIp on a private API',
    sourceIpOnPrivate,
    shop(policy(allow(ip('IpAddress', '10.2.0.0/16'))), { endpointTypes: ['PRIVATE'] }),
    {},
  ],
  [
    'another API',
    resourceMatchesNothing,
    shop(policy(allow({ Resource: other, ...ip('IpAddress', '203.0.113.0/24') }))),
    {},
  ],
  [
    'a stage in other letters',
    resourceMatchesNothing,
    shop(policy(allow({ Resource: 'execute-api:/Prod/GET/pets', ...ip('IpAddress', '203.0.113.0/24') }))),
    {},
  ],
  [
    'a path that is misspelt',
    resourceMatchesNothing,
    shop(policy(allow({ Resource: 'execute-api:/prod/GET/pet', ...ip('IpAddress', '203.0.113.0/24') }))),
    {},
  ],
  [
    'principals on an open method',
    principalNeedsSignedCaller,
    shop(policy(allow({ Principal: { AWS: '222233334444' } }))),
    {},
  ],
  // The token stays the guard.
  [
    'principals on a Cognito method',
    principalNeedsSignedCaller,
    guardedApi(policy(allow({ Principal: { AWS: '222233334444' } }))),
    { strangers: 'admitted' },
  ],
  ['a private API without policy', privateWithoutPolicy, shop(null, { endpointTypes: ['PRIVATE'] }), {}],
])('the fix for %s', (_, rule, api, { strangers }) => {
  const after = fixed(rule, api);

  test('lets the callers in who are named', () => {
    expect(methodsOf(after.api).map((one) => reachOf(after.api, one))).toEqual(
      methodsOf(api).map(() => 'admits'),
    );
    expect(judge(rule, account({ restApis: [after.api] })).raised).toEqual([]);
  });

  test('lets nobody else in', () => {
    const open = methodsOf(api).filter((one) => reachOf(api, one) !== 'admits');
    const told = open.map((one) => stranger(after.api, one) === 'allow');
    expect(told).toEqual(open.map(() => strangers === 'admitted'));
  });
});

test('the fix for a closed preflight opens the preflight alone', () => {
  const api = shop(policy(allow({ Sid: 'Reads', Resource: 'execute-api:/*/GET/*' })), {
    methods: [get, method('POST', '/pets'), preflight('/pets')],
  });
  const after = fixed(excludesPreflight, api).api;
  expect(methodsOf(after).map((one) => [one.verb, reachOf(after, one)])).toEqual([
    ['GET', 'admits'],
    ['POST', 'no-allow'],
    ['OPTIONS', 'admits'],
  ]);
});

test.each([
  ['OPTIONS and DELETE', { Resource: ['execute-api:/*/OPTIONS/*', 'execute-api:/*/DELETE/*'] }],
  ['all but GET', { Resource: undefined, NotResource: 'execute-api:/*/GET/*' }],
  ['a verb that is left open', { Resource: ['execute-api:/prod/*T*/pets', 'execute-api:/prod/DELETE/*'] }],
])('a preflight leaves a Deny of %s, and what else that closed stays closed', (_, given) => {
  const methods = [
    method('GET', '/pets'),
    method('DELETE', '/pets'),
    method('HEAD', '/pets'),
    preflight('/pets'),
  ];
  const api = shop(policy(allow(), deny(given)), { methods });
  const before = methods.map((one) => reachOf(api, one));
  const after = fixed(excludesPreflight, { ...api }).api;
  expect(before.at(-1)).toBe('explicit-deny');
  expect(methods.map((one) => reachOf(after, one))).toEqual([...before.slice(0, -1), 'admits']);
});

test('all other statements stay as they are', () => {
  const kept = deny({ Sid: 'Keep', Condition: { StringLike: { 'aws:UserAgent': "it's*" } } });
  const api = shop(policy(allow(ip('IpAddress', '10.0.0.0/8')), kept));
  const { commands } = fixed(privateRange, api);
  const [operation] = patchesOf(commands[0] ?? '');
  expect(JSON.parse(operation?.value ?? '{}').Statement[1]).toEqual(kept);
});

test('a draft that is right already only needs to be deployed', () => {
  const served = stage('prod', { methods: [get], policy: policy(allow(ip('IpAddress', '10.0.0.0/8'))) });
  const api = shop(policy(allow(ip('IpAddress', '203.0.113.0/24'))), { stages: [served] });
  expect(fixed(privateRange, api).commands).toEqual([
    'aws apigateway create-deployment --region eu-west-1 --rest-api-id idshop --stage-name prod',
  ]);
});

test('a fault of the draft alone is repaired before it is deployed', () => {
  const served = stage('prod', { methods: [get], policy: policy(allow()) });
  const api = shop(policy(allow(ip('IpAddress', '10.0.0.0/8'))), { stages: [served] });
  const { raised } = judge(privateRange, account({ restApis: [api] }));
  expect(raised.map(({ of, flag }) => [of, flag.fix.flatMap(({ commands }) => commands).length])).toEqual([
    ['draft', 1],
  ]);
});
