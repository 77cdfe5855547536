import {
  AssociateWebACLCommand,
  CreateIPSetCommand,
  CreateWebACLCommand,
  DeleteIPSetCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetIPSetCommand,
  GetWebACLCommand,
  UpdateWebACLCommand,
  WAFUnavailableEntityException,
  type DefaultAction,
  type IPSetForwardedIPConfig,
  type Rule,
  type Tag,
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

const tagsOf = (tags: World['tags']): { readonly Tags?: Tag[] } => {
  const all = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return all.length === 0 ? {} : { Tags: all };
};

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
      ...tagsOf(tags),
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

/** A set of one block of addresses. Answers its ARN. */
export const makeIpSet = async (world: World, block: string): Promise<string> => {
  const { waf, tags } = world;
  const Name = `loop-${randomUUID()}`;
  const { Summary } = await waf.send(
    new CreateIPSetCommand({
      Name,
      Scope: 'REGIONAL',
      IPAddressVersion: 'IPV4',
      Addresses: [block],
      ...tagsOf(tags),
    }),
  );
  const set = { Id: Summary?.Id ?? '', Name, Scope: 'REGIONAL' } as const;
  world.own(set.Id, async () => {
    const { LockToken } = await waf.send(new GetIPSetCommand(set));
    await waf.send(new DeleteIPSetCommand({ ...set, LockToken }));
  });
  return Summary?.ARN ?? '';
};

/** Blocks whoever is not in the set, by the address of the connection unless another is said. */
export const listedOnly = (ARN: string, IPSetForwardedIPConfig?: IPSetForwardedIPConfig): Rule => ({
  Name: 'listed',
  Priority: 0,
  Action: { Block: {} },
  VisibilityConfig: visible('listed'),
  Statement: {
    NotStatement: {
      Statement: {
        IPSetReferenceStatement: {
          ARN,
          ...(IPSetForwardedIPConfig === undefined ? {} : { IPSetForwardedIPConfig }),
        },
      },
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
