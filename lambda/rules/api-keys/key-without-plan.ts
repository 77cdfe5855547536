import { apiKeyArn } from '../../model/arn';
import { isKnown } from '../../model/known';
import { goesByStageKeys } from '../../model/queries';
import { aws } from '../commands';
import { onlyOf } from '../only';
import { quote } from '../phrases';
import { accountRule } from '../rule';
import { cannotTell, flag, INVALID_API_KEY } from '../verdict';

export default accountRule({
  id: 'api-keys/key-without-plan',
  gate: 'api-key',
  symptom: INVALID_API_KEY,
  reach: 'possible',
  callers: 'holders of the key',
  title: 'An enabled API key is in no usage plan',
  why: 'A key opens the stages of the usage plans that hold it and nothing else. Outside every plan it opens no method that needs a key, although it is enabled. The stages that a key names itself count only in a region that had keys before August 2016 and never enabled usage plans.',
  fix: [
    'Add the key to the usage plan of the stages that its holder calls; it takes effect within minutes, without a deployment.',
    'Delete it, if nobody uses it any more.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans.html',
  ],
  facts: ['KEY-1', 'KEY-8', 'KEY-9', 'KEY-11'],
  needs: ['usagePlans', 'apiKeys', 'gatewayAccount'],

  *check(account) {
    const { usagePlans, apiKeys, gatewayAccount } = account.slices;
    const held = new Set(usagePlans.flatMap(({ keyIds }) => (isKnown(keyIds) ? keyIds.value : [])));
    const unread = usagePlans.map(({ keyIds }) => keyIds).filter((keyIds) => !isKnown(keyIds));
    for (const key of apiKeys) {
      if (!key.enabled || held.has(key.id)) continue;
      if (key.stageKeys.length > 0 && goesByStageKeys(gatewayAccount)) continue;
      const subject = {
        arn: apiKeyArn(account, key.id),
        label: `API key ${key.name} (${key.id})`,
        region: account.region,
      };
      if (unread.length > 0) {
        for (const gap of unread) yield cannotTell(subject, gap);
        continue;
      }
      yield flag({
        subject,
        affected: [],
        message: `API key ${quote(key.name)} is enabled but in no usage plan: it opens no method that needs a key.`,
        evidence: [{ operation: 'GetUsagePlanKeys', field: 'items', value: `no usage plan holds ${key.id}` }],
        fix: [
          {
            step: 'Add the key to the usage plan of the stages that its holder calls.',
            commands: [
              aws('apigateway', 'create-usage-plan-key', account.region, {
                usagePlanId: onlyOf(usagePlans)?.id ?? '<USAGE_PLAN_ID>',
                keyId: key.id,
                keyType: 'API_KEY',
              }),
            ],
          },
        ],
      });
    }
  },
});
