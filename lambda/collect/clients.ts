import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { EC2Client } from '@aws-sdk/client-ec2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { isThrottle } from './aws-errors';
import type { Pacer } from './pace';
import { isOperation } from './permissions';
import type { CallCount } from './call-count';

/** Credentials as the SDK takes them; absent: the SDK's own chain. */
export type Credentials = NonNullable<STSClientConfig['credentials']>;

export interface ClientSettings {
  readonly region: string;
  readonly credentials?: Credentials;
  /** In place of AWS's own; `AWS_ENDPOINT_URL` needs no help from here. */
  readonly endpoint?: string;
  /** Attempts for each call. With pacing in front they are for faults and for other users of the same quota. */
  readonly attempts?: number;
  /** Milliseconds for one attempt. */
  readonly requestTimeout?: number;
  /** In place of connections, which have the time limits. */
  readonly requestHandler?: STSClientConfig['requestHandler'];
}

export interface Clients {
  readonly apiGateway: APIGatewayClient;
  readonly apiGatewayV2: ApiGatewayV2Client;
  readonly cloudFront: CloudFrontClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly ec2: EC2Client;
  readonly lambda: LambdaClient;
  readonly sts: STSClient;
  readonly waf: WAFV2Client;
}

/** What the SDK's middleware stack offers, as far as we use it. */
interface Attempts {
  remove(name: string): boolean;
  addRelativeTo(
    middleware: <A extends { readonly input: object }, R>(
      next: (args: A) => Promise<R>,
      context: { readonly commandName?: string },
    ) => (args: A) => Promise<R>,
    place: { readonly relation: 'after'; readonly toMiddleware: string; readonly name: string },
  ): void;
}

const poolOf = (input: object): string | undefined => {
  const pool: unknown = Reflect.get(input, 'UserPoolId');
  return typeof pool === 'string' ? pool : undefined;
};

/**
 * Inside the retry loop and before signing: every attempt waits for its turn and is counted, and a signature does not age in the queue.
 * What AWS refuses for its rate goes back into the queue, which the refusal has slowed down: the SDK's own wait would come on top of
 * that, and its budget for retries ends long before the queue does.
 */
const pace = (
  { middlewareStack }: { readonly middlewareStack: Attempts },
  pacer: Pacer,
  count: CallCount,
  attempts: number,
): void => {
  middlewareStack.addRelativeTo(
    (next, { commandName = '' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        if (!isOperation(operation)) throw new Error(`${operation} has no declared permission`);
        const of = poolOf(args.input);
        for (let attempt = 1; ; attempt += 1) {
          // oxlint-disable-next-line eslint/no-await-in-loop -- an attempt is made when the one before was refused
          await pacer.take(operation, of);
          count.attempt(operation);
          try {
            // oxlint-disable-next-line eslint/no-await-in-loop -- as above
            return await next(args);
          } catch (error) {
            if (!isThrottle(error)) throw error;
            pacer.throttled(operation, of);
            count.throttle();
            if (attempt >= attempts) throw error;
          }
        }
      },
    { relation: 'after', toMiddleware: 'retryMiddleware', name: 'pacing' },
  );
};

/** The SDK's retries, for faults that pass; refusals for the rate have been repeated already. */
class FaultRetries extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(
    ...[token, error]: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>
  ): ReturnType<StandardRetryStrategy['refreshRetryTokenForRetry']> {
    if (error.errorType === 'THROTTLING') throw new Error('the call was repeated often enough');
    return super.refreshRetryTokenForRetry(token, error);
  }
}

/** One client a service. Explicit time limits: the SDK's default waits for ever on a hung socket. */
export const makeClients = (settings: ClientSettings, pacer: Pacer, count: CallCount): Clients => {
  const { region, credentials, endpoint, attempts = 8, requestTimeout = 30_000 } = settings;
  const config = {
    region,
    retryStrategy: new FaultRetries(attempts),
    requestHandler: settings.requestHandler ?? {
      connectionTimeout: 5000,
      requestTimeout,
      throwOnRequestTimeout: true,
    },
    ...(credentials === undefined ? {} : { credentials }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const clients: Clients = {
    apiGateway: new APIGatewayClient(config),
    apiGatewayV2: new ApiGatewayV2Client(config),
    cloudFront: new CloudFrontClient(config),
    cognito: new CognitoIdentityProviderClient(config),
    ec2: new EC2Client(config),
    lambda: new LambdaClient(config),
    sts: new STSClient(config),
    waf: new WAFV2Client(config),
  };
  for (const client of Object.values(clients)) {
    pace(client, pacer, count, attempts);
    // It copies every answer for a log that nobody keeps.
    client.middlewareStack.remove('loggerMiddleware');
  }
  return clients;
};
