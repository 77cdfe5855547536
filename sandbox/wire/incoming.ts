import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire, read to its end. */
export interface Incoming {
  readonly method: string;
  /** Percent-encoded, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** When a link that was signed beforehand ends, in milliseconds since the epoch; `null`: the request is none. */
  readonly linkEnds: number | null;
  /** From the signature; `null` when the request is unsigned. */
  readonly scope: { readonly region: string; readonly service: string } | null;
}

const CREDENTIAL = /Credential=[^/,\s]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

const scopeOf = (authorization: string | undefined): Incoming['scope'] => {
  const [, region, service] = CREDENTIAL.exec(authorization ?? '') ?? [];
  return region === undefined || service === undefined ? null : { region, service };
};

/** `20261124T090000Z` and seconds. */
const linkEndsOf = (query: URLSearchParams): number | null => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? [];
  if (second === undefined) return null;
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return signed + Number(query.get('X-Amz-Expires')) * 1000;
};

/** Chunks `SIZE;chunk-signature=…\r\nBYTES\r\n` of a streamed upload, put together again. */
const unchunk = (body: Buffer): Buffer => {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (lineEnd < 0 || !(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
};

/** What a request says by itself, with what follows from it. */
export const toIncoming = ({ body, ...request }: Omit<Incoming, 'linkEnds' | 'scope'>): Incoming => {
  const { headers, query } = request;
  const linkEnds = linkEndsOf(query);
  return {
    ...request,
    body: headers['content-encoding'] === 'aws-chunked' ? unchunk(body) : body,
    linkEnds,
    scope: scopeOf(
      linkEnds === null ? headers['authorization'] : `Credential=${query.get('X-Amz-Credential')}`,
    ),
  };
};

export const readIncoming = async (request: IncomingMessage): Promise<Incoming> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  return toIncoming({
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks),
  });
};
