import { isKnown } from '../../model/known';
import type { Stage } from '../../model/rest-api';
import { aws, patches } from '../commands';
import { deploymentRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { stageSubject } from '../subjects';
import { cannotTell, flag, UNEXPLAINED } from '../verdict';

/** The access log variables that tell why a call was refused (ORD-13). */
const TELLING =
  /\$context\.(?:(?:error|authorize|authenticate)\.|authorizer\.(?:error|status|integrationStatus))/;

const tellsWhy = (stage: Stage): boolean =>
  TELLING.test(stage.accessLogFormat ?? '') ||
  Object.values(stage.methodSettings).some(
    ({ loggingLevel }) => loggingLevel === 'ERROR' || loggingLevel === 'INFO',
  );

export default deploymentRule({
  id: 'observability/execution-logs-off',
  gate: 'integration',
  symptom: UNEXPLAINED,
  reach: 'possible',
  title: 'No log of the stage tells why a call was refused',
  why: 'A call that an authorizer refuses never reaches the backend, so its logs show nothing. The reason stands in the execution log, or in an access log whose format has $context.error.message, $context.error.responseType or the $context.authorize variables. Without these a 401 or 403 can only be guessed at.',
  fix: [
    'Turn on execution logs at the level ERROR. The account needs a CloudWatch role for API Gateway first.',
    'Or add $context.error.message and $context.error.responseType to the format of the access log.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html',
  ],
  facts: ['ORD-13', 'DEP-3'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    if (tellsWhy(stage)) return;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const types = deployment.methods.value.map(({ authorizationType }) => authorizationType);
    const guarded = types.some(
      (type) => isKnown(type) && (type.value === 'COGNITO_USER_POOLS' || type.value === 'CUSTOM'),
    );
    if (!guarded) {
      const gaps = types.flatMap((type) => (isKnown(type) ? [] : [type]));
      for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
      return;
    }
    yield flag({
      subject,
      affected: [],
      message: `Stage ${stage.name} has authorizers and writes no execution log${stage.accessLogFormat === null ? ' and no access log' : ', and its access log leaves the reason of a refusal out'}.`,
      evidence: [
        { operation: 'GetStages', field: 'methodSettings.loggingLevel', value: 'OFF' },
        { operation: 'GetStages', field: 'accessLogSettings.format', value: stage.accessLogFormat ?? 'none' },
      ],
      fix: [
        {
          step: 'Turn on execution logs at the level ERROR; it takes effect without a deployment. The account needs a CloudWatch role for API Gateway first, and a first method setting of the stage fills in the defaults of the others.',
          commands: [
            aws('apigateway', 'update-stage', account.region, {
              restApiId: api.id,
              stageName: stage.name,
              patchOperations: patches({ op: 'replace', path: '/*/*/logging/loglevel', value: 'ERROR' }),
            }),
          ],
        },
      ],
    });
  },
});
