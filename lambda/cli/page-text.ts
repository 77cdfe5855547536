import { wrap, type TextLook } from '../report/text';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<' };

/** Inline Markdown of our own pages, without its marks. */
const plain = (text: string): string =>
  text
    .split(/(`+[^`]+`+)/)
    .map((part, index) =>
      index % 2 === 1
        ? part.replaceAll(/^`+ ?| ?`+$/g, '').replaceAll(String.raw`\|`, '|')
        : part
            .replaceAll(/<(https:[^>]+)>/g, '$1')
            .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
            .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
            .replaceAll(/&amp;|&lt;/g, (entity) => ENTITIES[entity] ?? entity),
    )
    .join('');

/** A generated page as a terminal shows it: headings stand out, paragraphs fit the width, code stays as it is. */
export const pageText = (page: string, { colors, width }: TextLook): string => {
  const room = Math.min(Math.max(width, 60), 100);
  const shown: string[] = [];
  let fence: string | null = null;
  for (const line of page.trimEnd().split('\n')) {
    const [, ticks] = /^(`{3,})/.exec(line) ?? [];
    const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
    const [, mark = '', text = ''] = /^((?:- |\d+\. )?)(.*)$/.exec(line) ?? [];
    if (fence !== null || ticks !== undefined) {
      if (fence === null) fence = ticks ?? null;
      else if (line === fence) fence = null;
      else shown.push(line === '' ? '' : `    ${line}`);
    } else if (heading !== undefined) shown.push(colors.bold(plain(heading)));
    else {
      const lines = line === '' ? [''] : wrap(plain(text), room - 2 - mark.length);
      shown.push(
        ...lines.map((one, index) => {
          const lead = index === 0 ? mark : ' '.repeat(mark.length);
          return one === '' ? '' : `  ${lead}${one}`;
        }),
      );
    }
  }
  return `${shown.join('\n')}\n`;
};
