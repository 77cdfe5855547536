import * as fc from 'fast-check';
import { policyReach } from '../../../lambda/gateway/policy/best-case';
import { judgeApi } from '../../../lambda/findings/judge';
import type { Raised } from '../../../lambda/findings/raised';
import { deploymentsOf } from '../../../lambda/model/deployment';
import { valueOr } from '../../../lambda/model/known';
import { methodLabel } from '../../../lambda/model/method';
import type { RestApi } from '../../../lambda/model/rest-api';
import privateApiWithoutPolicy from '../../../lambda/rules/private/private-api-without-policy';
import allowsNoCaller from '../../../lambda/rules/resource-policy/allows-no-caller';
import deniesEveryCaller from '../../../lambda/rules/resource-policy/denies-every-caller';
import excludesPreflight from '../../../lambda/rules/resource-policy/excludes-preflight';
import principalNeedsSignedCaller from '../../../lambda/rules/resource-policy/principal-needs-signed-caller';
import privateRangeOnPublicApi from '../../../lambda/rules/resource-policy/private-range-on-public-api';
import resourceMatchesNothing from '../../../lambda/rules/resource-policy/resource-matches-nothing';
import sourceIpOnPrivateApi from '../../../lambda/rules/resource-policy/source-ip-on-private-api';
import unreadablePolicy from '../../../lambda/rules/resource-policy/unreadable-policy';
import vpcConditionOnPublicApi from '../../../lambda/rules/resource-policy/vpc-condition-on-public-api';
import {
  account,
  allow,
  cognitoAuthorizer,
  custom,
  deny,
  guarded,
  lambdaAuthorizer,
  method,
  policy,
  poolArn,
  preflight,
  restApi,
} from '../../support/build';
import { statements } from '../../gateway/policy/arbitrary-policy';

/** Named causes before the general ones. */
const RULES = [
  privateApiWithoutPolicy,
  unreadablePolicy,
  vpcConditionOnPublicApi,
  privateRangeOnPublicApi,
  sourceIpOnPrivateApi,
  principalNeedsSignedCaller,
  resourceMatchesNothing,
  excludesPreflight,
  deniesEveryCaller,
  allowsNoCaller,
];

const methods = [
  method('GET', '/pets'),
  method('POST', '/pets'),
  preflight('/pets'),
  method('ANY', '/toys/{id}'),
  guarded('GET', '/bills', 'pool'),
  custom('GET', '/orders', 'gate'),
  method('GET', '/keys', { authorizationType: 'AWS_IAM' }),
];

const shop = (list: readonly object[], isPrivate: boolean): RestApi =>
  restApi('shop', {
    endpointTypes: [isPrivate ? 'PRIVATE' : 'REGIONAL'],
    methods,
    authorizers: [lambdaAuthorizer('gate'), cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])],
    policy: policy(...list),
  });

const raisedFor = (api: RestApi): readonly Raised[] => {
  const { raised, crashes } = judgeApi(RULES, api, account());
  expect(crashes).toEqual([]);
  return raised.filter(({ of }) => of === 'stage');
};

const reachOf = (api: RestApi): ReadonlyMap<string, string> => {
  const [stage] = valueOr(api.stages, []);
  const [deployment] = stage === undefined ? [] : deploymentsOf(api, stage);
  if (deployment === undefined) throw new Error('no stage');
  return new Map(methods.map((one) => [methodLabel(one), policyReach(deployment, one, account()).verdict]));
};

const isEveryCall = ({ rule, flag }: Raised): boolean => (flag.reach ?? rule.reach) === 'every-call';

const REFUSED: readonly (string | undefined)[] = ['explicit-deny', 'no-allow'];

