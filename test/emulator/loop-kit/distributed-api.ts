import {
  CreateDistributionCommand,
  DeleteDistributionCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
  type DefaultCacheBehavior,
  type DistributionConfig,
} from '@aws-sdk/client-cloudfront';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { NAME, STAGE } from './seed';
import type { World } from './world';

export interface Distribution {
  readonly id: string;
  readonly host: string;
}

/** Managed policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
export const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
export const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** Every edge location has a change after minutes. */
export const SETTLING = 900_000;
const BETWEEN_LOOKS = 20_000;

const behaviour = (OriginRequestPolicyId: string | undefined): DefaultCacheBehavior => ({
  TargetOriginId: 'api',
  ViewerProtocolPolicy: 'https-only',
  CachePolicyId: CACHING_DISABLED,
  ...(OriginRequestPolicyId === undefined ? {} : { OriginRequestPolicyId }),
});

const update = async (
  { cloudFront }: World,
  { id: Id }: Distribution,
  changes: Partial<DistributionConfig>,
): Promise<void> => {
  const { DistributionConfig: config, ETag } = await cloudFront.send(
    new GetDistributionConfigCommand({ Id }),
  );
  if (config === undefined) throw new Error(`CloudFront does not show its distribution ${Id}`);
  await cloudFront.send(
    new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: { ...config, ...changes } }),
  );
};

/** Sets what the distribution passes on; `undefined`: no more than CloudFront does by itself. */
export const passOn = (
  world: World,
  distribution: Distribution,
  originRequestPolicyId: string | undefined,
): Promise<void> => update(world, distribution, { DefaultCacheBehavior: behaviour(originRequestPolicyId) });

/** Only what is switched off everywhere can be deleted. */
const deleteDistribution = async (world: World, distribution: Distribution): Promise<void> => {
  await update(world, distribution, { Enabled: false });
  const until = Date.now() + SETTLING;
  for (;;) {
    const { Distribution: it, ETag } = await world.cloudFront.send(
      new GetDistributionCommand({ Id: distribution.id }),
    );
    if (it?.Status === 'Deployed' || Date.now() > until) {
      await world.cloudFront.send(new DeleteDistributionCommand({ Id: distribution.id, IfMatch: ETag }));
      return;
    }
    await wait(BETWEEN_LOOKS);
  }
};

/** A distribution in front of an API that passes everything on but the name it was called by. */
export const makeDistribution = async (world: World, restApiId: string): Promise<Distribution> => {
  const { Distribution: made } = await world.cloudFront.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: randomUUID(),
        Comment: NAME,
        Enabled: true,
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'api',
              DomainName: `${restApiId}.execute-api.${world.region}.amazonaws.com`,
              OriginPath: `/${STAGE}`,
              CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
            },
          ],
        },
        DefaultCacheBehavior: behaviour(ALL_BUT_HOST),
      },
    }),
  );
  const distribution = { id: made?.Id ?? '', host: made?.DomainName ?? '' };
  world.own(distribution.id, () => deleteDistribution(world, distribution));
  return distribution;
};

/** What the steps of a fix leave to a person: the policy, in the file that the command before wrote. */
export const EDIT_DISTRIBUTION = `node -e '
const { readFileSync, writeFileSync } = require("node:fs");
const config = JSON.parse(readFileSync("distribution.json"));
config.DefaultCacheBehavior.OriginRequestPolicyId = "${ALL_BUT_HOST}";
writeFileSync("distribution.json", JSON.stringify(config));'`;
