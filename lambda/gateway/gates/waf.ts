import type { Slices } from '../../model/account';
import type { WebAcl, WebAclRule } from '../../model/edge';
import { isKnown, type Known } from '../../model/known';
import type { Stage } from '../../model/rest-api';
import { passes, refuses, unsure, type Answer } from '../answer';
import { wafBlock } from '../refusals';

/** Rules whose own action stands (groups: `None`) may do anything that their rules say. */
const mayStop = (rule: WebAclRule): boolean => !['Allow', 'Count'].includes(rule.action);
const mayAllow = (rule: WebAclRule): boolean => rule.action === 'Allow' || rule.action === 'None';

const blockStatusesOf = (acl: WebAcl): ReadonlySet<number | null> =>
  new Set([
    ...acl.rules.filter(mayStop).map((rule) => rule.blockStatus),
    ...(acl.defaultAction === 'Block' ? [acl.defaultBlockStatus] : []),
  ]);

const judgeAcl = (acl: WebAcl): Answer => {
  const blocks = acl.defaultAction === 'Block';
  if (!blocks && !acl.rules.some(mayStop)) {
    return passes(`Web ACL ${acl.name} blocks nothing.`, 'WAF-1');
  }
  if (blocks && !acl.rules.some(mayAllow)) {
    const statuses = [...blockStatusesOf(acl)];
    const [status] = statuses;
    const refusal =
      statuses.length === 1 && status !== undefined ? wafBlock(status) : { ...wafBlock(null), status: null };
    return refuses(
      'waf-blocks',
      refusal,
      `Web ACL ${acl.name} blocks by default and allows nothing.`,
      'WAF-4',
    );
  }
  const [status, ...others] = blockStatusesOf(acl);
  return unsure(
    blocks
      ? `Web ACL ${acl.name} blocks what its rules do not allow; whether they allow this call is not known.`
      : `Web ACL ${acl.name} has rules that may stop this call; what they match is not evaluated.`,
    'WAF-3',
    status !== undefined && others.length === 0 ? wafBlock(status) : null,
  );
};

/** What can be known of the stage's web ACL. Captcha and challenge count as stopping: API clients solve neither. */
export const judgeWaf = (stage: Pick<Stage, 'webAclArn'>, webAcls: Known<Slices['webAcls']>): Answer => {
  const { webAclArn } = stage;
  if (webAclArn === null) return passes('The stage has no web ACL.', 'WAF-1');
  if (!isKnown(webAcls)) {
    return unsure(`The web ACL of the stage could not be read: ${webAcls.detail}.`, 'WAF-1', wafBlock(null));
  }
  const entry = webAcls.value.find((one) => one.arn === webAclArn);
  if (entry === undefined || !isKnown(entry.webAcl) || entry.webAcl.value === null) {
    const why = entry !== undefined && !isKnown(entry.webAcl) ? `: ${entry.webAcl.detail}` : '';
    return unsure(`The web ACL ${webAclArn} of the stage was not read${why}.`, 'WAF-1', null);
  }
  return judgeAcl(entry.webAcl.value);
};
