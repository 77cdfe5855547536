import type { Credential } from '../gateway/request';

const SHORTEST = 8;

/** Texts that must not be shown: the credential as sent and each part of it that could serve as one. */
const secretsOf = (
  credential: Credential,
  others: readonly (string | undefined | null)[],
): readonly string[] => {
  const value =
    credential.kind === 'token' || credential.kind === 'opaque' ? (credential.value?.reveal() ?? '') : '';
  const parts = [value, ...value.split(/\s+/), ...value.split(/[\s.]+/)];
  return [...new Set([...parts, ...others.filter((one) => typeof one === 'string')])]
    .filter((part) => part.length >= SHORTEST)
    .sort((left, right) => right.length - left.length);
};

const scrubText = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);

const scrubbed = (value: unknown, secrets: readonly string[]): unknown => {
  if (typeof value === 'string') return scrubText(value, secrets);
  if (Array.isArray(value)) return value.map((one) => scrubbed(one, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scrubbed(one, secrets)]));
};

/** A last net under the rule that no token, key or password appears in an answer, wherever a caller may have put it. */
export const scrub = <T>(
  answer: T,
  credential: Credential,
  others: readonly (string | undefined | null)[],
): T => {
  const secrets = secretsOf(credential, others);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is kept; only texts change
  return secrets.length === 0 ? answer : (scrubbed(answer, secrets) as T);
};
