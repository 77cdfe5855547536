import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { readFileSync } from 'node:fs';
import type { Account } from '../../../lambda/model/account';
import { mapKnown } from '../../../lambda/model/known';
import type { Timers } from '../../../lambda/collect/pace';
import { policyDocument } from '../../../lambda/collect/policy-document';
import { openRegion } from '../../../lambda/collect/live';
import { readPermissions } from '../../../lambda/collect/permissions';
import { gatherAccount } from '../../../lambda/gather-account';
import type { CommandLine } from '../command-line/command-line';
import { startMiniStack, type Credentials, type Emulator } from '../harness/emulator';
import type { Auditor } from './auditor';
import { keepDeployedDrafts } from './deployed-drafts';
import { errorTypeOf, exchange } from './exchange';
import { signedHeaders } from './sign';
import { startMendingProxy } from './mending-proxy';
import type { Answer, Call, World } from './world';

/**
 * MiniStack serves the draft, and its exports and summaries show something else again. So the auditor is somebody who may read
 * neither: nothing of that false picture reaches it, and it has to say that it could not see what is deployed.
 */
const auditorPolicy = (): object => {
  const needed = policyDocument(
    readPermissions.filter(({ option }) => option === undefined),
    {},
  );
  return {
    ...needed,
    Statement: [
      ...needed.Statement,
      {
        Effect: 'Deny',
        Action: 'apigateway:GET',
        Resource: [
          'arn:aws:apigateway:*::/restapis/*/stages/*/exports/*',
          'arn:aws:apigateway:*::/restapis/*/deployments/*',
          'arn:aws:apigateway:*::/restapis/*/deployments',
        ],
      },
    ],
  };
};

/** What MiniStack serves is its draft: put that in place of what the auditor could not read. */
export const servingDraft = (account: Account): Account => ({
  ...account,
  restApis: mapKnown(account.restApis, (apis) =>
    apis.map((api) => ({
      ...api,
      stages: mapKnown(api.stages, (stages) => stages.map((stage) => ({ ...stage, snapshot: api.draft }))),
    })),
  ),
});

const answerTo = async (
  { url, region, port }: Emulator,
  { restApiId, stage, verb, path, headers, body = '', host }: Call,
  more: Readonly<Record<string, string>>,
  signer: Credentials | null,
  ca: Buffer | undefined,
): Promise<Answer> => {
  const target = host === undefined ? `/_aws/execute-api/${restApiId}/${stage}${path}` : path;
  const signature =
    signer !== null
      ? signedHeaders(signer, { verb, path: target, region, host: `127.0.0.1:${port}` }, new Date())
      : {};
  const received = await exchange(
    `${url}${target}`,
    {
      method: verb,
      body,
      headers: { ...headers, ...more, ...signature, ...(host === undefined ? {} : { host }) },
    },
    ca,
  );
  return { status: received.status, errorType: errorTypeOf(received), body: received.body };
};

const ROLE = `aws iam create-role --role-name function --query Role.Arn --output text --assume-role-policy-document \
'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`;

/** Makes a user with these permissions; prints its keys. */
const USER = `
aws iam create-user --user-name "$NAME" > user.json
aws iam put-user-policy --user-name "$NAME" --policy-name all --policy-document "$POLICY"
aws iam create-access-key --user-name "$NAME" --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text`;

/** Root's signatures are not checked, and policies do not hold it: who signs is a user. */
const callerPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
};

/** MiniStack has no quotas. */
const HURRIED: Timers = {
  now: () => performance.now() * 100,
  after: (milliseconds, run) => {
    setTimeout(run, milliseconds / 100);
  },
};

export interface MiniStackWorld extends World {
  /** Leads programs, and the SDK of this one, there as root. */
  readonly environment: Readonly<Record<string, string>>;
  /** Forgets everything, for the next loop; stages serve the draft, as MiniStack has it, or what was deployed to them, as AWS has it. */
  reset(serving?: 'draft' | 'deployed'): Promise<void>;
  stop(): Promise<void>;
}

