import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  UpdateWebACLCommand,
  WAFUnavailableEntityException,
  type DefaultAction,
  type Rule,
} from '@aws-sdk/client-wafv2';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { STAGE } from './seed';
import type { World } from './world';

export interface WebAcl {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
}

export interface WebAclSeed {
  readonly DefaultAction: DefaultAction;
  readonly Rules: Rule[];
}

const BETWEEN_TRIES = 5000;
const TRIES = 24;

const at = ({ id: Id, name: Name }: WebAcl) => ({ Id, Name, Scope: 'REGIONAL' }) as const;

const visible = (MetricName: string) => ({
  SampledRequestsEnabled: false,
  CloudWatchMetricsEnabled: false,
  MetricName,
});

const stageArn = ({ region }: World, restApiId: string): string =>
  `arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/${STAGE}`;

/** A new web ACL takes a while to be known everywhere. */
const associate = async (world: World, WebACLArn: string, ResourceArn: string): Promise<void> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      await world.waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn }));
      return;
    } catch (error) {
      if (!(error instanceof WAFUnavailableEntityException) || left === 0) throw error;
      await wait(BETWEEN_TRIES);
    }
  }
};

/** A web ACL in front of the stage of an API. */
export const guardStage = async (world: World, restApiId: string, seed: WebAclSeed): Promise<WebAcl> => {
  const { waf, tags } = world;
  const name = `loop-${randomUUID()}`;
  world.spend('webAcls');
  const { Summary } = await waf.send(
    new CreateWebACLCommand({
      Name: name,
      Scope: 'REGIONAL',
      VisibilityConfig: visible(name),
      ...(Object.keys(tags).length === 0
        ? {}
        : { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
      ...seed,
    }),
  );
  const acl = { id: Summary?.Id ?? '', name, arn: Summary?.ARN ?? '' };
  world.own(acl.id, async () => {
    const { LockToken } = await waf.send(new GetWebACLCommand(at(acl)));
    await waf.send(new DeleteWebACLCommand({ ...at(acl), LockToken }));
  });
  const ResourceArn = stageArn(world, restApiId);
  await associate(world, acl.arn, ResourceArn);
  world.own(`web ACL of ${restApiId}`, () => waf.send(new DisassociateWebACLCommand({ ResourceArn })));
  return acl;
};

export const setWebAcl = async ({ waf }: World, acl: WebAcl, seed: WebAclSeed): Promise<void> => {
  const { LockToken } = await waf.send(new GetWebACLCommand(at(acl)));
  await waf.send(
    new UpdateWebACLCommand({ ...at(acl), LockToken, VisibilityConfig: visible(acl.name), ...seed }),
  );
};

/** One rule that counts or decides calls whose path begins so. */
export const pathRule = (path: string, action: 'Allow' | 'Count', Priority = 0): Rule => ({
  Name: 'path',
  Priority,
  Action: action === 'Allow' ? { Allow: {} } : { Count: {} },
  VisibilityConfig: visible('path'),
  Statement: {
    ByteMatchStatement: {
      SearchString: Buffer.from(path),
      FieldToMatch: { UriPath: {} },
      PositionalConstraint: 'STARTS_WITH',
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    },
  },
});

/** AWS's core rule set, with the actions of some of its rules changed. */
export const coreRules = (overridden: readonly string[] = []): Rule => ({
  Name: 'core',
  Priority: 0,
  OverrideAction: { None: {} },
  VisibilityConfig: visible('core'),
  Statement: {
    ManagedRuleGroupStatement: {
      VendorName: 'AWS',
      Name: 'AWSManagedRulesCommonRuleSet',
      RuleActionOverrides: overridden.map((Name) => ({ Name, ActionToUse: { Count: {} } })),
    },
  },
});

/** What the steps of a fix leave to a person: a change of the file that the command before wrote, as JavaScript with `acl`. */
export const editWebAcl = (change: string): string => `node -e '
const { readFileSync, writeFileSync } = require("node:fs");
const acl = JSON.parse(readFileSync("web-acl.json"));
${change}
writeFileSync("web-acl.json", JSON.stringify(acl));'`;
