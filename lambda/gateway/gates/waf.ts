import type { Slices } from '../../model/account';
import type { WebAcl, WebAclRule } from '../../model/edge';
import { isKnown, type Known } from '../../model/known';
import type { Stage } from '../../model/rest-api';
import { passes, refuses, unsure, type Answer, type Refusal } from '../answer';
import { wafBlock } from '../refusals';
import { commonRefusal } from '../weigh';

/** Rules whose own action stands (groups: `None`) may do anything that their rules say. */
const mayStop = (rule: WebAclRule): boolean => !['Allow', 'Count'].includes(rule.action);
const mayAllow = (rule: WebAclRule): boolean => rule.action === 'Allow' || rule.action === 'None';

/** What is certain of the answer, whichever of the web ACL's rules stops the call. */
const refusalOf = (acl: WebAcl): Refusal =>
  commonRefusal(
    [
      ...acl.rules.filter(mayStop).map((rule) => rule.blockStatus),
      ...(acl.defaultAction === 'Block' ? [acl.defaultBlockStatus] : []),
    ].map(wafBlock),
  );

const judgeAcl = (acl: WebAcl): Answer => {
  const blocks = acl.defaultAction === 'Block';
  if (!blocks && !acl.rules.some(mayStop)) {
    return passes(`Web ACL ${acl.name} blocks nothing.`, 'WAF-1');
  }
  if (blocks && !acl.rules.some(mayAllow)) {
    return refuses(
      'waf-blocks',
      refusalOf(acl),
      `Web ACL ${acl.name} blocks by default and allows nothing.`,
      'WAF-4',
    );
  }
  return unsure(
    blocks
      ? `Web ACL ${acl.name} blocks what its rules do not allow; whether they allow this call is not known.`
      : `Web ACL ${acl.name} has rules that may stop this call; what they match is not evaluated.`,
    'WAF-3',
    refusalOf(acl),
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
