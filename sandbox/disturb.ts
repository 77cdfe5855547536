import type { Routed } from './wire/route';
import type { Reply } from './wire/answer';

type Json = Readonly<Record<string, unknown>>;

/** Names under which AWS's operations take and give page tokens. */
const TOKENS: readonly string[] = ['position', 'NextToken', 'nextToken', 'NextMarker', 'Marker'];

const jsonOf = ({ body }: Reply): Json | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
};

const withBody = (reply: Reply, json: Json): Reply => ({ ...reply, body: JSON.stringify(json) });

/** A body that does not parse, though its length is right. */
export const unparseable = (reply: Reply, kept = -1): Reply => ({
  ...reply,
  status: 200,
  body: Buffer.from(reply.body).subarray(0, kept),
});

/** Lists of the answer's first level as text, the way some endpoints store what was patched. */
export const listsAsText = (reply: Reply): Reply => {
  const json = jsonOf(reply);
  if (json === null) return unparseable(reply);
  const changed = Object.entries(json).map(([name, value]) => [
    name,
    Array.isArray(value) ? JSON.stringify(value) : value,
  ]);
  return withBody(reply, Object.fromEntries(changed) as Json);
};

/** The page that was asked for, once more. The first page is asked for by no token and keeps its own. */
export const samePageNext = (reply: Reply, input: Routed['input']): Reply => {
  const json = jsonOf(reply);
  const [name, token] = Object.entries(input).find(([key]) => TOKENS.includes(key)) ?? [];
  if (json === null || name === undefined || typeof token !== 'string') return reply;
  return withBody(reply, { ...json, [name]: token });
};
