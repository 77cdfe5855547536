import { Collation } from '../../lambda/findings/collate';
import { judgeApi } from '../../lambda/findings/judge';
import stageInNoUsagePlan from '../../lambda/rules/api-keys/stage-in-no-usage-plan';
import { deploymentRule } from '../../lambda/rules/rule';
import { account, canary, denied, method, restApi, snapshot, stage } from '../support/build';

const keyed = method('GET', '/orders', { apiKeyRequired: true });
const open = method('GET', '/orders');

const findingsOf = (api: ReturnType<typeof restApi>) => {
  const collation = new Collation();
  collation.add(judgeApi([stageInNoUsagePlan], api, account()).raised);
  return collation.findings();
};

test('what callers meet is judged on the snapshot, not on the draft', () => {
  const api = restApi('shop', { methods: [open], stages: [stage('prod', { methods: [keyed] })] });
  expect(findingsOf(api)).toMatchObject([{ when: 'now' }]);
});

test('a fault of the draft alone comes after the next deployment', () => {
  const api = restApi('shop', { methods: [keyed], stages: [stage('prod', { methods: [open] })] });
  expect(findingsOf(api)).toMatchObject([{ when: 'after-next-deployment', reach: 'every-call' }]);
});

test('an unreadable snapshot is judged neither way; the draft still is', () => {
  const api = restApi('shop', {
    methods: [keyed],
    stages: [stage('prod', { methods: denied('GetDeployment') })],
  });
  expect(findingsOf(api)).toMatchObject([{ when: 'after-next-deployment' }]);
  const { untold } = judgeApi([stageInNoUsagePlan], api, account());
  expect(untold.map(({ verdict }) => verdict.gap.operation)).toEqual(['GetDeployment']);
});

test.each([
  ['only the canary has', open, keyed, 'some-calls'],
  ['only the base has', keyed, open, 'some-calls'],
  ['both have', keyed, keyed, 'every-call'],
])('a fault that %s is met by %s', (_, base, other, reach) => {
  const served = stage(
    'prod',
    { methods: [base] },
    { canary: canary({ snapshot: snapshot({ methods: [other] }) }) },
  );
  expect(findingsOf(restApi('shop', { methods: [open], stages: [served] }))).toMatchObject([{ reach }]);
});

test('a canary without traffic is not judged', () => {
  const idle = canary({ percentTraffic: 0, snapshot: snapshot({ methods: [keyed] }) });
  const served = stage('prod', { methods: [open] }, { canary: idle });
  expect(findingsOf(restApi('shop', { methods: [open], stages: [served] }))).toEqual([]);
});

test('a rule that throws is reported and ends nothing', () => {
  const throwing = deploymentRule({
    ...stageInNoUsagePlan,
    id: 'api-keys/throws',
    check() {
      throw new Error('a defect');
    },
  });
  const api = restApi('shop', { methods: [keyed] });
  const { raised, crashes } = judgeApi([throwing, stageInNoUsagePlan], api, account());
  expect(raised).not.toHaveLength(0);
  expect(crashes[0]).toEqual({
    ruleId: 'api-keys/throws',
    at: 'shop (idshop) stage prod',
    message: 'a defect',
  });
});

test('a rule whose slice is unreadable is not asked', () => {
  const { raised, untold } = judgeApi(
    [stageInNoUsagePlan],
    restApi('shop', { methods: [keyed] }),
    account({ usagePlans: denied('GetUsagePlans') }),
  );
  expect(raised).toEqual([]);
  expect(untold[0]?.verdict.gap.permission).toBe('test:GetUsagePlans');
});

test('a rule cannot read a slice that it did not declare', () => {
  const rule = deploymentRule({
    ...stageInNoUsagePlan,
    needs: ['usagePlans'],
    check(_, { slices }) {
      // @ts-expect-error: domains were not declared
      expect(slices.domains).toBeUndefined();
      return [];
    },
  });
  expect(judgeApi([rule], restApi('shop'), account()).crashes).toEqual([]);
});
