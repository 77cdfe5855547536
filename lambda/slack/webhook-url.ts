import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** The secret could not be read or holds no address. Never tells what it holds. */
export class WebhookSecretError extends Error {
  override readonly name = 'WebhookSecretError';
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** Anything but TLS would show the secret to the network; loopback is none. */
const isAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
};

const inJson = z.object({ url: z.string() });

/** The address alone, or `{"url":"…"}`, which the console makes of a key and a value. */
const addressIn = (secret: string): string | null => {
  const text = secret.trim();
  if (!text.startsWith('{')) return isAddress(text) ? text : null;
  try {
    const parsed = inJson.safeParse(JSON.parse(text));
    return parsed.success && isAddress(parsed.data.url) ? parsed.data.url : null;
  } catch {
    return null;
  }
};

/** @throws WebhookSecretError */
export const readWebhookUrl = async (secretId: string): Promise<string> => {
  const client = new SecretsManagerClient({ maxAttempts: 4 });
  let secret: string | undefined;
  try {
    ({ SecretString: secret } = await client.send(new GetSecretValueCommand({ SecretId: secretId })));
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    throw new WebhookSecretError(`The secret of the Slack webhook could not be read: ${name}`);
  } finally {
    client.destroy();
  }
  const address = secret === undefined ? null : addressIn(secret);
  if (address === null) {
    throw new WebhookSecretError(
      'The secret of the Slack webhook must hold an https address as text, or as JSON: {"url":"https://…"}',
    );
  }
  return address;
};
