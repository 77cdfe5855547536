import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
} from '@aws-sdk/client-lambda';
import type { FunctionEntry } from '../model/account';
import { parseArn } from '../model/arn';
import { known, type Known } from '../model/known';
import type { Door } from './door';
import { policyText } from './policy-text';
import { optionalNumber, optionalText, text } from './shape';

/** A function's address in its parts. */
export interface FunctionName {
  readonly region: string;
  readonly accountId: string;
  /** ARN without qualifier. */
  readonly unqualifiedArn: string;
  /** Alias or version; `null`: the unqualified function. */
  readonly qualifier: string | null;
}

export const parseFunctionArn = (arn: string): FunctionName | null => {
  const parsed = parseArn(arn);
  if (parsed?.service !== 'lambda') return null;
  const [kind, name, qualifier = null, ...rest] = parsed.resource.split(':');
  if (kind !== 'function' || name === undefined || name === '' || rest.length > 0) return null;
  const { partition, region, accountId } = parsed;
  return {
    region,
    accountId,
    unqualifiedArn: `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
    qualifier: qualifier === '' ? null : qualifier,
  };
};

/** The function's ARN inside an authorizer's URI (LAM-16), qualifier included; `null`: it is of another form. */
export const functionArnOf = (authorizerUri: string): string | null =>
  /:lambda:path\/[^/]+\/functions\/(arn:[^/]+)\/invocations$/.exec(authorizerUri)?.[1] ?? null;

const qualified = ({ unqualifiedArn, qualifier }: FunctionName) => ({
  FunctionName: unqualifiedArn,
  ...(qualifier === null ? {} : { Qualifier: qualifier }),
});

/** State and runtime alone; the answer's environment variables end here. */
const findConfiguration = (
  door: Door,
  arn: string,
  name: FunctionName,
): Promise<FunctionEntry['configuration']> =>
  door.find({
    operation: 'GetFunctionConfiguration',
    of: `function ${arn}`,
    absent: 'ResourceNotFoundException',
    send: ({ lambda }) => lambda.send(new GetFunctionConfigurationCommand(qualified(name))),
    take: ({ State, LastUpdateStatus, Runtime }) => ({
      state: text(State, 'State'),
      lastUpdateStatus: optionalText(LastUpdateStatus, 'LastUpdateStatus'),
      runtime: optionalText(Runtime, 'Runtime'),
    }),
  });

/** "Not found" is also how Lambda says that there is no policy. */
const findPolicy = (door: Door, arn: string, name: FunctionName): Promise<Known<string | null>> =>
  door.find({
    operation: 'GetPolicy',
    of: `function ${arn}`,
    absent: 'ResourceNotFoundException',
    send: ({ lambda }) => lambda.send(new GetPolicyCommand(qualified(name))),
    take: ({ Policy }) => policyText(text(Policy, 'Policy')),
  });

const findConcurrency = (door: Door, arn: string, name: FunctionName): Promise<Known<number | null>> =>
  door.find({
    operation: 'GetFunctionConcurrency',
    of: `function ${arn}`,
    absent: 'ResourceNotFoundException',
    send: ({ lambda }) =>
      lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name.unqualifiedArn })),
    take: ({ ReservedConcurrentExecutions }) =>
      optionalNumber(ReservedConcurrentExecutions, 'ReservedConcurrentExecutions'),
  });

/** A function by the ARN it is called with, in the door's region. */
export const readFunction = async (door: Door, arn: string, name: FunctionName): Promise<FunctionEntry> => {
  const configuration = await findConfiguration(door, arn, name);
  if (configuration.state === 'known' && configuration.value === null) {
    return { arn, configuration, policy: known(null), reservedConcurrency: known(null) };
  }
  const [policy, reservedConcurrency] = await Promise.all([
    findPolicy(door, arn, name),
    findConcurrency(door, arn, name),
  ]);
  // Without the configuration, "not found" may speak of the policy or of the whole function.
  const ambiguous = configuration.state === 'unreadable' && policy.state === 'known' && policy.value === null;
  return { arn, configuration, policy: ambiguous ? configuration : policy, reservedConcurrency };
};
