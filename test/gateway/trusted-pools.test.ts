import { known } from '../../lambda/model/known';
import type { UserPoolEntry } from '../../lambda/model/user-pool';
import {
  regionOfPoolId,
  strangeRegionOf,
  tokenSupply,
  trustedPools,
} from '../../lambda/gateway/trusted-pools';
import {
  ACCOUNT_ID,
  appClient,
  cognitoAuthorizer,
  deletedPool,
  denied,
  poolArn,
  userPool,
} from '../support/build';

const reader = {
  accountId: ACCOUNT_ID,
  partition: 'aws',
  region: 'eu-west-1',
  scannedRegions: ['eu-west-1'],
};

const standing = (arn: string, entries: readonly UserPoolEntry[] = [], variables = {}) =>
  trustedPools(cognitoAuthorizer('pool', [arn]), variables, entries, reader)[0]?.standing;

const shop = userPool('eu-west-1_Shop', { clients: [appClient('web')] });
const foreign = poolArn('eu-west-1_Far', 'eu-west-1', '999900001111');

test('a pool that works, by its ARN or by a stage variable', () => {
  expect(standing(shop.arn, [shop])?.is).toBe('pool');
  expect(standing(poolArn('${stageVariables.pool}'), [shop], { pool: 'eu-west-1_Shop' })?.is).toBe('pool');
});

test('pools that do not work', () => {
  expect(standing(poolArn('${stageVariables.pool}'), [shop])?.is).toBe('undefined-variable');
  expect(standing(poolArn('eu-west-1_Gone'), [deletedPool('eu-west-1_Gone')])?.is).toBe('missing');
  expect(standing(poolArn('eu-west-1_New'), [userPool('eu-west-1_New', { issuerType: 'UPDATED' })])?.is).toBe(
    'updated-issuer',
  );
  expect(standing(poolArn('us-east-1_Shop'), [deletedPool('us-east-1_Shop')])).toEqual({
    is: 'wrong-region',
    poolRegion: 'us-east-1',
  });
});

test('a pool that answers for an ARN of another region does not make that ARN right', () => {
  const entry = { ...userPool('us-east-1_Shop'), arn: poolArn('us-east-1_Shop', 'eu-west-1') };
  const own = poolArn('us-east-1_Shop', 'us-east-1');
  const elsewhere: UserPoolEntry = {
    ...entry,
    pool:
      entry.pool.state === 'known' && entry.pool.value !== null
        ? known({ ...entry.pool.value, arn: own })
        : entry.pool,
  };
  expect(standing(entry.arn, [elsewhere])?.is).toBe('wrong-region');
});

const far = poolArn('us-east-1_Far', 'us-east-1');

test.each([
  ['of another account, though not found here (COG-19)', foreign, [foreign], 'belongs to another account'],
  ['of a region that is not read (COG-20)', far, [far], 'is in us-east-1, which this run does not read'],
  ['that was not read', shop.arn, [], 'was not read'],
  ['that may be a replica, whatever its id (COG-25)', poolArn('us-east-1_Shop'), [], 'was not read'],
])('a pool %s cannot be judged', (_, arn, missing, detail) => {
  const entries = missing.map((one) => ({ arn: one, pool: known(null) }));
  expect(standing(arn, entries)).toMatchObject({ gap: { detail: `the user pool ${arn} ${detail}` } });
});

test('what is no ARN of a user pool cannot be judged', () => {
  const arn = 'arn:aws:s3:::pools';
  expect(standing(arn, [{ arn, pool: known(null) }])).toMatchObject({
    gap: { detail: `${arn} is not the ARN of a user pool` },
  });
  expect(strangeRegionOf(arn)).toBeNull();
});

test('regions in pool ids', () => {
  expect(regionOfPoolId('us-gov-west-1_abc')).toBe('us-gov-west-1');
  expect(regionOfPoolId('ap-southeast-12_abc')).toBe('ap-southeast-12');
  expect(regionOfPoolId('pool eu-west-1_abc')).toBeNull();
  expect(regionOfPoolId('eu-west-1_abc-d')).toBeNull();
  expect(regionOfPoolId('eu-west-1')).toBeNull();
  expect(regionOfPoolId('legacy_abc')).toBeNull();
});

test('the supply is that of working pools, and says what is missing', () => {
  const shut = { arn: poolArn('eu-west-1_Shut'), pool: denied('DescribeUserPool') };
  const updated = userPool('eu-west-1_New', { issuerType: 'UPDATED', clients: [appClient('new')] });
  const authorizer = cognitoAuthorizer('pool', [shop.arn, shut.arn, updated.arn]);
  const { tokens, unknown } = tokenSupply(trustedPools(authorizer, {}, [shop, shut, updated], reader));
  expect([...new Set(tokens.map(({ clientName }) => clientName))]).toEqual(['web']);
  expect(unknown).toEqual([shut.pool]);
});
