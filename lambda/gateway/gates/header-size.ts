import { refuses, type Answer } from '../answer';
import { CONTESTED } from '../refusals';
import type { Identity, Request } from '../request';

const LIMIT = { public: 10_240, private: 8_000 } as const;

/** MIS-20: names and values of all headers together; how the refusal looks is not settled. */
export const judgeHeaderSize = (
  request: Request,
  identity: Identity,
  endpoint: 'public' | 'private',
): Answer | null => {
  const { credential } = identity;
  const value = credential.kind === 'token' || credential.kind === 'opaque' ? credential.value : null;
  const size = Object.entries(request.headers).reduce(
    (sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text),
    value === null ? 0 : Buffer.byteLength(value.reveal()),
  );
  const limit = LIMIT[endpoint];
  if (size <= limit) return null;
  return refuses(
    'headers-too-large',
    CONTESTED,
    `The headers come to ${String(size)} bytes, and API Gateway takes ${String(limit)} on a ${endpoint} API.`,
    'MIS-20',
  );
};
