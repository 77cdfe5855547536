import {
  GetAlias$,
  GetFunctionConcurrency$,
  GetFunctionConfiguration$,
  GetPolicy$,
  Invoke$,
  LambdaClient,
  type AliasConfiguration,
  type GetAliasCommandInput,
  type GetAliasCommandOutput,
  type GetFunctionConcurrencyCommandInput,
  type GetFunctionConcurrencyCommandOutput,
  type GetFunctionConfigurationCommandInput,
  type GetFunctionConfigurationCommandOutput,
  type GetPolicyCommandInput,
  type GetPolicyCommandOutput,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda';
import { createHash } from 'node:crypto';
import type { ParsedRegion, Stored } from '../account-file';
import { operation, type Context, type Service } from '../service';
import { AwsError } from '../wire/aws-error';

type LambdaFunction = ParsedRegion['functions'][number];

interface Address {
  readonly FunctionName: string | undefined;
  readonly Qualifier?: string | undefined;
}

/** `NAME`, `NAME:QUALIFIER`, `ACCOUNT:function:NAME` or an ARN, qualified or not. */
const NAME = /^(?:(?:arn:[^:]+:lambda:[^:]+:)?\d{12}:function:)?([\w-]+)(?::([\w$-]+))?$/;

const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', 404, message);

interface Found {
  readonly fn: LambdaFunction;
  /** `$LATEST` when none is named. */
  readonly qualifier: string;
  readonly arn: string;
}

const LATEST = '$LATEST';

const functionOf = ({ FunctionName = '', Qualifier }: Address, context: Context): Found => {
  const [, name, suffix] = NAME.exec(FunctionName) ?? [];
  const qualifier = Qualifier ?? suffix ?? LATEST;
  const { account, regionName, region } = context;
  const unqualified = `arn:${account.partition}:lambda:${regionName}:${account.accountId}:function:${name}`;
  const arn = qualifier === LATEST ? unqualified : `${unqualified}:${qualifier}`;
  const named = FunctionName.startsWith('arn:') ? FunctionName.split(':').slice(0, 7).join(':') : unqualified;
  const fn = region.functions.find(({ FunctionArn }) => FunctionArn === named);
  if (fn === undefined || (qualifier !== LATEST && fn.aliases[qualifier] === undefined)) {
    throw notFound(`Function not found: ${arn}`);
  }
  return { fn, qualifier, arn };
};

const revisionOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 36);

const aliasOf = ({ fn, qualifier, arn }: Found): Stored<AliasConfiguration> => ({
  AliasArn: arn,
  Name: qualifier,
  ...fn.aliases[qualifier],
});

interface InvokeOutput {
  readonly StatusCode: number;
}

export const LAMBDA: Service = {
  name: 'lambda',
  signingName: 'lambda',
  iamPrefix: 'lambda',
  protocol: 'rest-json',
  client: new LambdaClient({ region: 'us-east-1' }),
  denied: { code: 'AccessDeniedException', status: 403 },
  throttled: { code: 'TooManyRequestsException', status: 429, message: 'Rate exceeded' },
  operations: [
    operation<GetPolicyCommandInput, GetPolicyCommandOutput>(GetPolicy$, (input, context) => {
      const { fn, qualifier } = functionOf(input, context);
      const policy = fn.policies[qualifier];
      if (policy === undefined) throw notFound('The resource you requested does not exist.');
      const text = JSON.stringify(policy);
      return { Policy: text, RevisionId: revisionOf(text) };
    }),
    operation<GetFunctionConfigurationCommandInput, GetFunctionConfigurationCommandOutput>(
      GetFunctionConfiguration$,
      (input, context) => {
        const { fn, qualifier, arn } = functionOf(input, context);
        return {
          FunctionName: arn.split(':')[6],
          Version: fn.aliases[qualifier]?.FunctionVersion ?? LATEST,
          ...fn.configuration,
          FunctionArn: arn,
        };
      },
    ),
    operation<GetFunctionConcurrencyCommandInput, GetFunctionConcurrencyCommandOutput>(
      GetFunctionConcurrency$,
      (input, context) => {
        const { concurrency } = functionOf(input, context).fn;
        return concurrency === undefined ? {} : { ReservedConcurrentExecutions: concurrency };
      },
    ),
    operation<GetAliasCommandInput, GetAliasCommandOutput>(GetAlias$, ({ FunctionName, Name }, context) =>
      aliasOf(functionOf({ FunctionName, Qualifier: Name }, context)),
    ),
    // Only asynchronous invocations: nothing runs here that could answer a synchronous one.
    operation<InvokeCommandInput, InvokeOutput>(Invoke$, (input, context) => {
      const { arn } = functionOf(input, context);
      if (input.InvocationType !== 'Event') {
        throw new AwsError(
          'InvalidParameterValueException',
          400,
          'The sandbox takes InvocationType Event only',
        );
      }
      const payload = Buffer.from((input.Payload as Uint8Array | undefined) ?? []).toString();
      context.invocations.push({ functionName: arn, type: 'Event', payload });
      return { StatusCode: 202 };
    }),
  ],
};
