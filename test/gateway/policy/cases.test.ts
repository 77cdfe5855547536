import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestCase } from '../../../lambda/gateway/policy/best-case';
import { combine } from '../../../lambda/gateway/policy/combine';
import { compilePolicy } from '../../../lambda/gateway/policy/compile';
import { evaluatePolicy, type PolicyVerdict } from '../../../lambda/gateway/policy/evaluate';
import { requestKeys } from '../../../lambda/gateway/policy/keys';
import { parsePolicy, type Policy } from '../../../lambda/gateway/policy/parse';
import { ANONYMOUS } from '../../../lambda/gateway/policy/principal';
import { INVOKE } from '../../../lambda/gateway/policy/resource';
import { VERBS } from '../../../lambda/gateway/policy/verbs';
import { executeApiArn, parseArn } from '../../../lambda/model/arn';
import { caseFile, jsonSchema, type PolicyCase, type Request } from './case-format';

const PLACE = {
  partition: 'aws',
  region: 'eu-west-1',
  accountId: '222233334444',
  collectedAt: '2026-11-23T09:00:00.000Z',
};
const API_ID = 'a1b2c3d4e5';
const FOLDER = join(__dirname, 'cases');

const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'schema.json');
const files = names.map((name) => ({ name, file: caseFile.parse(read(name)) }));

const policyOf = (source: unknown): Policy => {
  const parsed = parsePolicy(typeof source === 'string' ? source : JSON.stringify(source));
  if (parsed.kind !== 'policy') throw new Error(`no policy: ${JSON.stringify(parsed)}`);
  return parsed.policy;
};

const verdictOf = (policy: Policy, request: Request): PolicyVerdict =>
  evaluatePolicy(policy, {
    principal:
      request.caller === undefined
        ? ANONYMOUS
        : { kind: 'aws', arn: request.caller, accountId: parseArn(request.caller)?.accountId ?? '' },
    action: INVOKE,
    resource: executeApiArn(PLACE, API_ID, request.stage, request.verb, request.path),
    keys: requestKeys({
      endpoint: request.endpoint,
      signed: request.type === 'AWS_IAM',
      at: request.at,
      ...(request.sourceIp === undefined ? {} : { sourceIp: request.sourceIp }),
      ...(request.vpc === undefined ? {} : { sourceVpc: request.vpc }),
      ...(request.vpce === undefined ? {} : { sourceVpce: request.vpce }),
      ...(request.vpcSourceIp === undefined ? {} : { vpcSourceIp: request.vpcSourceIp }),
      ...(request.referer === undefined ? {} : { referer: request.referer }),
      ...(request.userAgent === undefined ? {} : { userAgent: request.userAgent }),
      ...(request.domain === undefined ? {} : { viaDomainArn: request.domain }),
      ...(request.principal === undefined
        ? {}
        : { principal: new Map(Object.entries(request.principal).map(([key, value]) => [key, [value]])) }),
    }),
  });

const CALLERS = {
  anonymous: 'anonymous',
  same: 'same-account',
  other: 'other-account',
  'cannot-tell': 'cannot-tell',
} as const;

const answers = (policy: Policy | null, given: PolicyCase): PolicyCase['expect'] => {
  const { request, method, expect: wanted } = given;
  if (request !== undefined) {
    const verdict = policy === null ? null : verdictOf(policy, request);
    const { outcome, how } = combine({
      authorizationType: request.type,
      endpoint: request.endpoint,
      caller: CALLERS[request.account],
      identity: request.identity,
      policy: verdict ?? 'none',
    });
    const told = outcome === 'refused' ? (how === null ? outcome : (`refused-${how}` as const)) : outcome;
    return {
      policy: verdict?.verdict ?? null,
      ...(wanted.outcome === undefined ? {} : { outcome: told }),
    };
  }
  if (method === undefined) throw new Error('a case asks about a request or a method');
  const { verdict } = bestCase(policy === null ? null : compilePolicy(policy, PLACE, API_ID), {
    place: PLACE,
    endpoint: method.endpoint,
    dualstack: method.dualstack,
    authorizationType: method.type,
    pretence: {},
    stage: method.stage,
    template: method.path,
    verbs: method.verb === 'ANY' ? VERBS : [method.verb],
  });
  return { best: verdict };
};

describe.each(files)('$name', ({ file }) => {
  test.each(file.cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    expect(one.request === undefined).not.toBe(one.method === undefined);
    const policy = one.policy === null ? null : policyOf(file.policies[one.policy]);
    expect(answers(policy, one)).toEqual(one.expect);
  });

  test('has cases that differ and policies that are used', () => {
    const ids = file.cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const asked = new Set(file.cases.map(({ policy }) => policy));
    expect(Object.keys(file.policies).filter((name) => !asked.has(name))).toEqual([]);
  });
});

test('the published schema is the one that cases are checked by', () => {
  expect(read('schema.json')).toEqual(jsonSchema());
});

test('there are many cases', () => {
  expect(files.flatMap(({ file }) => file.cases).length).toBeGreaterThanOrEqual(150);
});
