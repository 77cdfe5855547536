import { functionArnOf, functionBehind } from '../../gateway/invoke-permission';
import { isKnown, unreadable } from '../../model/known';
import { parseArn } from '../../model/arn';
import { resolveVariables } from '../../model/stage-variables';
import { guardsOf } from '../cognito-guards';
import { aws } from '../commands';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import {
  BUILT_IN_500,
  AUTHORIZER_CONFIGURATION_ERROR,
  cannotTell,
  flag,
  type FixStep,
  type Reach,
} from '../verdict';

interface Fault {
  readonly reach: Reach;
  readonly says: string;
  readonly evidence: { readonly operation: string; readonly field: string; readonly value: string };
  readonly fix: FixStep;
}

const nameOf = (arn: string): string => parseArn(arn)?.resource.replace(/^function:/, '') ?? arn;

const describe = (arn: string): string =>
  aws('lambda', 'get-function-configuration', parseArn(arn)?.region ?? null, {
    functionName: arn,
    query: '[State,StateReason,LastUpdateStatus]',
  });

const missing = (arn: string): Fault => ({
  reach: 'every-call',
  says: `does not exist${/^function:[^:]+:/.test(parseArn(arn)?.resource ?? '') ? ', or has no such version or alias' : ''}`,
  evidence: {
    operation: 'GetFunctionConfiguration',
    field: 'error',
    value: 'ResourceNotFoundException',
  },
  fix: {
    step: 'Put the function (or its alias) back under this name, or set another one on the authorizer and deploy the API to the stage.',
    commands: [],
  },
});

/** Only Failed lasts (MIS-22): a call to an inactive function fails and wakes it, the other states are on their way to somewhere. */
const notActive = (arn: string, state: string): Fault => ({
  reach: state === 'Failed' ? 'every-call' : 'some-calls',
  says: `is in state ${state}`,
  evidence: { operation: 'GetFunctionConfiguration', field: 'State', value: state },
  fix: {
    step: 'See why the function is not Active. An inactive one is woken by the next call, which fails; a failed one has to be updated or made anew.',
    commands: [describe(arn)],
  },
});

const switchedOff = (arn: string): Fault => ({
  reach: 'every-call',
  says: 'has a reserved concurrency of 0, which stops every invocation',
  evidence: {
    operation: 'GetFunctionConcurrency',
    field: 'ReservedConcurrentExecutions',
    value: '0',
  },
  fix: {
    step: 'Remove the reserved concurrency of the function. It is in force at once.',
    commands: [
      aws('lambda', 'delete-function-concurrency', parseArn(arn)?.region ?? null, {
        functionName: arn.replace(/^((?:[^:]*:){6}[^:]*):.*$/, '$1'),
      }),
    ],
  },
});

export default deploymentRule({
  id: 'lambda-authorizer/function-missing',
  gate: 'authorization',
  symptom: AUTHORIZER_CONFIGURATION_ERROR,
  otherwise: BUILT_IN_500,
  reach: 'every-call',
  title: 'The function of a Lambda authorizer is missing or cannot run',
  why: 'API Gateway asks the function before it admits a call. Without the function, its alias, or any concurrency to run it there is no answer, and the caller meets 500, or what the gateway responses make of it. Of the states that are not Active only Failed lasts: the call to an inactive function fails and wakes it, and one that is being made is ready soon.',
  fix: [
    'Put the function or alias back, or give it concurrency again.',
    'Or set another function on the authorizer, and deploy the API to the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html',
  ],
  facts: ['LAM-14', 'LAM-16', 'MSG-23', 'MSG-24', 'MIS-21', 'MIS-22'],
  needs: ['functions'],

  *check(deployment, account) {
    const { api, variables } = deployment;
    const { guards, gaps } = guardsOf(deployment, 'CUSTOM');
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods } of guards) {
      const subject = authorizerSubject(account, api, authorizer);
      const uri = authorizer.uri === null ? '' : resolveVariables(authorizer.uri, variables);
      // An undefined variable is authorizers/stage-variable-undefined.
      if (uri === null) continue;
      const arn = functionArnOf(uri);
      if (arn === null) {
        yield cannotTell(
          subject,
          unreadable({
            because: 'unsupported',
            operation: 'GetAuthorizers',
            subject: `authorizer ${authorizer.name} of ${api.name} (${api.id})`,
            detail: `the URI of authorizer ${authorizer.name} does not say which function it calls`,
          }),
        );
        continue;
      }
      const entry = functionBehind(arn, account.slices.functions, account);
      if (!isKnown(entry)) {
        yield cannotTell(subject, entry);
        continue;
      }
      const { configuration, reservedConcurrency } = entry.value;
      if (!isKnown(configuration)) {
        yield cannotTell(subject, configuration);
        continue;
      }
      let fault: Fault | null = null;
      if (configuration.value === null) fault = missing(arn);
      else if (isKnown(reservedConcurrency) && reservedConcurrency.value === 0) fault = switchedOff(arn);
      else if (configuration.value.state !== 'Active') fault = notActive(arn, configuration.value.state);
      else if (!isKnown(reservedConcurrency)) yield cannotTell(subject, reservedConcurrency);
      if (fault === null) continue;
      yield flag({
        // The function, not the authorizer: one deleted function behind several APIs is one cause.
        subject: { arn, label: `function ${nameOf(arn)}`, region: account.region },
        reach: fault.reach,
        affected: affectedOf(deployment, methods),
        message: `Function ${nameOf(arn)}, which authorizer ${quote(authorizer.name)} asks, ${fault.says}.`,
        evidence: [{ operation: 'GetAuthorizers', field: 'authorizerUri', value: uri }, fault.evidence],
        fix: [fault.fix],
      });
    }
  },
});
