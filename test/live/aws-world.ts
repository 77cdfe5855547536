import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { LambdaClient } from '@aws-sdk/client-lambda';

import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { randomUUID } from 'node:crypto';
import type { CommandLine } from '../emulator/command-line/command-line';
import type { Auditor } from '../emulator/loop-kit/auditor';
import { errorTypeOf, exchange } from '../emulator/loop-kit/exchange';
import { signedHeaders } from '../emulator/loop-kit/sign';
import type { World } from '../emulator/loop-kit/world';
import { startCleanUp } from './clean-up';
import type { Spent } from './cost';
import { checkAccount, type LiveSettings } from './settings';

export interface AwsWorld extends World {
  /** Deletes what was made; answers what is left. */
  cleanUp(): Promise<readonly string[]>;
  spent(): Spent;
}

/** Changes reach the callers of a stage within this time, and seconds usually. */
const SETTLING = 120_000;

const ROLE = `aws iam create-role --role-name "$NAME" --tags Key=api-auth-auditor,Value="$RUN" --query Role.Arn --output text \\
  --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`;

/**
 * The principal of the environment's credentials.
 *
 * @throws LiveRefused when they are of another account than was named.
 */
export const identify = async ({ accountId, region }: LiveSettings): Promise<string> => {
  const caller = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  checkAccount({ accountId }, caller.Account);
  return caller.Arn ?? '';
};

/** A real account, by the credentials of the environment, which are of this principal. */
export const openAwsWorld = async (
  { accountId, region }: LiveSettings,
  signer: string,
  commandLine: CommandLine,
  auditor: Auditor,
): Promise<AwsWorld> => {
  const settings = { region, retryMode: 'adaptive', maxAttempts: 10 };
  const run = randomUUID();
  const clients = {
    apiGateway: new APIGatewayClient(settings),
    cognito: new CognitoIdentityProviderClient(settings),
    lambda: new LambdaClient(settings),
    cloudFront: new CloudFrontClient(settings),
    waf: new WAFV2Client(settings),
  };
  /** The command line has no home folder here, so profiles are resolved by the SDK. */
  const environment = async (): Promise<Readonly<Record<string, string>>> => {
    const { accessKeyId, secretAccessKey, sessionToken } = await clients.apiGateway.config.credentials();
    return {
      PATH: process.env['PATH'] ?? '',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    };
  };
  const bash = async (script: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { code, out, err } = await commandLine.run(script, { ...(await environment()), ...more });
    if (code !== 0) throw new Error(`${script.trim().split('\n')[0] ?? ''}: ${err}`);
    return out.trim();
  };
  const sourceIp = (await exchange('https://checkip.amazonaws.com/', { method: 'GET' })).body.trim();
  const cleanUp = startCleanUp();
  const owned = new Set<string>();
  const spent = { calls: 0, machineTokens: 0, invocations: 0, webAcls: 0 };
  let role: string | null = null;

  const own: World['own'] = (id, undo) => {
    owned.add(id);
    cleanUp.add(id, undo);
  };
  return {
    name: 'AWS',
    accountId,
    region,
    ...clients,
    sourceIp,
    callers: `${sourceIp}/32`,
    signer,
    settling: SETTLING,
    tags: { 'api-auth-auditor': run },
    send: async ({ restApiId, stage, verb, path, headers, body = '', host, openedFor, signed, apiKeyId }) => {
      spent.calls += 1;
      spent.invocations += 1;
      const own = `${restApiId}.execute-api.${region}.amazonaws.com`;
      const target = host === undefined ? `/${stage}${path}` : path;
      const { value } =
        apiKeyId === undefined
          ? { value: undefined }
          : await clients.apiGateway.send(new GetApiKeyCommand({ apiKey: apiKeyId, includeValue: true }));
      const at = { verb, host: host ?? own, path: target, region };
      const received = await exchange(`https://${host ?? own}${target}`, {
        method: verb,
        body,
        ...(openedFor === undefined ? {} : { servername: openedFor }),
        headers: {
          ...headers,
          ...(value === undefined ? {} : { 'x-api-key': value }),
          ...(signed === true
            ? signedHeaders(await clients.apiGateway.config.credentials(), at, new Date())
            : {}),
        },
      });
      return { status: received.status, errorType: errorTypeOf(received), body: received.body };
    },
    exchange: (url, sent) => exchange(url, sent),
    tokenEndpoint: (prefix) => {
      spent.machineTokens += 1;
      return `https://${prefix}.auth.${region}.amazoncognito.com/oauth2/token`;
    },
    signInPages: (prefix) => `https://${prefix}.auth.${region}.amazoncognito.com`,
    functionRole: async () => {
      if (role !== null) return role;
      const NAME = `api-auth-auditor-loop-${run}`;
      role = await bash(ROLE, { NAME, RUN: run });
      own(NAME, () => bash('aws iam delete-role --role-name "$NAME"', { NAME }));
      return role;
    },
    audit: async (restApiId) => auditor.audit(region, restApiId, await environment()),
    read: async (restApiId) => (await auditor.audit(region, restApiId, await environment())).account,
    paste: async (commands) => {
      const { code, err } = await commandLine.run(commands.join('\n'), await environment());
      return { code, err, standIns: [] };
    },
    own,
    // Functions are named by their ARNs as well.
    isOwn: (id) => owned.has(id) || owned.has(id.split(':').at(-1) ?? ''),
    cleanUp: async () => {
      role = null;
      return cleanUp.run();
    },
    spend: (what) => {
      spent[what] += 1;
    },
    spent: () => spent,
  };
};
