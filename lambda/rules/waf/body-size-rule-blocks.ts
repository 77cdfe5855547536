import { isKnown } from '../../model/known';
import { agree, listMethods } from '../phrases';
import { deploymentRule } from '../rule';
import { WEB_ACL_ATTACHED } from '../scanner-checks';
import { affectedOf } from '../subjects';
import { cannotTell, flag } from '../verdict';
import { openWebAcl, updateWebAcl } from '../web-acls';

const CORE_RULE_SET = 'AWSManagedRulesCommonRuleSet';
const WITH_BODY = ['POST', 'PUT', 'PATCH', 'ANY'];

export default deploymentRule({
  id: 'waf/body-size-rule-blocks',
  gate: 'waf',
  symptom: { status: 403, responseType: 'WAF_FILTERED', body: '{"message":"Forbidden"}' },
  reach: 'possible',
  callers: 'calls with a body of more than 8 KB',
  title: 'The managed core rule set blocks calls with large bodies',
  why: 'The core rule set of AWS WAF holds the rule SizeRestrictions_BODY, which blocks bodies of more than 8 KB. Uploads and large JSON documents then get a bare Forbidden before any authorizer is asked, while small calls pass. Security scanners recommend this rule set; it needs this exception on APIs that take large bodies.',
  fix: [
    'Let the rule SizeRestrictions_BODY count instead of block, in the web ACL of this stage.',
    'Nothing to do, if all bodies of the API are small.',
  ],
  scanners: {
    ...WEB_ACL_ATTACHED,
    both: 'They look for its presence only: let the rules of a managed group count before they block, and read what they would have blocked.',
  },
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html',
  ],
  facts: ['WAF-2', 'WAF-6', 'WAF-8'],
  needs: ['webAcls'],

  *check(deployment, account) {
    const guarded = yield* openWebAcl(deployment, account);
    if (guarded === null) return;
    const { subject, acl } = guarded;
    const { stage } = deployment;
    const rule = acl.rules.find(
      ({ managedGroup, action, ruleOverrides }) =>
        managedGroup === CORE_RULE_SET &&
        action !== 'Count' &&
        !Object.entries(ruleOverrides).some(
          ([name, to]) => name.toUpperCase() === 'SIZERESTRICTIONS_BODY' && to !== 'Block',
        ),
    );
    if (rule === undefined) return;
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const methods = deployment.methods.value.filter(({ verb }) => WITH_BODY.includes(verb));
    if (methods.length === 0) return;
    yield flag({
      subject,
      affected: affectedOf(deployment, methods),
      message: `Web ACL ${acl.name} of stage ${stage.name} blocks bodies of more than 8 KB, which ${listMethods(methods)} ${agree(methods.length, 'takes', 'take')} otherwise.`,
      evidence: [
        { operation: 'GetStages', field: 'webAclArn', value: acl.arn },
        {
          operation: 'GetWebACL',
          field: `Rules[${rule.name}]`,
          value: `${CORE_RULE_SET}, SizeRestrictions_BODY not overridden`,
        },
      ],
      fix: updateWebAcl(
        acl,
        account.region,
        `In web-acl.json, add {"Name":"SizeRestrictions_BODY","ActionToUse":{"Count":{}}} to RuleActionOverrides of the rule ${rule.name}.`,
      ),
    });
  },
});
