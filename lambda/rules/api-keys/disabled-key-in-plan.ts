import { apiKeyArn } from '../../model/arn';
import { isKnown } from '../../model/known';
import { aws, patches } from '../commands';
import { agree, listNames, quote } from '../phrases';
import { accountRule } from '../rule';
import { cannotTell, flag, INVALID_API_KEY } from '../verdict';

export default accountRule({
  id: 'api-keys/disabled-key-in-plan',
  gate: 'api-key',
  symptom: INVALID_API_KEY,
  reach: 'possible',
  callers: 'holders of the key',
  title: 'A disabled API key is in a usage plan',
  why: 'A disabled key is refused as if it did not exist, although the usage plan still lists it. CreateApiKey makes keys disabled unless it is told otherwise. A key that was switched off to shut a caller out is in order.',
  fix: [
    'Enable the key, if its holder should get in; it takes effect within minutes, without a deployment.',
    'Otherwise remove it from the usage plan, so that nobody hands it out again.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
    'https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html',
  ],
  facts: ['KEY-1', 'KEY-5', 'KEY-9'],
  needs: ['usagePlans', 'apiKeys'],

  *check(account) {
    const { usagePlans, apiKeys } = account.slices;
    const serving = usagePlans.filter(({ apiStages }) => apiStages.length > 0);
    for (const key of apiKeys) {
      if (key.enabled) continue;
      const subject = {
        arn: apiKeyArn(account, key.id),
        label: `API key ${key.name} (${key.id})`,
        region: account.region,
      };
      const holding = serving.filter(({ keyIds }) => isKnown(keyIds) && keyIds.value.includes(key.id));
      if (holding.length === 0) {
        for (const { keyIds } of serving) if (!isKnown(keyIds)) yield cannotTell(subject, keyIds);
        continue;
      }
      yield flag({
        subject,
        affected: [],
        message: `API key ${quote(key.name)} is disabled and in usage ${agree(holding.length, 'plan', 'plans')} ${listNames(holding.map(({ name }) => quote(name)))}: whoever sends it is refused.`,
        evidence: [
          { operation: 'GetApiKeys', field: `${key.id}.enabled`, value: 'false' },
          ...holding.map(({ id }) => ({ operation: 'GetUsagePlanKeys', field: id, value: key.id })),
        ],
        fix: [
          {
            step: 'Enable the key, if its holder should get in.',
            commands: [
              aws('apigateway', 'update-api-key', account.region, {
                apiKey: key.id,
                patchOperations: patches({ op: 'replace', path: '/enabled', value: 'true' }),
              }),
            ],
          },
        ],
      });
    }
  },
});
