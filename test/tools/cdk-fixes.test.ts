import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { catalogue } from '../../lambda/rules/catalogue';
import * as access from '../../tools/cdk-fixes/access';
import * as calls from '../../tools/cdk-fixes/calls';
import { cdkFixOf, rulesWithCdkFix } from '../../tools/cdk-fixes/cdk-fix';
import * as deployments from '../../tools/cdk-fixes/deployments';
import { given } from '../../tools/cdk-fixes/given';
import * as names from '../../tools/cdk-fixes/names';
import * as tokens from '../../tools/cdk-fixes/tokens';

const synthesised = (stack: Stack): unknown => Template.fromStack(stack).toJSON();

const bare = synthesised(given().stack);

test('every rule has a fix as CDK code, or says why it has none', () => {
  expect(() => catalogue.map(({ id }) => cdkFixOf(id))).not.toThrow();
  const known = new Set(catalogue.map(({ id }) => id));
  expect(rulesWithCdkFix().filter((id) => !known.has(id))).toEqual([]);
});

test('what a page shows is the code between the marks, at the margin', () => {
  const fix = cdkFixOf('clients/user-pool-without-domain');
  expect(fix).toEqual({
    code: "pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: 'shop-sign-in' } });",
  });
});

test.each(Object.entries({ ...access, ...calls, ...deployments, ...names, ...tokens }))(
  '%s makes a stack, other than the one before',
  (_, fix) => {
    const fixed = given();
    fix(fixed);
    expect(synthesised(fixed.stack)).not.toEqual(bare);
  },
);
