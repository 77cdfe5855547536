import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../harness/emulator';
import { exchange, type Received } from './exchange';

/** Stands before MiniStack for those who write. */
export interface MendingProxy {
  readonly url: string;
  /** What it stood in for since the last time it was asked. */
  readonly standIns: () => readonly string[];
  readonly close: () => Promise<void>;
}

interface Patch {
  readonly op: string;
  readonly path: string;
  readonly value?: string;
}

/** Lists that MiniStack's PATCH turns into a string on `add` and drops whole on `remove`, and how it answers them. */
const LISTS: Readonly<Record<string, string>> = {
  '/authorizationScopes': 'authorizationScopes',
  '/providerARNs': 'providerARNs',
  '/apiStages': 'apiStages',
};

const BOOLEANS: ReadonlySet<string> = new Set(['/apiKeyRequired', '/disableExecuteApiEndpoint', '/enabled']);

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
};

const sameItem = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** An element of a list as AWS stores it: a stage of a usage plan is written `apiId:stage` in a patch. */
const elementOf = (path: string, value = ''): unknown => {
  const [apiId, stage] = value.split(':');
  return path === '/apiStages' ? { apiId, stage } : value;
};

/** The same change as one replacement with a value of the right type, which MiniStack stores as it is. */
const mend = (patches: readonly Patch[], current: Readonly<Record<string, unknown>>): readonly object[] => {
  const changed = new Map<string, readonly unknown[]>();
  const others: object[] = [];
  for (const { op, path, value } of patches) {
    const list = LISTS[path];
    if (list !== undefined) {
      const before = changed.get(path) ?? (current[list] as readonly unknown[] | undefined) ?? [];
      const element = elementOf(path, value);
      const without = before.filter((one) => !sameItem(one, element));
      changed.set(path, op === 'remove' ? without : [...without, element]);
    } else if (BOOLEANS.has(path)) others.push({ op, path, value: value === 'true' });
    else others.push({ op, path, value });
  }
  return [...others, ...[...changed].map(([path, value]) => ({ op: 'replace', path, value }))];
};

const isBroken = ({ path }: Patch): boolean => path in LISTS || BOOLEANS.has(path);

const STAGES = /^\/restapis\/([^/?]+)\/stages(?:\?|$)/;
const WEB_ACL_OF = 'AWSWAF_20190729.GetWebACLForResource';

const DEPLOYMENTS = /^\/restapis\/([^/]+)\/deployments$/;

const MAPPING = /^(\/domainnames\/[^/]+\/basepathmappings)\/([^/]+)$/;

/**
 * Passes everything on, except what MiniStack 1.5.33 is known to get wrong and AWS does not: patches of lists and of booleans, which it
 * stores as strings, patches of base path mappings, which it does not have, and deployments to a canary.
 */
export const startMendingProxy = async (
  { url: target, region }: Pick<Emulator, 'url' | 'region'>,
  ca: Buffer | undefined,
  onDeployment: (restApiId: string, deploymentId: string) => Promise<void>,
): Promise<MendingProxy> => {
  let standIns: string[] = [];
  const send = (
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Received> =>
    exchange(
      `${target}${path}`,
      {
        method,
        headers: {
          'content-type': 'application/json',
          ...headers,
          // Root's signatures are not checked.
          authorization:
            'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      ca,
    );
  const read = async (path: string): Promise<Readonly<Record<string, unknown>>> =>
    JSON.parse((await send('GET', path)).body) as Readonly<Record<string, unknown>>;

  /** The answer in MiniStack's place; `null`: it knows how. */
  const standIn = async (path: string, text: string): Promise<Received | null> => {
    const { patchOperations: patches = [] } = JSON.parse(text) as {
      readonly patchOperations?: readonly Patch[];
    };
    const [, mappings, basePath] = MAPPING.exec(path) ?? [];
    if (mappings !== undefined && basePath !== undefined) {
      const current = await read(path);
      const changes = Object.fromEntries(patches.map((patch) => [patch.path.slice(1), patch.value]));
      await send('DELETE', path);
      standIns.push('UpdateBasePathMapping is missing: the mapping was deleted and made anew');
      return send('POST', mappings, { ...current, ...changes });
    }
    if (!patches.some(isBroken)) return null;
    const current = await read(path);
    const broken = [...new Set(patches.filter(isBroken).map((patch) => patch.path))];
    standIns.push(`PATCH stores ${broken.join(', ')} as a string: sent as one replacement of the right type`);
    return send('PATCH', path, { patchOperations: mend(patches, current) });
  };

  /** A deployment to a canary: MiniStack drops that it is one, and would move the stage. */
  const deployCanary = async (path: string, text: string): Promise<Received | null> => {
    const { stageName, canarySettings, ...rest } = JSON.parse(text) as {
      readonly stageName?: string;
      readonly canarySettings?: Readonly<Record<string, unknown>>;
    };
    if (canarySettings === undefined) return null;
    const made = await send('POST', path, rest);
    const { id } = JSON.parse(made.body) as { readonly id: string };
    const settings = Object.entries({ deploymentId: id, ...canarySettings });
    await send('PATCH', `${path.replace(/deployments$/, 'stages')}/${stageName}`, {
      patchOperations: settings.map(([name, value]) => ({
        op: 'replace',
        path: `/canarySettings/${name}`,
        value,
      })),
    });
    standIns.push('CreateDeployment drops canarySettings: they were set on the stage');
    return made;
  };

  /** The stages of an API with their web ACLs, which MiniStack tells only when it is asked for them. */
  const tellWebAcls = async (restApiId: string, answer: Received): Promise<Received> => {
    const { item = [] } = JSON.parse(answer.body) as {
      readonly item?: readonly { readonly stageName: string }[];
    };
    const stages = item.map(async (stage) => {
      const ResourceArn = `arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/${stage.stageName}`;
      const told = await send('POST', '/', { ResourceArn }, { 'x-amz-target': WEB_ACL_OF });
      const { WebACL } = JSON.parse(told.body) as { readonly WebACL?: { readonly ARN: string } };
      return WebACL === undefined ? stage : { ...stage, webAclArn: WebACL.ARN };
    });
    const { 'content-length': _, ...headers } = answer.headers;
    return { ...answer, headers, body: JSON.stringify({ item: await Promise.all(stages) }) };
  };

  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const answer = async (): Promise<void> => {
      const body = await bodyOf(incoming);
      const [, restApiId] = (method === 'POST' && DEPLOYMENTS.exec(url)) || [];
      const mended =
        method === 'PATCH'
          ? await standIn(url, body)
          : restApiId === undefined
            ? null
            : await deployCanary(url, body);
      const onward = Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      );
      const answered = mended ?? (await exchange(`${target}${url}`, { method, headers: onward, body }, ca));
      const [, listed] = (method === 'GET' && STAGES.exec(url)) || [];
      const received =
        listed === undefined || answered.status !== 200 ? answered : await tellWebAcls(listed, answered);
      if (restApiId !== undefined && received.status < 300) {
        await onDeployment(restApiId, (JSON.parse(received.body) as { readonly id: string }).id);
      }
      const { 'transfer-encoding': _, ...kept } = received.headers;
      outgoing.writeHead(received.status, kept).end(received.body);
    };
    answer().catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    standIns: () => {
      const all = standIns;
      standIns = [];
      return all;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