/** Without TLS unless asked for: over TLS, MiniStack refuses the tokens of its own user pools. */
export const startMiniStackWorld = async (
  commandLine: CommandLine,
  auditor: Auditor,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<MiniStackWorld> => {
  const emulator = await startMiniStack({ tls });
  const ca = emulator.certificate === null ? undefined : readFileSync(emulator.certificate);
  const settings = emulator.client();
  let serving: 'draft' | 'deployed' = 'draft';
  const readDraft = (restApiId: string | null): Promise<Account> =>
    gatherAccount(
      openRegion({
        ...settings,
        requestHandler: {},
        endpoint: proxy.url,
        accountId: emulator.accountId,
        partition: 'aws',
        scannedRegions: [emulator.region],
        ...(restApiId === null ? {} : { restApiIds: [restApiId] }),
        clock: () => new Date(),
        timers: HURRIED,
      }),
    );
  const deployed = keepDeployedDrafts(readDraft);
  const proxy = await startMendingProxy(emulator, ca, async (restApiId, deploymentId) => {
    if (serving === 'deployed') await deployed.note(restApiId, deploymentId);
  });
  const clients = {
    apiGateway: new APIGatewayClient({ ...settings, endpoint: proxy.url, requestHandler: {} }),
    cognito: new CognitoIdentityProviderClient(settings),
    lambda: new LambdaClient(settings),
    cloudFront: new CloudFrontClient(settings),
    waf: new WAFV2Client(settings),
  };
  let role: string | null = null;
  const asRoot = async (script: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { code, out, err } = await commandLine.run(script, { ...emulator.environment(), ...more });
    if (code !== 0) throw new Error(`MiniStack cannot be prepared: ${err}`);
    return out;
  };
  const users = new Map<string, Promise<Credentials>>();
  const makeUser = async (NAME: string, policy: object): Promise<Credentials> => {
    const out = await asRoot(USER, { NAME, POLICY: JSON.stringify(policy) });
    const [accessKeyId = '', secretAccessKey = ''] = out.trim().split(/\s+/);
    return { accessKeyId, secretAccessKey };
  };
  const userOf = (name: string, policy: object): Promise<Credentials> => {
    const user = users.get(name) ?? makeUser(name, policy);
    users.set(name, user);
    return user;
  };
  return {
    name: 'MiniStack',
    accountId: emulator.accountId,
    region: emulator.region,
    ...clients,
    // Loopback is no address that a policy for the internet may name, nor one that a caller has: another of its half stands for it.
    sourceIp: '52.95.110.7',
    callers: '0.0.0.0/0',
    signer: `arn:aws:iam::${emulator.accountId}:user/caller`,
    settling: 0,
    tags: {},
    send: async (call) => {
      const { apiKeyId, signed = false } = call;
      const signer = signed ? await userOf('caller', callerPolicy) : null;
      if (apiKeyId === undefined) return answerTo(emulator, call, {}, signer, ca);
      const { value = '' } = await clients.apiGateway.send(
        new GetApiKeyCommand({ apiKey: apiKeyId, includeValue: true }),
      );
      return answerTo(emulator, call, { 'x-api-key': value }, signer, ca);
    },
    exchange: (url, sent) => exchange(url, sent, ca),
    tokenEndpoint: () => `${emulator.url}/oauth2/token`,
    signInPages: () => emulator.url,
    functionRole: async () => {
      role ??= (await asRoot(ROLE)).trim();
      return role;
    },
    audit: async (restApiId) => {
      const keys = await userOf('auditor', auditorPolicy());
      const audited = await auditor.audit(emulator.region, restApiId, emulator.environment(keys));
      return { ...audited, account: servingDraft(audited.account) };
    },
    read: async (restApiId) => deployed.serve(await readDraft(restApiId)),
    paste: async (commands) => {
      const { code, err } = await commandLine.run(commands.join('\n'), {
        ...emulator.environment(),
        AWS_ENDPOINT_URL: proxy.url,
      });
      return { code, err, standIns: proxy.standIns() };
    },
    isOwn: () => true,
    // A reset takes everything.
    own: () => undefined,
    spend: () => undefined,
    environment: emulator.environment(),
    reset: async (wanted = 'draft') => {
      serving = wanted;
      users.clear();
      role = null;
      proxy.standIns();
      deployed.forget();
      await emulator.reset();
    },
    stop: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await proxy.close();
      await emulator.stop();
    },
  };
};
