/**
 * Works something out of a thing once and keeps it with the thing, for what many ask of one. Sound because the model never changes;
 * what else is passed has to follow from the thing.
 */
export const keptWith = <Thing extends object, Rest extends readonly unknown[], Answer>(
  workOut: (thing: Thing, ...rest: Rest) => Answer,
): ((thing: Thing, ...rest: Rest) => Answer) => {
  const answers = new WeakMap<Thing, { readonly answer: Answer }>();
  return (thing, ...rest) => {
    let kept = answers.get(thing);
    if (kept === undefined) {
      kept = { answer: workOut(thing, ...rest) };
      answers.set(thing, kept);
    }
    return kept.answer;
  };
};
