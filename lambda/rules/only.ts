/** The one thing that there is. `undefined` for none and for several: a command should not guess which is meant. */
export const onlyOf = <T>(things: Iterable<T>): T | undefined => {
  const [one, ...others] = things;
  return others.length === 0 ? one : undefined;
};
