import { createHash } from 'node:crypto';
import * as z from 'zod';
import { VERSION } from './version';

const digestOf = (kind: string, body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, VERSION, body]))
    .digest('hex');

/** Text that a later run of this very program opens: plain data, with what it is, who wrote it and a digest. */
export const seal = (kind: string, body: unknown): string =>
  JSON.stringify({ kind, version: VERSION, digest: digestOf(kind, body), body });

/** What was sealed; `null`: the text was cut or changed, is another thing, or another version wrote it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the digest says that it is what was sealed; the caller, what that was
export const open = <T>(kind: string, text: string): T | null => {
  const schema = z.object({
    kind: z.literal(kind),
    version: z.literal(VERSION),
    digest: z.string(),
    body: z.custom<T>(),
  });
  try {
    const { success, data } = schema.safeParse(JSON.parse(text));
    return success && data.digest === digestOf(kind, data.body) ? data.body : null;
  } catch {
    return null;
  }
};
