import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the stub answers one request; `silent`: it takes the request and says nothing. */
export interface StubAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SlackStub {
  /** An incoming webhook, with a secret in its path. */
  readonly url: string;
  /** Bodies of the requests so far. */
  readonly posted: readonly unknown[];
}

export const SECRET_PATH = '/services/T0SECRET/B0SECRET/s3cr3tT0ken';

/** Plays Slack's incoming webhooks on loopback: gives the answers in turn, then `ok`. */
export const withSlack = async <T>(
  answers: readonly (StubAnswer | 'silent')[],
  use: (slack: SlackStub) => Promise<T>,
): Promise<T> => {
  const posted: unknown[] = [];
  const left = [...answers];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const right =
        request.method === 'POST' &&
        request.url === SECRET_PATH &&
        request.headers['content-type']?.startsWith('application/json');
      if (!right) {
        response.writeHead(404).end('no_service');
        return;
      }
      posted.push(JSON.parse(body));
      const answer = left.shift() ?? { status: 200, body: 'ok' };
      if (answer === 'silent') return;
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use({ url: `http://127.0.0.1:${port}${SECRET_PATH}`, posted });
  } finally {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
};
