import { isKnown } from '../../model/known';
import { aws, patches } from '../commands';
import { keyedMethods, methodsRead } from '../keyed-methods';
import { onlyOf } from '../only';
import { agree, listMethods, listNames, plural, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, INVALID_API_KEY, type FixStep } from '../verdict';

const enable = (keyId: string, region: string): FixStep => ({
  step: 'Enable the key, if it was not switched off on purpose; it takes effect within minutes, without a deployment.',
  commands: [
    aws('apigateway', 'update-api-key', region, {
      apiKey: keyId,
      patchOperations: patches({ op: 'replace', path: '/enabled', value: 'true' }),
    }),
  ],
});

const addKey = (planId: string, region: string): FixStep => ({
  step: 'Create an enabled key and add it to the usage plan, or add a key that callers already hold.',
  commands: [
    `KEY_ID=$(${aws('apigateway', 'create-api-key', region, {
      name: '<KEY_NAME>',
      enabled: true,
      query: 'id',
      output: 'text',
    })})`,
    `${aws('apigateway', 'create-usage-plan-key', region, {
      usagePlanId: planId,
      keyType: 'API_KEY',
    })} --key-id "$KEY_ID"`,
  ],
});

export default deploymentRule({
  id: 'api-keys/usage-plan-without-enabled-key',
  gate: 'api-key',
  symptom: INVALID_API_KEY,
  reach: 'every-call',
  title: 'The usage plans of the stage hold no enabled API key',
  why: 'A call to a method that needs a key passes with an enabled key of a usage plan that covers the stage. When the plans hold no key, or only disabled ones, there is no such key. The command line and the SDK make keys disabled unless told otherwise.',
  fix: [
    'Enable a key of the plan, or add an enabled key to it.',
    'Or turn off "API key required" on the methods and deploy the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-setup-api-key-with-console.html',
  ],
  facts: ['KEY-1', 'KEY-3', 'KEY-5', 'KEY-9'],
  needs: ['usagePlans', 'apiKeys'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const { usagePlans, apiKeys } = account.slices;
    const subject = stageSubject(account, api, stage);
    const plans = usagePlans.filter(({ apiStages }) =>
      apiStages.some((one) => one.restApiId === api.id && one.stage === stage.name),
    );
    if (plans.length === 0) return;
    const { keyed, untold } = keyedMethods(deployment, subject);
    yield* untold;
    if (keyed.length === 0) return;

    const disabledIds = new Set(apiKeys.filter((key) => !key.enabled).map((key) => key.id));
    const held = new Set(plans.flatMap(({ keyIds }) => (isKnown(keyIds) ? keyIds.value : [])));
    // A key that the list of keys lacks was made while we read: it may well be enabled.
    if ([...held].some((id) => !disabledIds.has(id))) return;
    const unread = plans.map(({ keyIds }) => keyIds).find((keyIds) => !isKnown(keyIds));
    if (unread !== undefined && !isKnown(unread)) {
      yield cannotTell(subject, unread);
      return;
    }
    const names = listNames(plans.map(({ name }) => quote(name)));
    const holds =
      held.size === 0
        ? 'no key'
        : held.size === 1
          ? 'only a disabled key'
          : `only ${plural(held.size, 'disabled key')}`;
    yield flag({
      subject,
      affected: affectedOf(deployment, keyed),
      message: `${listMethods(keyed)} ${agree(keyed.length, 'needs', 'need')} an API key; usage ${agree(plans.length, 'plan', 'plans')} ${names} of stage ${stage.name} ${agree(plans.length, 'holds', 'hold')} ${holds}.`,
      evidence: [
        {
          operation: 'GetUsagePlanKeys',
          field: 'items',
          value: held.size === 0 ? '[]' : [...held].join(', '),
        },
        ...[...held].map((id) => ({ operation: 'GetApiKeys', field: `${id}.enabled`, value: 'false' })),
        { operation: methodsRead(deployment), field: 'apiKeyRequired', value: 'true' },
      ],
      fix: [
        held.size === 0
          ? addKey(onlyOf(plans)?.id ?? '<USAGE_PLAN_ID>', account.region)
          : enable(onlyOf(held) ?? '<API_KEY_ID>', account.region),
      ],
    });
  },
});
