import {
  GetWebACLCommand,
  type FirewallManagerRuleGroup,
  type ManagedRuleGroupStatement,
  type Rule,
  type RuleAction,
  type RuleActionOverride,
  type Statement,
  type WebACL as AwsWebAcl,
} from '@aws-sdk/client-wafv2';
import { parseArn } from '../model/arn';
import type { WebAcl, WebAclEntry, WebAclRule } from '../model/edge';
import { unreadable } from '../model/known';
import type { Door } from './door';
import { optionalList, optionalNumber, ShapeError, text } from './shape';

/** The one member of a tagged union that is set, such as `Block` of an action. */
const kindOf = (union: object | undefined, field: string): string => {
  const [kind] = Object.entries(union ?? {}).find(([, value]) => value !== undefined) ?? [];
  if (kind === undefined) throw new ShapeError(field);
  return kind;
};

const lastPart = (arn: string | undefined, back: number): string => arn?.split('/').at(-back) ?? 'unknown';

const managedName = ({ VendorName, Name }: ManagedRuleGroupStatement): string =>
  VendorName === 'AWS' ? (Name ?? '') : `${VendorName ?? ''} ${Name ?? ''}`;

/** What a rule matches, in a phrase. WAF's own names of statements are near enough to words for the rest. */
const phraseOf = (statement: Statement): string => {
  if (statement.IPSetReferenceStatement)
    return `IP set ${lastPart(statement.IPSetReferenceStatement.ARN, 2)}`;
  if (statement.ManagedRuleGroupStatement)
    return `managed ${managedName(statement.ManagedRuleGroupStatement)}`;
  if (statement.RuleGroupReferenceStatement) {
    return `rule group ${lastPart(statement.RuleGroupReferenceStatement.ARN, 2)}`;
  }
  if (statement.GeoMatchStatement)
    return `geo match ${(statement.GeoMatchStatement.CountryCodes ?? []).join(', ')}`;
  if (statement.RateBasedStatement) return `rate above ${statement.RateBasedStatement.Limit ?? '?'}`;
  if (statement.NotStatement?.Statement) return `not (${phraseOf(statement.NotStatement.Statement)})`;
  if (statement.AndStatement) return (statement.AndStatement.Statements ?? []).map(phraseOf).join(' and ');
  if (statement.OrStatement) return (statement.OrStatement.Statements ?? []).map(phraseOf).join(' or ');
  return kindOf(statement, 'WebACL.Rules[].Statement')
    .replace(/Statement$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
};

/** What a rule makes of the address that a connection comes from, where it looks at nothing else. */
const byAddress = (statement: Statement): WebAclRule['byAddress'] => {
  const { IPSetReferenceStatement: set, NotStatement: not, OrStatement: or } = statement;
  if (set !== undefined) return set.IPSetForwardedIPConfig === undefined ? 'listed' : undefined;
  if (not?.Statement !== undefined) {
    const inner = byAddress(not.Statement);
    return inner === undefined ? undefined : inner === 'listed' ? 'others' : 'listed';
  }
  const [first, ...rest] = (or?.Statements ?? []).map(byAddress);
  return rest.every((one) => one === first) ? first : undefined;
};

const overridesOf = (
  overrides: readonly RuleActionOverride[] | undefined,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    optionalList(overrides, 'RuleActionOverrides').map(({ Name, ActionToUse }) => [
      text(Name, 'RuleActionOverrides[].Name'),
      kindOf(ActionToUse, 'RuleActionOverrides[].ActionToUse'),
    ]),
  );

/** The older spelling: the excluded rules of a group count only. */
const excludedOf = (
  group: Pick<ManagedRuleGroupStatement, 'ExcludedRules'>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    optionalList(group.ExcludedRules, 'ExcludedRules').map(({ Name }) => [
      text(Name, 'ExcludedRules[].Name'),
      'Count',
    ]),
  );

const blockStatus = (action: RuleAction | AwsWebAcl['DefaultAction']): number | null =>
  optionalNumber(action?.Block?.CustomResponse?.ResponseCode, 'Block.CustomResponse.ResponseCode');

const toRule = (
  rule: Pick<Rule, 'Name' | 'Priority' | 'Action' | 'OverrideAction'>,
  statement: Statement | undefined,
  shift = 0,
): WebAclRule => {
  const field = 'WebACL.Rules[]';
  if (statement === undefined) throw new ShapeError(`${field}.Statement`);
  const priority = optionalNumber(rule.Priority, `${field}.Priority`);
  if (priority === null) throw new ShapeError(`${field}.Priority`);
  const group = statement.ManagedRuleGroupStatement ?? statement.RuleGroupReferenceStatement;
  const address = byAddress(statement);
  return {
    name: text(rule.Name, `${field}.Name`),
    priority: priority + shift,
    action: kindOf(rule.Action ?? rule.OverrideAction, `${field}.Action`),
    matches: phraseOf(statement),
    ...(address === undefined ? {} : { byAddress: address }),
    managedGroup: statement.ManagedRuleGroupStatement?.Name ?? null,
    ruleOverrides:
      group === undefined ? {} : { ...excludedOf(group), ...overridesOf(group.RuleActionOverrides) },
    blockStatus: blockStatus(rule.Action),
  };
};

/** Priorities of a web ACL's own rules lie between those of Firewall Manager's groups, which run first and last (WAF-5). */
const FIRST = -1_000_000_000;
const LAST = 10_000_000_000;

const ofFirewallManager = (groups: readonly FirewallManagerRuleGroup[] | undefined, shift: number) =>
  optionalList(groups, 'WebACL.FirewallManagerRuleGroups').map((group) =>
    toRule(group, group.FirewallManagerStatement, shift),
  );

/** @throws ShapeError */
export const toWebAcl = (arn: string, acl: AwsWebAcl | undefined): WebAcl => {
  if (acl === undefined) throw new ShapeError('WebACL');
  const rules = optionalList(acl.Rules, 'WebACL.Rules').map((rule) => toRule(rule, rule.Statement));
  return {
    arn,
    name: text(acl.Name, 'WebACL.Name'),
    defaultAction: kindOf(acl.DefaultAction, 'WebACL.DefaultAction'),
    defaultBlockStatus: blockStatus(acl.DefaultAction),
    rules: [
      ...ofFirewallManager(acl.PreProcessFirewallManagerRuleGroups, FIRST),
      ...rules,
      ...ofFirewallManager(acl.PostProcessFirewallManagerRuleGroups, LAST),
    ],
  };
};

/** A web ACL by the ARN that a stage names. */
export const readWebAcl = async (door: Door, arn: string): Promise<WebAclEntry> => {
  const parsed = parseArn(arn);
  const [scope, kind, name, id] = parsed?.resource.split('/') ?? [];
  if (
    parsed?.service !== 'wafv2' ||
    scope !== 'regional' ||
    kind !== 'webacl' ||
    name === undefined ||
    id === undefined
  ) {
    const detail = `the web ACL ${arn} is not of AWS WAF version 2, which alone is read`;
    return {
      arn,
      webAcl: unreadable({ because: 'unsupported', operation: 'GetWebACL', subject: arn, detail }),
    };
  }
  const webAcl = await door.find({
    operation: 'GetWebACL',
    of: arn,
    absent: 'WAFNonexistentItemException',
    send: ({ waf }) => waf.send(new GetWebACLCommand({ Name: name, Id: id, Scope: 'REGIONAL' })),
    take: ({ WebACL }) => toWebAcl(arn, WebACL),
  });
  return { arn, webAcl };
};
