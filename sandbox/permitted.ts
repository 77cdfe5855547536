import { readPermissions, requestedPermissions } from '../lambda/collect/permissions';

/** What is done besides reading the account: alerts, history in S3, and Security Hub where it is wanted. */
const OWN_WORK = [
  'BatchImportFindings',
  'Publish',
  'GetTopicAttributes',
  'GetObject',
  'HeadObject',
  'PutObject',
  'ListObjectsV2',
  'Invoke',
];

/** Operations that the auditor declares; any other is refused, as the deployed role would. */
export const permittedOperations = (): readonly string[] => [
  ...readPermissions.map(({ operation }) => operation),
  ...OWN_WORK,
];

/** Those, and what `explain` asks when a person wants it. */
export const permittedOnRequest = (): readonly string[] => [
  ...permittedOperations(),
  ...requestedPermissions.map(({ operation }) => operation),
];

/** The IAM action that the auditor declares for an operation; `null`: it declares none. */
export const declaredAction = (name: string): string | null =>
  [...readPermissions, ...requestedPermissions].find(({ operation }) => operation === name)?.action ?? null;
