import { parsePolicy, type Parsed } from './policy/parse';

const MOST = 200;
const parsed = new Map<string, Parsed>();

/** Parses a policy once: the methods of an API share one text. */
export const readPolicy = (text: string): Parsed => {
  const kept = parsed.get(text);
  if (kept !== undefined) return kept;
  if (parsed.size >= MOST) parsed.clear();
  const fresh = parsePolicy(text);
  parsed.set(text, fresh);
  return fresh;
};
