import { readPermissions } from '../lambda/collect/permissions';

/** What is done besides reading the account: alerts, history in S3, and the command line's question for regions. */
const OWN_WORK = ['DescribeRegions', 'Publish', 'GetObject', 'HeadObject', 'PutObject', 'ListObjectsV2'];

/** Operations that the auditor declares; any other is refused, as the deployed role would. */
export const permittedOperations = (): readonly string[] => [
  ...readPermissions.map(({ operation }) => operation),
  ...OWN_WORK,
];
