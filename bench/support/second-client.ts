import { APIGatewayClient, GetStagesCommand, TooManyRequestsException } from '@aws-sdk/client-api-gateway';
import type { ClientSettings } from '../../lambda/collect/clients';

/** How clients reach the sandbox: over sockets, or in the process. */
export type Connection = Pick<ClientSettings, 'region' | 'credentials' | 'endpoint' | 'requestHandler'>;

export interface SecondClient {
  readonly calls: number;
  readonly throttled: number;
}

/** A tool of the account beside the audit: one call a second, never repeated, as a deployment makes them. */
export const runBeside = async (
  { connection, sleep }: { readonly connection: Connection; readonly sleep: (ms: number) => Promise<void> },
  goesOn: () => boolean,
): Promise<SecondClient> => {
  const { requestHandler, ...rest } = connection;
  const client = new APIGatewayClient({
    ...rest,
    ...(requestHandler === undefined ? {} : { requestHandler }),
    maxAttempts: 1,
  });
  let calls = 0;
  let throttled = 0;
  while (goesOn()) {
    calls += 1;
    try {
      // oxlint-disable-next-line eslint/no-await-in-loop -- one after the other is the point
      await client.send(new GetStagesCommand({ restApiId: 'api000000' }));
    } catch (error) {
      if (!(error instanceof TooManyRequestsException)) throw error;
      throttled += 1;
    }
    // oxlint-disable-next-line eslint/no-await-in-loop -- as above
    await sleep(1000);
  }
  client.destroy();
  return { calls, throttled };
};
