import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AuditResult } from '../../../lambda/result';
import type { Emulator } from '../harness/emulator';

export interface DeployedFunction {
  /** @throws Error with what the function says, when it fails */
  audit(event: object): Promise<AuditResult>;
  /** Hands the event over and does not wait. */
  start(event: object): Promise<void>;
  close(): void;
}

const payload = (event: object): Buffer => Buffer.from(JSON.stringify(event));

export const deployedFunction = (emulator: Emulator, FunctionName: string): DeployedFunction => {
  const client = new LambdaClient(emulator.client());
  return {
    audit: async (event) => {
      const { Payload = new Uint8Array(), FunctionError } = await client.send(
        new InvokeCommand({ FunctionName, Payload: payload(event) }),
      );
      const answer = Buffer.from(Payload).toString();
      if (FunctionError !== undefined) throw new Error(`the function failed: ${answer}`);
      return JSON.parse(answer) as AuditResult;
    },
    start: async (event) => {
      await client.send(
        new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: payload(event) }),
      );
    },
    close: () => client.destroy(),
  };
};
