const isDocument = (text: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
};

/** Undoes one level of escaping: a JSON string without its outer quotes. */
const unescape = (raw: string): string | null => {
  try {
    const text: unknown = JSON.parse(`"${raw}"`);
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
};

/**
 * The policy document's text from what AWS stores: RestApi.policy comes doubly escaped, with `\"` and `\/` left in it after the SDK
 * has decoded the answer (POL-22); other services send the text itself. Absent, empty and `{}` are no policy. A text that is no
 * document either way stays as it came, so that a rule can say so.
 */
export const policyText = (raw: string | null | undefined): string | null => {
  if (raw === null || raw === undefined || raw.trim() === '') return null;
  const unescaped = unescape(raw);
  const text = unescaped !== null && isDocument(unescaped) ? unescaped : raw;
  return /^\s*\{\s*\}\s*$/.test(text) ? null : text;
};