test('what stops every call stops only methods that nobody passes, and each of those has exactly one cause', () => {
  fc.assert(
    fc.property(statements, fc.boolean(), (list, isPrivate) => {
      const api = shop(list, isPrivate);
      const reach = reachOf(api);
      const raised = raisedFor(api);
      const stopped = raised
        .filter(isEveryCall)
        .flatMap(({ flag }) => flag.affected.map((ref) => ref.method));
      expect(stopped.filter((label) => !REFUSED.includes(reach.get(label)))).toEqual([]);
      expect(new Set(stopped).size).toBe(stopped.length);
      const preflights = raised
        .filter(({ rule }) => rule.id === excludesPreflight.id)
        .flatMap(({ flag }) => flag.affected.map((ref) => ref.method));
      const explained = new Set([...stopped, ...preflights]);
      const refused = [...reach].filter(([, verdict]) => REFUSED.includes(verdict)).map(([label]) => label);
      expect(refused.filter((label) => !explained.has(label))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const FILLED: Readonly<Record<string, string>> = {
  '<CIDR_OF_CALLERS>': '192.0.2.0/24',
  '<PUBLIC_CIDR_OF_CALLERS>': '192.0.2.0/24',
  '<VPC_ENDPOINT_ID>': 'vpce-9',
  '<VALUE_OF_CALLERS>': 'ours',
};

/** The policy that a fix prints, as a person fills it in; `null`: it changes more than that, or asks for what one answer does not fill. */
const printedPolicy = ({ flag }: Raised): string | null => {
  const commands = flag.fix.flatMap((step) => step.commands);
  const command = commands.find((one) => one.includes('"/policy"'));
  if (commands.some((one) => one.includes('update-method'))) return null;
  const [, operations = null] =
    command === undefined ? [] : (/--patch-operations '(.*)'$/.exec(command) ?? []);
  if (operations === null) return null;
  const [operation] = JSON.parse(operations) as [{ readonly value: string }];
  const filled = Object.entries(FILLED).reduce(
    (text, [placeholder, value]) => text.replaceAll(placeholder, value),
    operation.value,
  );
  return /<[A-Z_]+>/.test(filled) ? null : filled;
};

test('a policy that is mended as its fix says is not refused for the same reason', () => {
  let mended = 0;
  fc.assert(
    fc.property(statements, fc.boolean(), (list, isPrivate) => {
      // A Deny of half the internet may deny what is filled in.
      fc.pre(!/"(0|128)\.0\.0\.0\//.test(JSON.stringify(list)));
      for (const one of raisedFor(shop(list, isPrivate)).filter(isEveryCall)) {
        const text = printedPolicy(one);
        if (text === null) continue;
        mended += 1;
        const left = raisedFor({ ...shop(JSON.parse(text).Statement, isPrivate) }).filter(isEveryCall);
        const same = left
          .filter(({ rule, flag }) => rule.id === one.rule.id && flag.key === one.flag.key)
          .flatMap(({ flag }) => flag.affected.map((ref) => ref.method));
        expect(one.flag.affected.filter((ref) => same.includes(ref.method))).toEqual([]);
      }
    }),
    { numRuns: 100, seed: 7 },
  );
  // A test that mends nothing proves nothing.
  expect(mended).toBeGreaterThan(30);
});

const vpce = { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } };
const local = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };

test.each([
  ['a policy from when the API was private', [allow(), deny(vpce)], false, vpcConditionOnPublicApi.id],
  [
    'private addresses',
    [allow(), deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    false,
    privateRangeOnPublicApi.id,
  ],
  ['aws:SourceIp on a private API', [allow(local)], true, sourceIpOnPrivateApi.id],
  ['roles', [allow({ Principal: { AWS: '222233334444' } })], false, principalNeedsSignedCaller.id],
  [
    'another API',
    [allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/*' })],
    false,
    resourceMatchesNothing.id,
  ],
  ['a Deny', [allow(), deny()], false, deniesEveryCaller.id],
  [
    'Deny alone',
    [deny({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })],
    false,
    allowsNoCaller.id,
  ],
])('%s: one cause', (_, list, isPrivate, id) => {
  expect(raisedFor(shop(list, isPrivate)).map(({ rule }) => rule.id)).toEqual([id]);
});
