import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { readPermissions } from '../lambda/collect/permissions';

interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly regional: boolean;
}

/** Declared actions with their resources, those of a region apart from those of none. */
const grants = (): readonly Grant[] => {
  const byKey = new Map<string, { action: string; regional: boolean; resources: Set<string> }>();
  for (const { action, resources, option } of readPermissions) {
    if (action === null || option !== undefined) continue;
    for (const resource of resources) {
      const regional = resource.includes('REGION');
      const key = `${action} ${regional}`;
      const grant = byKey.get(key) ?? { action, regional, resources: new Set<string>() };
      grant.resources.add(resource);
      byKey.set(key, grant);
    }
  }
  return [...byKey.values()].map((grant) => ({ ...grant, resources: [...grant.resources].sort() }));
};

interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

const fill = (arn: string, { partition, account, region }: Place): string =>
  arn.replaceAll('PARTITION', partition).replaceAll('ACCOUNT', account).replaceAll('REGION', region);

/** Several regions stand in a condition, because an ARN for each would outgrow the size of a role's policies. */
const regionOf = (regions: readonly string[]): string => {
  const [only] = regions.length === 1 ? regions : [];
  return only ?? '*';
};

/** What the collectors declare to call, and nothing else: one statement an action. */
export const readStatements = (regions: readonly string[]): readonly PolicyStatement[] => {
  const place = { partition: Aws.PARTITION, account: Aws.ACCOUNT_ID, region: regionOf(regions) };
  return grants().map(
    ({ action, resources, regional }) =>
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [action],
        resources: resources.map((resource) => fill(resource, place)),
        ...(regional && regions.length > 1
          ? { conditions: { StringEquals: { 'aws:RequestedRegion': regions } } }
          : {}),
      }),
  );
};

/** The resources among them that hold a wildcard, as cdk-nag writes them. */
export const wildcardResources = (regions: readonly string[]): readonly string[] => {
  const region = regionOf(regions);
  const place = {
    partition: '<AWS::Partition>',
    account: '<AWS::AccountId>',
    region: region === Aws.REGION ? '<AWS::Region>' : region,
  };
  const all = grants().flatMap(({ resources }) => resources.map((resource) => fill(resource, place)));
  return [...new Set(all)].filter((arn) => arn.includes('*'));
};
