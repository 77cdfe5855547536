import type { FunctionEntry } from '../model/account';
import { known, mapKnown, type Known } from '../model/known';
import type { Assembly } from './assembly';
import { namesLater } from './policies';
import { everyOne, fields, gapAt, has, numberAt, requiredTextAt, textAt, unmade } from './properties';
import type { Resource } from './stack';

/** Attribute that gives a function, alias or version by the ARN under which it is called. */
const ARNS: readonly (readonly [type: string, attribute: string])[] = [
  ['AWS::Lambda::Function', 'Arn'],
  ['AWS::Lambda::Alias', 'Ref'],
  ['AWS::Lambda::Version', 'Ref'],
];

const arnOf = (resource: Resource, attribute: string): string | null => {
  const arn = resource.stack.attribute(resource.logicalId, attribute);
  return typeof arn === 'string' ? arn : null;
};

/** `arn:P:lambda:R:A:function:NAME` of what a permission names, by name, partial ARN or ARN. */
const targetOf = (named: string, { partition, region, accountId }: Assembly['place']): string => {
  if (named.startsWith('arn:')) return named;
  const name = /(?:^|:function:)([^:]+(?::[^:]+)?)$/.exec(named)?.[1] ?? named;
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
};

/** What a permission may ask for besides its source; whether a call meets it is not worked out. */
const OTHER_CONDITIONS = [
  'EventSourceToken',
  'FunctionUrlAuthType',
  'InvokedViaFunctionUrl',
  'PrincipalOrgID',
];

/** One statement of a function's policy, as AddPermission writes it. */
const statementOf = (permission: Resource): Known<object> => {
  const read = fields({
    action: requiredTextAt(permission, 'Action'),
    principal: requiredTextAt(permission, 'Principal'),
    sourceArn: textAt(permission, 'SourceArn'),
    sourceAccount: textAt(permission, 'SourceAccount'),
  });
  if (read.state === 'unreadable') return read;
  const { action, principal, sourceArn, sourceAccount } = read.value;
  const { partition } = permission.place;
  const later = namesLater(`${principal} ${sourceArn ?? ''} ${sourceAccount ?? ''}`, permission.stack);
  if (later !== null) return gapAt(permission, '', later);
  const others = OTHER_CONDITIONS.filter((name) => has(permission, name));
  const condition = {
    ...(others.length === 0
      ? {}
      : { StringLike: Object.fromEntries(others.map((name) => [`lambda:${name}`, '*'])) }),
    ...(sourceArn === null ? {} : { ArnLike: { 'AWS:SourceArn': sourceArn } }),
    ...(sourceAccount === null ? {} : { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
  };
  return known({
    Effect: 'Allow',
    Principal: /\.amazonaws\.com(\.cn)?$/.test(principal)
      ? { Service: principal }
      : principal === '*'
        ? '*'
        : { AWS: /^\d{12}$/.test(principal) ? `arn:${partition}:iam::${principal}:root` : principal },
    Action: action,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  });
};

const policyOf = (
  arn: string,
  resource: Resource,
  permissions: readonly Resource[],
): FunctionEntry['policy'] => {
  if (permissions.length === 0) {
    return gapAt(
      resource,
      '',
      'the template makes no AWS::Lambda::Permission for it; there may be one in another',
    );
  }
  return mapKnown(everyOne(permissions, statementOf), (statements) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((statement) => ({ ...statement, Resource: arn })),
    }),
  );
};

/** The functions, aliases and versions that the template makes. Environment and code are never looked at. */
export const functionsOf = (assembly: Assembly): readonly FunctionEntry[] => {
  const permissions = new Map<string, Resource[]>();
  for (const permission of assembly.all('AWS::Lambda::Permission')) {
    for (const named of assembly.kept(requiredTextAt(permission, 'FunctionName'))) {
      const arn = targetOf(named, assembly.place);
      permissions.set(arn, [...(permissions.get(arn) ?? []), permission]);
    }
  }
  return ARNS.flatMap(([type, attribute]) =>
    assembly.all(type).flatMap((resource): readonly FunctionEntry[] => {
      const arn = arnOf(resource, attribute);
      if (arn === null) return [];
      return [
        {
          arn,
          configuration:
            unmade(resource) ??
            mapKnown(textAt(resource, 'Runtime'), (runtime) => ({
              state: 'Active',
              lastUpdateStatus: 'Successful',
              runtime,
            })),
          policy: policyOf(arn, resource, permissions.get(arn) ?? []),
          reservedConcurrency:
            type === 'AWS::Lambda::Function'
              ? numberAt(resource, 'ReservedConcurrentExecutions')
              : known(null),
        },
      ];
    }),
  );
};
