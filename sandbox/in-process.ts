import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { makeEndpoint, type SandboxCall, type SandboxOptions } from './endpoint';
import type { SandboxState } from './state';
import { toIncoming, type Incoming } from './wire/incoming';

/** What the SDK's clients take in place of a connection. */
export interface InProcess extends SandboxState {
  readonly calls: readonly SandboxCall[];
  readonly requestHandler: {
    handle(request: HttpRequest): Promise<{ readonly response: HttpResponse }>;
  };
}

const bytesOf = (body: unknown): Buffer => {
  if (typeof body === 'string') return Buffer.from(body);
  return body instanceof Uint8Array
    ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    : Buffer.alloc(0);
};

const readRequest = ({ method, path, query, headers, body }: HttpRequest): Incoming => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, one ?? '');
  }
  return toIncoming({
    method,
    path,
    query: search,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: bytesOf(body),
  });
};

/** The sandbox as a request handler: no sockets, so that time may be simulated. Faults that tear connections need sockets. */
export const startInProcess = (options: SandboxOptions): InProcess => {
  const { answer, calls, ...state } = makeEndpoint(options);
  return {
    ...state,
    calls,
    requestHandler: {
      handle: async (request) => {
        const { status, headers, body } = await answer(readRequest(request));
        return {
          response: new HttpResponse({ statusCode: status, headers: { ...headers }, body: bytesOf(body) }),
        };
      },
    },
  };
};
