import type { Shop } from '../shop/seed-shop';
import type { Mail } from './mailbox';

/** What differs from run to run, by what it is. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/https:\/\/[^\s"]+?\?[^\s"]*X-Amz-Signature=[^\s"]+/g, '<LINK>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<TIME>'],
  [/\d{4}-\d\d-\d\d/g, '<DAY>'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<UUID>'],
  [/us-east-1_[A-Za-z0-9]{9}/g, '<POOL>'],
  [/apiauthauditor-[0-9a-z-]+/g, '<HISTORY>'],
  [/\b[0-9A-Za-z]{26}\b/g, '<CLIENT>'],
  [/\b[0-9a-f]{16}\b/g, '<FINDING>'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{8}\b/g, '<ID>'],
];

/** Ids of one run out of a text; APIs by their names. */
export const masked = (text: string, shop: Shop): string => {
  let out = text;
  for (const [name, id] of shop) out = out.replaceAll(id, `<${name}>`);
  for (const [pattern, name] of MASKS) out = out.replaceAll(pattern, name);
  return out;
};

interface Gap {
  readonly operation: string;
  readonly subject: string;
}

interface Told {
  readonly coverage?: { readonly gaps?: readonly Gap[] };
}

const words = ({ operation, subject }: Gap): string => `${operation} ${subject}`;

/** In the order of their words: reads end in any order. A summary names its methods in any order too. */
const steady = (body: Told): Told => {
  const { coverage } = body;
  if (coverage?.gaps === undefined) return body;
  const gaps = coverage.gaps
    .toSorted((one, other) => (words(one) < words(other) ? -1 : 1))
    .map((gap) => JSON.parse(JSON.stringify(gap).replaceAll(/type of [A-Z]+ \/\w+/g, 'type of <METHOD>')));
  return { ...body, coverage: { ...coverage, gaps } };
};

/** A mail as people would compare it. */
export const transcript = ({ Subject, Message, MessageAttributes = {} }: Mail, shop: Shop): string => {
  const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => `${name}=${Value}`);
  const body = Message.startsWith('{')
    ? JSON.stringify(steady(JSON.parse(Message) as Told), null, 2)
    : Message;
  return masked(
    [`Subject: ${Subject ?? 'none'}`, `Attributes: ${attributes.sort().join(' ')}`, '', body, ''].join('\n'),
    shop,
  );
};
