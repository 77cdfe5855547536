import * as fc from 'fast-check';
import { isNeverPublic, parseBlock } from '../../../lambda/gateway/policy/address';
import { bestCase, type Question } from '../../../lambda/gateway/policy/best-case';
import { compilePolicy } from '../../../lambda/gateway/policy/compile';
import {
  evaluatePolicy,
  type PolicyContext,
  type PolicyVerdict,
} from '../../../lambda/gateway/policy/evaluate';
import { requestKeys } from '../../../lambda/gateway/policy/keys';
import { parsePolicy, type Policy } from '../../../lambda/gateway/policy/parse';
import { ANONYMOUS } from '../../../lambda/gateway/policy/principal';
import { INVOKE } from '../../../lambda/gateway/policy/resource';
import { executeApiArn } from '../../../lambda/model/arn';
import { ADDRESSES, AGENTS, ENDPOINTS, some, statement, statements } from './arbitrary-policy';

const PLACE = {
  partition: 'aws',
  region: 'eu-west-1',
  accountId: '222233334444',
  collectedAt: '2026-11-23T09:00:00.000Z',
};
const API_ID = 'a1b2c3d4e5';

const policyOf = (list: readonly object[]): Policy => {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: list }));
  if (parsed.kind !== 'policy') throw new Error(JSON.stringify(parsed));
  return parsed.policy;
};

interface Call {
  readonly isPrivate: boolean;
  readonly verb: string;
  readonly path: string;
  readonly sourceIp: string;
  readonly userAgent: string | null;
  readonly vpce: string;
}

const call: fc.Arbitrary<Call> = fc.record({
  isPrivate: fc.boolean(),
  verb: some('GET', 'POST'),
  path: some('/pets/7', '/pets/8', '/toys'),
  sourceIp: some(...ADDRESSES),
  userAgent: some<string | null>(...AGENTS, null),
  vpce: some(...ENDPOINTS, 'vpce-3'),
});

const contextOf = ({ isPrivate, verb, path, sourceIp, userAgent, vpce }: Call): PolicyContext => ({
  principal: ANONYMOUS,
  action: INVOKE,
  resource: executeApiArn(PLACE, API_ID, 'prod', verb, path),
  keys: requestKeys({
    endpoint: isPrivate ? 'private' : 'public',
    signed: false,
    at: PLACE.collectedAt,
    sourceIp,
    userAgent,
    sourceVpce: vpce,
    sourceVpc: 'vpc-1',
    vpcSourceIp: '10.0.0.1',
    referer: null,
    viaDomainArn: null,
  }),
});

const verdict = (list: readonly object[], given: Call): PolicyVerdict =>
  evaluatePolicy(policyOf(list), contextOf(given));

const implies = (condition: boolean, holds: boolean): boolean => !condition || holds;

