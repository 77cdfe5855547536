import { request as plain, type IncomingHttpHeaders } from 'node:http';
import { request as overTls } from 'node:https';

export interface Sent {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The name that TLS is opened for, where that is to be another one than the host's. */
  readonly servername?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * One HTTP exchange; `ca` is the authority that signed the server's certificate, where it is none that everybody knows. Such a
 * server is asked under names that its certificate does not have.
 */
export const exchange = (
  url: string,
  { method, headers = {}, body = '', servername }: Sent,
  ca?: Buffer,
): Promise<Received> =>
  new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? overTls : plain;
    const outgoing = request(
      url,
      {
        method,
        headers,
        ...(servername === undefined ? {} : { servername }),
        ...(ca === undefined ? {} : { ca, checkServerIdentity: () => undefined }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** The type of a refusal, without what may follow a colon. */
export const errorTypeOf = ({ headers }: Received): string | null => {
  const type = headers['x-amzn-errortype'];
  return typeof type === 'string' ? (type.split(':')[0] ?? null) : null;
};
