import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOperation, permissionOf, readPermissions } from '../../lambda/collect/permissions';

const SERVICES = ['apigateway', 'cognito-idp', 'lambda', 'wafv2', 'ec2', 'cloudfront'];

test('an operation once, with the action that a denial names', () => {
  const operations = readPermissions.map(({ operation }) => operation);
  expect(new Set(operations).size).toBe(operations.length);
  expect(permissionOf('GetExport')).toBe('apigateway:GET');
  expect(permissionOf('ListRoutingRules')).toBe('apigateway:ListRoutingRules');
  expect(permissionOf('GetCallerIdentity')).toBeNull();
  expect(isOperation('GetExport')).toBe(true);
  expect(isOperation('toString')).toBe(false);
});

test('actions that read, each on its service and named like the operation', () => {
  for (const { action, operation } of readPermissions) {
    expect([`apigateway:GET`, null, ...SERVICES.map((service) => `${service}:${operation}`)]).toContain(
      action,
    );
    expect(operation).toMatch(/^(Get|List|Describe)/);
  }
});

test('nothing wider than IAM forces: a lone wildcard only where it knows no resource', () => {
  const wide = readPermissions
    .filter(({ resources }) => resources.includes('*'))
    .map(({ operation }) => operation);
  expect(wide).toEqual([
    'DescribeUserPoolDomain',
    'DescribeVpcEndpoints',
    'ListDistributions',
    'DescribeRegions',
  ]);
  for (const resource of readPermissions.flatMap(({ resources }) => resources)) {
    expect(resource).toMatch(/^(\*|arn:PARTITION:[a-z0-9-]+:(REGION)?:(ACCOUNT)?:.+)$/);
  }
});

test('personal data and secrets of Cognito are not asked for', () => {
  const actions = readPermissions.map(({ action }) => action);
  for (const action of [
    'cognito-idp:ListUsers',
    'cognito-idp:AdminGetUser',
    'cognito-idp:DescribeIdentityProvider',
  ]) {
    expect(actions).not.toContain(action);
  }
});

test('the list loads nothing: the CDK app reads it', () => {
  const source = readFileSync(join(__dirname, '../../lambda/collect/permissions.ts'), 'utf8');
  expect(source).not.toMatch(/\b(import|require)\b/);
});
