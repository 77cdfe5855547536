/** Kleene's three values: `unknown` where a fact was unreadable or AWS documents no answer. */
export type Truth = boolean | 'unknown';

export const not = (it: Truth): Truth => (it === 'unknown' ? it : !it);

/** True of nothing: an empty list of conditions holds. */
export const all = (items: Iterable<Truth>): Truth => {
  let result: Truth = true;
  for (const item of items) {
    if (item === false) return false;
    if (item === 'unknown') result = 'unknown';
  }
  return result;
};

/** False of nothing. */
export const any = (items: Iterable<Truth>): Truth => {
  let result: Truth = false;
  for (const item of items) {
    if (item === true) return true;
    if (item === 'unknown') result = 'unknown';
  }
  return result;
};
