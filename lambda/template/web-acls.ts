import { ShapeError } from '../collect/shape';
import { toWebAcl } from '../collect/web-acls';
import { stageArn } from '../model/arn';
import type { WebAclEntry } from '../model/edge';
import { known } from '../model/known';
import type { RestApi } from '../model/rest-api';
import type { Assembly } from './assembly';
import { gapAt, nameAt, requiredTextAt, standInAt, unmade } from './properties';
import type { Resource } from './stack';
import { firstUnresolved, type Value } from './value';

const READ = ['DefaultAction', 'Rules'];

const webAclOf = (acl: Resource, arn: string): WebAclEntry['webAcl'] => {
  const gap = unmade(acl);
  if (gap !== null) return gap;
  const properties: Record<string, Value> = { Name: nameAt(acl, 'Name') };
  for (const name of READ) {
    const value = acl.property(name) ?? null;
    const hole = firstUnresolved(value, name);
    if (hole !== null) return gapAt(acl, hole.path, hole.because);
    if (value !== null) properties[name] = value;
  }
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reader checks what it takes; the names are WAF's in both
    return known(toWebAcl(arn, properties as unknown as Parameters<typeof toWebAcl>[1]));
  } catch (error) {
    if (!(error instanceof ShapeError || error instanceof TypeError)) throw error;
    return gapAt(acl, 'Rules', 'they are not written as WAF takes them');
  }
};

/** Stages with the web ACL that the template associates with them. */
export const withWebAcls = (assembly: Assembly, apis: readonly RestApi[]): readonly RestApi[] => {
  const byStage = new Map<string, string>();
  for (const association of assembly.all('AWS::WAFv2::WebACLAssociation')) {
    for (const stage of assembly.kept(requiredTextAt(association, 'ResourceArn'))) {
      byStage.set(stage, standInAt(association, 'WebACLArn') ?? '');
    }
  }
  if (byStage.size === 0) return apis;
  return apis.map((api) =>
    api.stages.state === 'unreadable'
      ? api
      : {
          ...api,
          stages: known(
            api.stages.value.map((stage) => ({
              ...stage,
              webAclArn: byStage.get(stageArn(assembly.place, api.id, stage.name)) ?? stage.webAclArn,
            })),
          ),
        },
  );
};

/** The web ACLs that stages name: those of the template, and why the others cannot be looked at. */
export const webAclsOf = (assembly: Assembly, named: ReadonlySet<string>): readonly WebAclEntry[] => {
  const held = new Map<string, WebAclEntry['webAcl']>();
  for (const acl of assembly.all('AWS::WAFv2::WebACL')) {
    const arn = acl.stack.attribute(acl.logicalId, 'Arn');
    if (typeof arn === 'string') held.set(arn, webAclOf(acl, arn));
  }
  return [...named].map((arn) => ({
    arn,
    webAcl: held.get(arn) ?? assembly.whyUnknown(arn, 'AWS::WAFv2::WebACL', 'web ACL'),
  }));
};
