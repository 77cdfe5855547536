import type { IamPolicy } from '../result';
import type { Permission } from './permissions';

/** Where the policy is to hold; a part that is not known stays a wildcard. */
export interface PolicyPlace {
  readonly partition?: string;
  readonly accountId?: string;
  readonly region?: string;
}

/** The IAM policy that allows these permissions: one statement an action, resources sorted. */
export const policyDocument = (permissions: readonly Permission[], place: PolicyPlace): IamPolicy => {
  const byAction = new Map<string, Set<string>>();
  for (const { action, resources } of permissions) {
    if (action === null) continue;
    const arns = byAction.get(action) ?? new Set<string>();
    byAction.set(action, arns);
    for (const resource of resources) {
      arns.add(
        resource
          .replaceAll('PARTITION', place.partition ?? 'aws')
          .replaceAll('REGION', place.region ?? '*')
          .replaceAll('ACCOUNT', place.accountId ?? '*'),
      );
    }
  }
  return {
    Version: '2012-10-17',
    Statement: [...byAction].map(([action, arns]) => ({
      Effect: 'Allow',
      Action: action,
      Resource: [...arns].sort(),
    })),
  };
};
