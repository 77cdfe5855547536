import { valueOr } from '../../model/known';
import { listNames } from '../phrases';
import { deploymentRule } from '../rule';
import { WEB_ACL_ATTACHED } from '../scanner-checks';
import { affectedOf } from '../subjects';
import { flag } from '../verdict';
import { openWebAcl, updateWebAcl } from '../web-acls';

export default deploymentRule({
  id: 'waf/default-action-blocks',
  gate: 'waf',
  symptom: { status: 403, responseType: 'WAF_FILTERED', body: '{"message":"Forbidden"}' },
  reach: 'some-calls',
  title: 'The web ACL of the stage blocks every call that no rule allows',
  why: 'AWS WAF judges a call before resource policies and authorizers. With Block as the default action, only calls that one of its rules allows come through; all others get a bare Forbidden, whatever token or key they carry. Security scanners recommend a web ACL; a default of Block suits an API only if its rules allow all its callers. Where no rule allows anything, no call comes through at all.',
  fix: [
    'Check that the rules of the web ACL allow all callers of the API; add the rule that is missing.',
    'Or let the default action allow, and have rules block what should not come in.',
  ],
  scanners: {
    ...WEB_ACL_ATTACHED,
    both: 'They look for its presence only: a web ACL that allows by default and blocks by rules satisfies them as well, and keeps no caller out by itself.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-default-action.html',
  ],
  facts: ['WAF-1', 'WAF-2', 'WAF-3', 'WAF-4', 'MSG-11', 'MSG-12'],
  needs: ['webAcls'],

  *check(deployment, account) {
    const guarded = yield* openWebAcl(deployment, account);
    if (guarded === null) return;
    const { subject, acl } = guarded;
    const { stage } = deployment;
    if (acl.defaultAction !== 'Block') return;
    const allowing = acl.rules.filter(({ action }) => action === 'Allow').map(({ matches }) => matches);
    // The rules inside a group that keeps its own actions may allow as well.
    const groups = acl.rules.filter(({ action }) => action === 'None').map(({ matches }) => matches);
    const admits =
      allowing.length > 0
        ? `only what these rules allow comes through: ${listNames(allowing, 5)}`
        : groups.length > 0
          ? `no rule of its own allows anything, at most the groups ${listNames(groups, 5)}`
          : 'no rule allows anything';
    yield flag({
      subject,
      ...(allowing.length + groups.length === 0 ? { reach: 'every-call' } : {}),
      ...(acl.defaultBlockStatus === null
        ? {}
        : { symptom: { status: acl.defaultBlockStatus, responseType: 'WAF_FILTERED', body: null } }),
      affected: affectedOf(deployment, valueOr(deployment.methods, [])),
      message: `Web ACL ${acl.name} of stage ${stage.name} blocks by default; ${admits}.`,
      evidence: [
        { operation: 'GetStages', field: 'webAclArn', value: acl.arn },
        { operation: 'GetWebACL', field: 'DefaultAction', value: 'Block' },
      ],
      fix: updateWebAcl(
        acl,
        account.region,
        'In web-acl.json, add to Rules a rule with the action Allow for the callers that are missing.',
      ),
    });
  },
});
