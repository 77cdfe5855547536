const REFERENCE = /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g;

/** Names of the stage variables that a value refers to, each once. */
export const referencedVariables = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(REFERENCE)].map((match) => match[1] ?? '')),
];

/** The value with its stage variables put in; `null` when one is undefined in `variables` (COG-23, LAM-7). */
export const resolveVariables = (
  text: string,
  variables: Readonly<Record<string, string>>,
): string | null => {
  let defined = true;
  const resolved = text.replace(REFERENCE, (reference, name: string) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined) defined = false;
    return value ?? reference;
  });
  return defined ? resolved : null;
};
