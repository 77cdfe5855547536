/** What one character must be. */
export type CharTest = (char: string) => boolean;

export type Node =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'start' | 'end' | 'boundary' | 'no-boundary' }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly most: number };

/** Thrown for syntax that is not covered, and for what would grow too large; never leaves `compileExpression`. */
export class Unsupported extends Error {}

export const isWord: CharTest = (char) => /\w/.test(char);
const isDigit: CharTest = (char) => /\d/.test(char);
const isSpace: CharTest = (char) => ' \t\n\v\f\r'.includes(char);
const not =
  (test: CharTest): CharTest =>
  (char) =>
    !test(char);

const CLASSES: Readonly<Record<string, CharTest>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

const MAX_DEPTH = 50;

class Parser {
  private at = 0;
  private depth = 0;
  private readonly ignoreCase: boolean;

  constructor(private readonly text: string) {
    this.ignoreCase = text.startsWith('(?i)');
    if (this.ignoreCase) this.at = 4;
  }

  whole(): Node {
    const node = this.alternatives();
    if (this.at < this.text.length) throw new Unsupported();
    return node;
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private take(): string {
    const char = this.text[this.at];
    if (char === undefined) throw new Unsupported();
    this.at += 1;
    return char;
  }

  private eat(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  private alternatives(): Node {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Unsupported();
    let node = this.sequence();
    while (this.eat('|')) node = { kind: 'either', left: node, right: this.sequence() };
    this.depth -= 1;
    return node;
  }

  private sequence(): Node {
    const parts: Node[] = [];
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      parts.push(this.quantified());
    }
    return { kind: 'all', parts };
  }

  private quantified(): Node {
    const of = this.atom();
    const bounds = this.bounds();
    if (bounds === null) return of;
    // Lazy or greedy makes no difference to whether there is a match. Possessive does: its `+` is left to be refused as an atom.
    this.eat('?');
    return { kind: 'repeat', of, ...bounds };
  }

  private bounds(): { readonly least: number; readonly most: number } | null {
    if (this.eat('*')) return { least: 0, most: Infinity };
    if (this.eat('+')) return { least: 1, most: Infinity };
    if (this.eat('?')) return { least: 0, most: 1 };
    if (this.peek() !== '{') return null;
    const counted = /^\{(\d{1,4})(,(\d{1,4})?)?\}/.exec(this.text.slice(this.at, this.at + 12));
    if (counted === null) throw new Unsupported();
    this.at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : counted[3] === undefined ? Infinity : Number(counted[3]);
    if (most < least) throw new Unsupported();
    return { least, most };
  }

  private atom(): Node {
    const char = this.take();
    switch (char) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return { kind: 'char', test: (one) => one !== '\n' && one !== '\r' };
      case '(':
        return this.group();
      case '[':
        return { kind: 'char', test: this.characterClass() };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
      case '{':
        throw new Unsupported();
      default:
        return this.literal(char);
    }
  }

  private group(): Node {
    // Of other groups that begin with `?` (look-around, flags) it is left to be refused as an atom.
    const opening = /^\?(?::|<[A-Za-z][A-Za-z0-9]*>)/.exec(this.text.slice(this.at, this.at + 64));
    if (opening !== null) this.at += opening[0].length;
    const inner = this.alternatives();
    if (!this.eat(')')) throw new Unsupported();
    return inner;
  }

  private literal(char: string): Node {
    return { kind: 'char', test: this.same(char) };
  }

  private same(char: string): CharTest {
    if (!this.ignoreCase) return (one) => one === char;
    const lower = char.toLowerCase();
    return (one) => one.toLowerCase() === lower;
  }

  private escape(): Node {
    const char = this.take();
    if (char === 'b') return { kind: 'boundary' };
    if (char === 'B') return { kind: 'no-boundary' };
    const test = CLASSES[char];
    if (test !== undefined) return { kind: 'char', test };
    return this.literal(this.escapedLiteral(char));
  }

  private escapedLiteral(char: string): string {
    const control = CONTROLS[char];
    if (control !== undefined) return control;
    // Letters and digits after a backslash mean something else in Java, or nothing that we cover.
    if (isWord(char) && char !== '_') throw new Unsupported();
    return char;
  }

  private characterClass(): CharTest {
    const negated = this.eat('^');
    const tests: CharTest[] = [];
    for (let first = true; ; first = false) {
      const char = this.take();
      if (char === ']' && !first) break;
      // Unions and intersections are Java's own.
      if (char === '[' || (char === '&' && this.peek() === '&') || char === ']') throw new Unsupported();
      tests.push(this.classItem(char));
    }
    const test: CharTest = (one) => tests.some((each) => each(one));
    return negated ? not(test) : test;
  }

  private classItem(char: string): CharTest {
    let low = char;
    if (char === '\\') {
      const escaped = this.take();
      const test = CLASSES[escaped];
      if (test !== undefined) return test;
      low = this.escapedLiteral(escaped);
    }
    if (this.peek() !== '-' || this.text[this.at + 1] === ']') return this.same(low);
    this.at += 1;
    const next = this.take();
    const high = next === '\\' ? this.escapedLiteral(this.take()) : next;
    if (next === '[' || high < low) throw new Unsupported();
    const within: CharTest = (one) => one >= low && one <= high;
    if (!this.ignoreCase) return within;
    return (one) => within(one.toLowerCase()) || within(one.toUpperCase());
  }
}

/** The expression's tree. Throws `Unsupported` where it uses syntax that we do not evaluate (look-around, back references, Java's own). */
export const parseExpression = (text: string): Node => new Parser(text).whole();
