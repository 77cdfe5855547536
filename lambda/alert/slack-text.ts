import { oneLine, pasteable } from '../report/escape';

/** Slack takes these three for markup: a name such as `<!channel>` would call everybody. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Slack has no way to escape its styles, so look-alikes stand in; a mark of no width keeps `@here` from being a mention. */
const LOOKALIKES: Readonly<Record<string, string>> = { '`': 'ˋ', '*': '∗', '~': '∼', '@': '@\u200B' };

/** Text from an account that Slack shows as it is. */
export const slackText = (text: string): string =>
  escaped(oneLine(text)).replaceAll(/[`*~@]/g, (mark) => LOOKALIKES[mark] ?? mark);

/** A code span, or `null` where the content could leave it or must not be shown. */
export const slackCode = (text: string): string | null =>
  text.includes('`') || pasteable(text) === null ? null : `\`${escaped(text)}\``;

export const slackLink = (url: string, text: string): string => `<${url}|${text}>`;

/** As much as fits; an entity is never cut in two, because the cut comes before the escape. */
export const slackCut = (text: string, length: number): string => {
  const shown = slackText(text);
  if (shown.length <= length) return shown;
  let kept = '';
  for (const character of oneLine(text)) {
    const next = slackText(character);
    if (kept.length + next.length > length - 1) break;
    kept += next;
  }
  return `${kept}…`;
};
