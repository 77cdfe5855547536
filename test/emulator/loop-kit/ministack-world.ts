import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { request } from 'node:http';
import type { Account } from '../../../lambda/model/account';
import { mapKnown } from '../../../lambda/model/known';
import { policyDocument } from '../../../lambda/collect/policy-document';
import { readPermissions } from '../../../lambda/collect/permissions';
import type { CommandLine } from '../command-line/command-line';
import { startMiniStack, type Credentials, type Emulator } from '../harness/emulator';
import type { Auditor } from './auditor';
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

const answerTo = (
  { url }: Emulator,
  { restApiId, stage, verb, path, headers, host }: Call,
  more: Readonly<Record<string, string>>,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const target = host === undefined ? `/_aws/execute-api/${restApiId}/${stage}${path}` : path;
    const sent = request(
      `${url}${target}`,
      { method: verb, headers: { ...headers, ...more, ...(host === undefined ? {} : { host }) } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const type = response.headers['x-amzn-errortype'];
          resolve({
            status: response.statusCode ?? 0,
            errorType: typeof type === 'string' ? (type.split(':')[0] ?? null) : null,
            body,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });

const AUDITOR = `
aws iam create-user --user-name auditor > user.json
aws iam put-user-policy --user-name auditor --policy-name reads --policy-document "$POLICY"
aws iam create-access-key --user-name auditor --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text`;

export interface MiniStackWorld extends World {
  /** Forgets everything, for the next loop. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export const startMiniStackWorld = async (
  commandLine: CommandLine,
  auditor: Auditor,
): Promise<MiniStackWorld> => {
  const emulator = await startMiniStack();
  const proxy = await startMendingProxy(emulator.url);
  const settings = emulator.client();
  const clients = {
    apiGateway: new APIGatewayClient({ ...settings, endpoint: proxy.url }),
    cognito: new CognitoIdentityProviderClient(settings),
    lambda: new LambdaClient(settings),
  };
  let auditorKeys: Credentials | null = null;
  const makeAuditor = async (): Promise<Credentials> => {
    const { code, out, err } = await commandLine.run(AUDITOR, {
      ...emulator.environment(),
      POLICY: JSON.stringify(auditorPolicy()),
    });
    const [accessKeyId = '', secretAccessKey = ''] = out.trim().split(/\s+/);
    if (code !== 0) throw new Error(`no auditor could be made: ${err}`);
    return { accessKeyId, secretAccessKey };
  };
  return {
    name: 'MiniStack',
    accountId: emulator.accountId,
    region: emulator.region,
    ...clients,
    // Loopback is no address that a policy for the internet may name.
    callers: '0.0.0.0/0',
    settling: 0,
    tags: {},
    send: async (call) => {
      const { apiKeyId } = call;
      if (apiKeyId === undefined) return answerTo(emulator, call, {});
      const { value = '' } = await clients.apiGateway.send(
        new GetApiKeyCommand({ apiKey: apiKeyId, includeValue: true }),
      );
      return answerTo(emulator, call, { 'x-api-key': value });
    },
    tokenEndpoint: () => `${emulator.url}/oauth2/token`,
    functionRole: () => Promise.resolve(`arn:aws:iam::${emulator.accountId}:role/function`),
    audit: async (restApiId) => {
      auditorKeys ??= await makeAuditor();
      const audited = await auditor.audit(emulator.region, restApiId, emulator.environment(auditorKeys));
      return { ...audited, account: servingDraft(audited.account) };
    },
    paste: async (commands) => {
      const { code, err } = await commandLine.run(commands.join('\n'), {
        ...emulator.environment(),
        AWS_ENDPOINT_URL: proxy.url,
      });
      return { code, err, standIns: proxy.standIns() };
    },
    isOwn: () => true,
    onCleanUp: () => undefined,
    cleanUp: () => Promise.resolve(),
    reset: async () => {
      auditorKeys = null;
      proxy.standIns();
      await emulator.reset();
    },
    stop: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await proxy.close();
      await emulator.stop();
    },
  };
};
