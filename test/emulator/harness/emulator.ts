import { readFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { Agent, request as requestTls } from 'node:https';
import { join } from 'node:path';
import { programPath } from './python-tools';
import { freePort, supervise, untilReady, type Supervised } from './supervised';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What every client of the SDK takes. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly requestHandler: { readonly httpsAgent?: Agent };
}

/** An AWS that somebody else wrote, on loopback. */
export interface Emulator {
  readonly url: string;
  readonly port: number;
  readonly accountId: string;
  readonly region: string;
  /** The authority that signed the endpoint's certificate: a PEM file; `null` without TLS. */
  readonly certificate: string | null;
  /** May do anything; its signatures are not checked. */
  readonly root: Credentials;
  /** Settings for a client of the SDK; as root unless somebody else is named. */
  client(credentials?: Credentials): ClientSettings;
  /** The whole environment of a program that is to talk to it: the CDK, the AWS command line, ours. */
  environment(credentials?: Credentials): Readonly<Record<string, string>>;
  /** Forgets everything that was made. */
  reset(): Promise<void>;
  /** The last of what it printed. */
  log(): string;
  stop(): Promise<void>;
}

export const ACCOUNT_ID = '111122223333';
export const REGION = 'us-east-1';

const ROOT: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const call = (
  url: string,
  { method = 'GET', ca }: { readonly method?: string; readonly ca?: Buffer | undefined } = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { method, timeout: 5000, ...(ca === undefined ? {} : { ca }) };
    const request = (url.startsWith('https:') ? requestTls : requestPlain)(url, options, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode < 400) resolve(body);
        else reject(new Error(`${method} ${url} answered ${statusCode}: ${body.slice(0, 200)}`));
      });
    });
    request.on('timeout', () => request.destroy(new Error(`${method} ${url} did not answer`)));
    request.on('error', reject);
    request.end();
  });

const emulatorAt = (
  server: Supervised,
  {
    url,
    port,
    certificate,
    resetPath,
  }: Pick<Emulator, 'url' | 'port' | 'certificate'> & { resetPath: string },
): Emulator => {
  const ca = certificate === null ? undefined : readFileSync(certificate);
  const httpsAgent = ca === undefined ? undefined : new Agent({ ca, keepAlive: true });
  return {
    url,
    port,
    accountId: ACCOUNT_ID,
    region: REGION,
    certificate,
    root: ROOT,
    client: (credentials = ROOT) => ({
      endpoint: url,
      region: REGION,
      credentials,
      requestHandler: httpsAgent === undefined ? {} : { httpsAgent },
    }),
    environment: ({ accessKeyId, secretAccessKey } = ROOT) => ({
      PATH: process.env['PATH'] ?? '',
      HOME: server.folder,
      TMPDIR: server.folder,
      NO_COLOR: '1',
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      ...(certificate === null ? {} : { AWS_CA_BUNDLE: certificate, NODE_EXTRA_CA_CERTS: certificate }),
    }),
    reset: async () => {
      await call(`${url}${resetPath}`, { method: 'POST', ca });
    },
    log: () => server.log(),
    stop: async () => {
      httpsAgent?.destroy();
      await server.stop();
    },
  };
};

interface Health {
  readonly auth?: string;
  readonly version?: string;
  /** Listens only where the `cryptography` package is there. */
  readonly iot_mtls?: string;
}

const certificateIn = (folder: string): string => join(folder, 'ministack-tls', 'server.crt');

/**
 * MiniStack with signatures and permissions enforced and tokens that are really signed: it refuses to be used without. Over
 * TLS it takes port 443 of loopback as well where that is free. Functions run in local processes, which inherit `NODE_EXTRA_CA_CERTS` from here.
 */
export const startMiniStack = async ({ tls = false }: { readonly tls?: boolean } = {}): Promise<Emulator> => {
  const [port, mqttPort] = [await freePort(), await freePort()];
  const server = supervise('ministack', [programPath('ministack')], (folder) => ({
    AUTH: 'true',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    IOT_MTLS_PORT: String(mqttPort),
    MINISTACK_ACCOUNT_ID: ACCOUNT_ID,
    MINISTACK_REGION: REGION,
    S3_DATA_DIR: join(folder, 's3'),
    ...(tls
      ? {
          USE_SSL: '1',
          NODE_EXTRA_CA_CERTS: certificateIn(folder),
          // What it posts to itself may be trusted by the same certificate.
          SSL_CERT_FILE: certificateIn(folder),
        }
      : {}),
  }));
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const certificate = tls ? certificateIn(server.folder) : null;
  const health = await untilReady(server, async () => {
    const ca = certificate === null ? undefined : readFileSync(certificate);
    const answer = JSON.parse(await call(`${url}/_ministack/health`, { ca })) as Health;
    return answer.iot_mtls === 'starting' ? null : answer;
  });
  if (health.auth !== 'enabled' || health.iot_mtls !== 'listening') {
    await server.stop();
    throw new Error(`MiniStack does not enforce what is to be shown: ${JSON.stringify(health)}`);
  }
  return emulatorAt(server, { url, port, certificate, resetPath: '/_ministack/reset' });
};

/** moto: a second opinion on the control plane only; it neither checks permissions nor answers calls of an API. */
export const startMoto = async (): Promise<Emulator> => {
  const port = await freePort();
  const server = supervise(
    'moto',
    [programPath('moto_server'), '--host', '127.0.0.1', '--port', String(port)],
    () => ({ MOTO_ACCOUNT_ID: ACCOUNT_ID }),
  );
  const url = `http://127.0.0.1:${port}`;
  await untilReady(server, () => call(`${url}/moto-api/data.json`));
  return emulatorAt(server, { url, port, certificate: null, resetPath: '/moto-api/reset' });
};
