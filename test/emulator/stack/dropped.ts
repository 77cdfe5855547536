import { GetFunctionConcurrencyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetBucketLifecycleConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import type { Emulator } from '../harness/emulator';
import type { Deployed, Template } from './deploy';

const propertyOf = (template: Template, type: string, name: string): unknown =>
  Object.values(template).find(({ Type, Properties = {} }) => Type === type && name in Properties)
    ?.Properties?.[name];

/** A property that the template sets and MiniStack 1.5.33 takes without a word and forgets. */
export interface Dropped {
  readonly property: string;
  /** What the template asks for. */
  readonly wanted: unknown;
  /** What is there after the deployment. */
  readonly found: unknown;
}

/** Not shown by the deployment: held on the template instead. */
export const droppedProperties = async (
  emulator: Emulator,
  template: Template,
  { functionName, historyBucket }: Deployed,
): Promise<readonly Dropped[]> => {
  const lambda = new LambdaClient(emulator.client());
  const s3 = new S3Client({ ...emulator.client(), forcePathStyle: true });
  try {
    const concurrency = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName }));
    const lifecycle = await s3
      .send(new GetBucketLifecycleConfigurationCommand({ Bucket: historyBucket }))
      .then(({ Rules }) => Rules?.map(({ ID }) => ID))
      .catch((error: Error) => error.name);
    const rules = propertyOf(template, 'AWS::S3::Bucket', 'LifecycleConfiguration') as {
      readonly Rules: readonly { readonly Id: string }[];
    };
    return [
      {
        property: 'AWS::Lambda::Function ReservedConcurrentExecutions',
        wanted: propertyOf(template, 'AWS::Lambda::Function', 'ReservedConcurrentExecutions'),
        found: concurrency.ReservedConcurrentExecutions ?? 'none',
      },
      {
        property: 'AWS::S3::Bucket LifecycleConfiguration',
        wanted: rules.Rules.map(({ Id }) => Id),
        found: lifecycle,
      },
    ];
  } finally {
    lambda.destroy();
    s3.destroy();
  }
};