describe('one request', () => {
  test('another Deny never lets anybody in', () => {
    fc.assert(
      fc.property(statements, statement, call, (list, added, given) => {
        const before = verdict(list, given);
        const after = verdict([...list, { ...added, Effect: 'Deny' }], given);
        return (
          implies(after.verdict === 'allow', before.verdict === 'allow') &&
          implies(before.verdict === 'explicit-deny', after.verdict === 'explicit-deny')
        );
      }),
    );
  });

  test('another Allow never keeps anybody out', () => {
    fc.assert(
      fc.property(statements, statement, call, (list, added, given) => {
        const before = verdict(list, given);
        const after = verdict([...list, { ...added, Effect: 'Allow' }], given);
        return (
          after.denies === before.denies &&
          implies(before.verdict === 'allow', after.verdict === 'allow') &&
          implies(after.verdict === 'silent', before.verdict === 'silent')
        );
      }),
    );
  });

  test('the order of statements is nothing', () => {
    fc.assert(
      fc.property(statements, call, (list, given) => {
        const [here, there] = [verdict(list, given), verdict(list.toReversed(), given)];
        expect([there.verdict, there.denies, there.allows]).toEqual([here.verdict, here.denies, here.allows]);
      }),
    );
  });

  test('an operator that AWS does not have leaves open what nothing else decides', () => {
    const unknown = { StringSortOf: { 'aws:UserAgent': 'app' } };
    fc.assert(
      fc.property(statements, call, some('Allow', 'Deny'), (list, given, effect) => {
        const added = { Effect: effect, Principal: '*', Action: '*', Resource: '*', Condition: unknown };
        const before = verdict(list, given);
        const after = verdict([...list, added], given);
        const isDecided =
          before.verdict === 'explicit-deny' || (effect === 'Allow' && before.verdict === 'allow');
        expect(after.verdict).toBe(isDecided ? before.verdict : 'cannot-tell');
      }),
    );
  });

  test('formatting and escaping are nothing', () => {
    fc.assert(
      fc.property(statements, call, (list, given) => {
        const text = JSON.stringify({ Version: '2012-10-17', Statement: list });
        const wire = JSON.stringify(text)
          .slice(1, -1)
          .replaceAll('/', String.raw`\/`);
        const parsed = parsePolicy(wire);
        expect(parsed.kind).toBe('policy');
        if (parsed.kind !== 'policy') return;
        expect(evaluatePolicy(parsed.policy, contextOf(given))).toEqual(verdict(list, given));
      }),
    );
  });
});

const questionFor = (
  given: Call,
  authorizationType: Question['authorizationType'],
  template: string,
): Question => ({
  place: PLACE,
  endpoint: given.isPrivate ? 'private' : 'public',
  dualstack: false,
  authorizationType,
  pretence: {},
  stage: 'prod',
  template,
  verbs: [given.verb],
});
const best = (list: readonly object[], question: Question) =>
  bestCase(compilePolicy(policyOf(list), PLACE, API_ID), question);
const mayExist = ({ isPrivate, sourceIp }: Call): boolean => {
  const block = parseBlock(sourceIp);
  return isPrivate || (block !== null && !isNeverPublic(block));
};

describe('the best any caller can do', () => {
  test('is never worse than what one caller meets', () => {
    fc.assert(
      fc.property(statements, call, fc.boolean(), (list, given, isTemplate) => {
        const template = isTemplate ? given.path.replace(/\d/, '{id}') : given.path;
        // Private APIs: the policy's view of aws:SourceIp is unknown for the one caller, so only sure admissions count.
        if (!mayExist(given) || verdict(list, given).verdict !== 'allow') return;
        expect(['admits', 'cannot-tell']).toContain(best(list, questionFor(given, 'NONE', template)).verdict);
      }),
      { numRuns: 2000 },
    );
  });

  test('comes with a caller who meets it', () => {
    fc.assert(
      fc.property(statements, call, (list, given) => {
        const { verdict: told, witness } = best(list, questionFor(given, 'NONE', '/pets/{id}'));
        if (told !== 'admits' || witness === null) return;
        const keys = new Map([...contextOf(given).keys, ...witness.keys]);
        const policy = policyOf(list);
        const met = evaluatePolicy(policy, {
          principal: witness.principal,
          action: INVOKE,
          resource: witness.resource,
          keys,
        });
        expect(met.verdict).toBe('allow');
      }),
      { numRuns: 1000 },
    );
  });

  test('is an explicit Deny only where every caller is denied, and no Allow only where nobody is allowed', () => {
    fc.assert(
      fc.property(statements, call, (list, given) => {
        if (!mayExist(given)) return true;
        const told = best(list, questionFor(given, 'NONE', given.path)).verdict;
        const met = verdict(list, given);
        return (
          implies(told === 'explicit-deny', met.denies !== false) &&
          implies(told === 'no-allow', met.verdict !== 'allow')
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('does not fall when the other side needs no Allow', () => {
    fc.assert(
      fc.property(statements, call, (list, given) => {
        const [open, behind] = (['NONE', 'CUSTOM'] as const).map(
          (type) => best(list, questionFor(given, type, given.path)).verdict,
        );
        return behind !== 'no-allow' && implies(open === 'admits', behind === 'admits');
      }),
    );
  });
});
