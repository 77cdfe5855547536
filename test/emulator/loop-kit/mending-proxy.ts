import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
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

const BOOLEANS: ReadonlySet<string> = new Set(['/apiKeyRequired', '/enabled']);

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

const MAPPING = /^(\/domainnames\/[^/]+\/basepathmappings)\/([^/]+)$/;

/**
 * Passes everything on, except what MiniStack 1.5.33 is known to get wrong and AWS does not: patches of lists and of booleans, which it
 * stores as strings, and patches of base path mappings, which it does not have.
 */
export const startMendingProxy = async (target: string, ca: Buffer | undefined): Promise<MendingProxy> => {
  let standIns: string[] = [];
  const send = (method: string, path: string, body?: object): Promise<Received> =>
    exchange(
      `${target}${path}`,
      {
        method,
        headers: {
          'content-type': 'application/json',
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

  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const answer = async (): Promise<void> => {
      const body = await bodyOf(incoming);
      const mended = method === 'PATCH' ? await standIn(url, body) : null;
      const onward = Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      );
      const received = mended ?? (await exchange(`${target}${url}`, { method, headers: onward, body }, ca));
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
