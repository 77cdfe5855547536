/** Members of a rule that only people read: no test can say that another wording is wrong. */
const FOR_PEOPLE = new Set(['title', 'why', 'sources', 'facts', 'callers', 'scanners']);

const isWords = ({ key, value }) => {
  if (key.type !== 'Identifier') return false;
  if (FOR_PEOPLE.has(key.name)) return true;
  // The general fix of a rule is a list of sentences; that of a finding holds commands, and those are tested.
  if (key.name === 'fix') {
    return (
      value.type === 'ArrayExpression' && value.elements.every((element) => element?.type === 'StringLiteral')
    );
  }
  return key.name === 'step' && value.type === 'StringLiteral';
};

/** Leaves the wording of rules out of mutation testing. Messages stay in: tables compare them word for word. */
export const ignoreWords = {
  shouldIgnore: ({ node }) => (node.type === 'ObjectProperty' && isWords(node) ? 'wording' : undefined),
};
