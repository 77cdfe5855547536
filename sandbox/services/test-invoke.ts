import {
  TestInvokeAuthorizer$,
  type Authorizer,
  type TestInvokeAuthorizerCommandInput,
  type TestInvokeAuthorizerCommandOutput,
} from '@aws-sdk/client-api-gateway';
import type { Stored } from '../account-file';
import { operation, type Context, type Operation } from '../service';
import { AwsError } from '../wire/aws-error';
import { restApiOf } from './api-gateway-support';

type Answer = Stored<Omit<TestInvokeAuthorizerCommandOutput, '$metadata'>>;

/** `method.request.header.Authorization` to the header's value. */
const headerOf = (source: string | undefined, headers: Readonly<Record<string, string>>): string => {
  const name = source
    ?.split(',')[0]
    ?.trim()
    .replace(/^method\.request\.header\./, '')
    .toLowerCase();
  return Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1] ?? '';
};

const payloadOf = (jwt: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const refused: Answer = { clientStatus: 401, latency: 1, log: 'Unauthorized request' };

/** TST-1, TST-2: an ID token of one of the pools that has not expired; nobody signs tokens here, so signatures are not checked. */
const ofPools = ({ providerARNs = [] }: Stored<Authorizer>, value: string, now: number): Answer => {
  const claims = payloadOf(value.replace(/^bearer\s+/i, ''));
  const issuers = providerARNs.map((arn) => {
    const [, , , region = '', , resource = ''] = arn.split(':');
    return `https://cognito-idp.${region}.amazonaws.com/${resource.replace('userpool/', '')}`;
  });
  const holds =
    claims['token_use'] === 'id' &&
    issuers.some((issuer) => issuer === claims['iss']) &&
    typeof claims['exp'] === 'number' &&
    claims['exp'] * 1000 > now;
  if (!holds) return refused;
  const told = Object.fromEntries(Object.entries(claims).map(([name, claim]) => [name, String(claim)]));
  return { clientStatus: 200, latency: 1, log: 'Authorizer claims', claims: told };
};

/** Functions do not run here: they behave as the one in AWS's guide, by the token's text. */
const ofFunction = (value: string): Answer => {
  const effect = value === 'allow' ? 'Allow' : value === 'deny' ? 'Deny' : null;
  if (value === '' || value === 'unauthorized') return refused;
  if (effect === null) return { clientStatus: 500, latency: 1, log: 'Execution failed' };
  const statement = { Action: 'execute-api:Invoke', Effect: effect, Resource: '*' };
  return {
    clientStatus: 200,
    latency: 1,
    log: 'Using valid authorizer policy',
    principalId: 'user',
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  };
};

const answer = (input: TestInvokeAuthorizerCommandInput, context: Context): Answer => {
  const authorizer = restApiOf(input.restApiId, context).authorizers.find(
    ({ id }) => id === input.authorizerId,
  );
  if (authorizer === undefined) {
    throw new AwsError('NotFoundException', 404, 'Invalid Authorizer identifier specified');
  }
  const value = headerOf(authorizer.identitySource, input.headers ?? {});
  return authorizer.type === 'COGNITO_USER_POOLS'
    ? ofPools(authorizer, value, context.now())
    : ofFunction(value);
};

/** The console's "Test" of an authorizer: of the draft, whatever is deployed (TST-4). */
export const TEST_INVOKE_OPERATIONS: readonly Operation[] = [
  operation<TestInvokeAuthorizerCommandInput, TestInvokeAuthorizerCommandOutput>(
    TestInvokeAuthorizer$,
    answer,
  ),
];
