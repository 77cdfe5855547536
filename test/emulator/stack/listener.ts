import { ConfirmSubscriptionCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createTls } from 'node:https';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../harness/emulator';

/** Something on loopback that keeps what is posted to it. */
export interface Listener {
  readonly url: string;
  /** The next body; `null`: none came in this time. */
  next(seconds: number): Promise<string | null>;
  close(): void;
}

/** Over TLS with the emulator's own certificate, where there is one and it is asked for. */
const startListener = async (
  tls: { readonly cert: Buffer; readonly key: Buffer } | null,
): Promise<Listener> => {
  const posted: string[] = [];
  const arrivals = new EventEmitter();
  const take: RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      posted.push(body);
      response.end('ok');
      arrivals.emit('posted');
    });
  };
  const server = tls === null ? createPlain(take) : createTls(tls, take);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}/hook`,
    next: async (seconds) => {
      if (posted.length === 0) {
        const signal = AbortSignal.timeout(seconds * 1000);
        await once(arrivals, 'posted', { signal }).catch(() => undefined);
      }
      return posted.shift() ?? null;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Stands for Slack's end of an incoming webhook. */
export const listenAsSlack = (): Promise<Listener> => startListener(null);

interface Envelope {
  readonly Token?: string;
  readonly Message: string;
}

/**
 * Subscribes by https, as Amazon Q Developer does, and confirms; the listener gets what SNS wraps. Needs an emulator that speaks TLS and trusts
 * its own certificate.
 */
export const subscribeByHttps = async (emulator: Emulator, TopicArn: string): Promise<Listener> => {
  const file = emulator.certificate;
  if (file === null) throw new Error('the emulator has no certificate to listen with');
  const tls = { cert: readFileSync(file), key: readFileSync(file.replace(/\.crt$/, '.key')) };
  const listener = await startListener(tls);
  const read = async (seconds: number): Promise<Envelope | null> => {
    const body = await listener.next(seconds);
    return body === null ? null : (JSON.parse(body) as Envelope);
  };
  const sns = new SNSClient(emulator.client());
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'https', Endpoint: listener.url }));
  const asked = await read(20);
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: asked?.Token }));
  sns.destroy();
  return { ...listener, next: async (seconds) => (await read(seconds))?.Message ?? null };
};
