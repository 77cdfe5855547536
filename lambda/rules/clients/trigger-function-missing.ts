import { invocationOf, functionBehind } from '../../gateway/invoke-permission';
import { isKnown } from '../../model/known';
import { parseArn } from '../../model/arn';
import { addPermission } from '../function-fixes';
import { poolsInUse } from '../cognito-guards';
import { aws } from '../commands';
import { regionOf } from '../client-fixes';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, userPoolSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN } from '../verdict';

/** The triggers without which nobody who uses them signs in; the others run at sign-up, when a user moves in, or for messages. */
const AT_SIGN_IN: readonly string[] = [
  'PreAuthentication',
  'PostAuthentication',
  'PreTokenGeneration',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
];

export default deploymentRule({
  id: 'clients/trigger-function-missing',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  title: 'A trigger of a user pool calls a function that is missing or not allowed to run',
  why: 'Cognito calls the functions of its triggers during sign-in and before it issues tokens. When one does not exist, or its policy does not let Cognito invoke it for this pool, the sign-in fails and no token is issued. Triggers of sign-up, migration and messages fail only those.',
  fix: [
    'Let Cognito invoke the function for this pool; it is in force at once.',
    'Or put the function back, or take the trigger off the pool.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html',
  ],
  facts: ['CLI-21'],
  needs: ['userPools', 'functions'],

  *check(deployment, account) {
    const { userPools, functions } = account.slices;
    const { pools, gaps } = poolsInUse(deployment, userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, methods } of pools) {
      const subject = userPoolSubject(account, pool);
      for (const [trigger, arn] of Object.entries(pool.triggers)) {
        const entry = functionBehind(arn, functions, account);
        if (!isKnown(entry)) {
          yield cannotTell(subject, entry);
          continue;
        }
        const { configuration, policy } = entry.value;
        if (!isKnown(configuration)) {
          yield cannotTell(subject, configuration);
          continue;
        }
        const name = parseArn(arn)?.resource.replace(/^function:/, '') ?? arn;
        const always = AT_SIGN_IN.includes(trigger);
        const base = {
          subject,
          key: trigger,
          ...(always ? {} : { reach: 'possible' as const }),
          affected: affectedOf(deployment, methods),
        };
        const rest = always ? '' : ' Who is registered may sign in without it.';
        const triggerSet = {
          operation: 'DescribeUserPool',
          field: `LambdaConfig.${trigger}`,
          value: arn,
        };
        if (configuration.value === null) {
          yield flag({
            ...base,
            message: `The ${trigger} trigger of user pool ${quote(pool.name)} (${pool.id}) calls function ${name}, which does not exist.${rest}`,
            evidence: [
              triggerSet,
              { operation: 'GetFunctionConfiguration', field: 'error', value: 'ResourceNotFoundException' },
            ],
            fix: [
              {
                step: 'Put the function back under this name, or choose another one or none for the trigger in the console: UpdateUserPool resets every setting that is not sent.',
                commands: [
                  aws('cognito-idp', 'describe-user-pool', regionOf(pool), {
                    userPoolId: pool.id,
                    query: 'UserPool.LambdaConfig',
                  }),
                ],
              },
            ],
          });
          continue;
        }
        if (!isKnown(policy)) {
          yield cannotTell(subject, policy);
          continue;
        }
        const may = invocationOf(policy.value, {
          service: 'cognito-idp.amazonaws.com',
          sourceArn: pool.arn,
          sourceAccount: parseArn(pool.arn)?.accountId ?? account.accountId,
          functionArn: arn,
        });
        if (typeof may !== 'string') yield cannotTell(subject, may);
        if (may !== 'refused') continue;
        yield flag({
          ...base,
          message: `Cognito may not invoke function ${name}, which the ${trigger} trigger of user pool ${quote(pool.name)} (${pool.id}) calls.${rest}`,
          evidence: [
            triggerSet,
            {
              operation: 'GetPolicy',
              field: 'Policy',
              value:
                policy.value === null ? 'none' : 'no statement for cognito-idp.amazonaws.com and this pool',
            },
          ],
          fix: [
            {
              step: 'Let Cognito invoke the function for this pool. It is in force at once.',
              commands: [
                addPermission(arn, policy.value, {
                  statementId: `cognito-${pool.id}`,
                  principal: 'cognito-idp.amazonaws.com',
                  sourceArn: pool.arn,
                }),
              ],
            },
          ],
        });
      }
    }
  },
});
