/**
 * What a message may weigh in bytes of UTF-8, attributes included. SNS refuses more than 262,144; the rest is room for what the
 * service and its subscribers wrap around it.
 */
export const MESSAGE_BYTES = 200_000;

export const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** What a string weighs inside a JSON string, without the quotes. */
export const bytesInJson = (text: string): number => bytes(JSON.stringify(text)) - 2;

export interface Fitting<Item> {
  readonly items: readonly Item[];
  readonly leftOut: number;
}

/** Whole items, in order, as long as they fit; an item too large is left out and those after it are still tried. */
export const fitting = <Item>(
  items: readonly Item[],
  budget: number,
  sizeOf: (item: Item) => number,
): Fitting<Item> => {
  let left = budget;
  const kept = items.filter((item) => {
    const size = sizeOf(item);
    if (size > left) return false;
    left -= size;
    return true;
  });
  return { items: kept, leftOut: items.length - kept.length };
};

/** At most `length` UTF-16 units, ending in `…` when something was left out; never half a character. */
export const cut = (text: string, length: number): string => {
  if (text.length <= length) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > length - 1) break;
    kept += character;
  }
  return `${kept}…`;
};
