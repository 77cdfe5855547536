import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CheckpointName } from '../history/checkpoint';

/**
 * Asks Lambda to run this function once more, with what is left of a run. The event waits in Lambda's queue until this invocation
 * has ended: with one reserved concurrent run it is throttled until then, and Lambda tries it again from a second later on, for six
 * hours (docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
 */
export const invokeAgain = async (functionArn: string, name: CheckpointName): Promise<void> => {
  const client = new LambdaClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 5000, throwOnRequestTimeout: true },
  });
  try {
    await client.send(
      new InvokeCommand({
        FunctionName: functionArn,
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify({ action: 'continue', ...name })),
      }),
    );
  } finally {
    client.destroy();
  }
};
