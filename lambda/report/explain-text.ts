import type { Explanation } from '../explain/explain';
import { oneLine, pasteable, UNSHOWN } from './escape';
import { wrap, type TextLook } from './text';

type Gate = Explanation['gates'][number];

const MARKS: Readonly<Record<Gate['outcome'], string>> = {
  passes: '✓',
  refuses: '✗',
  'cannot-tell': '?',
  'not-reached': '·',
};

const NAMES: Readonly<Record<Gate['gate'], string>> = {
  endpoint: 'Endpoint',
  stage: 'Stage',
  route: 'Route',
  waf: 'WAF',
  'resource-policy': 'Resource policy',
  authentication: 'Authentication',
  authorization: 'Authorization',
  'api-key': 'API key',
  integration: 'Integration',
};

const NAME_WIDTH = 17;

const paint = (outcome: Gate['outcome'], text: string, { colors }: TextLook): string => {
  switch (outcome) {
    case 'passes':
      return colors.green(text);
    case 'refuses':
      return colors.red(text);
    case 'cannot-tell':
      return colors.yellow(text);
    case 'not-reached':
      return colors.dim(text);
  }
};

const indented = (text: string, width: number, indent: string): readonly string[] =>
  wrap(oneLine(text), width - indent.length).map((line) => `${indent}${line}`);

const headline = ({ decision }: Explanation, look: TextLook): readonly string[] => {
  const { colors } = look;
  switch (decision.outcome) {
    case 'admitted':
      return [
        colors.bold(colors.green('ADMITTED')),
        'API Gateway lets this call through; the backend answers.',
      ];
    case 'refused':
      return [
        colors.bold(
          colors.red(`REFUSED${decision.status === null ? '' : ` with ${String(decision.status)}`}`),
        ),
        decision.because,
      ];
    case 'cannot-tell':
      return [colors.bold(colors.yellow('CANNOT TELL')), decision.because];
  }
};

const answerLines = ({ decision }: Explanation): readonly string[] => {
  if (decision.outcome !== 'refused') return [];
  const type = decision.responseType === null ? '' : ` (${decision.responseType})`;
  return [
    `Answer: ${decision.status === null ? 'no status that is certain' : String(decision.status)}${type}`,
    ...(decision.errorType === null ? [] : [`x-amzn-ErrorType: ${decision.errorType}`]),
    `Body: ${decision.body === '' ? 'none' : (decision.body ?? 'not certain')}`,
  ];
};

const gateLines = (gate: Gate, width: number, look: TextLook): readonly string[] => {
  const room = width - NAME_WIDTH - 4;
  const because = gate.outcome === 'not-reached' ? 'not reached' : `${gate.because} [${gate.fact}]`;
  const [first = '', ...rest] = wrap(oneLine(because), room);
  const mark = paint(gate.outcome, MARKS[gate.outcome], look);
  return [
    `  ${mark} ${NAMES[gate.gate].padEnd(NAME_WIDTH)}${first}`,
    ...rest.map((line) => `    ${' '.repeat(NAME_WIDTH)}${line}`),
  ];
};

const tokenLine = ({ request }: Explanation): readonly string[] => {
  const { token } = request;
  if (token === null) return [];
  const parts = [
    token.kind === 'unknown' ? 'token of unknown kind' : `${token.kind === 'id' ? 'ID' : 'access'} token`,
    ...(token.clientId === null ? [] : [`of client ${token.clientId}`]),
    ...(token.issuer === null ? [] : [`from ${token.issuer}`]),
    ...(token.scopes.length === 0 ? [] : [`with ${token.scopes.join(' ')}`]),
    ...(token.expiresAt === null ? [] : [`until ${token.expiresAt}`]),
  ];
  return [`Token: ${parts.join(' ')}`];
};

const placeLine = ({ request }: Explanation): readonly string[] => {
  const parts = [
    ...(request.restApiId === null ? [] : [`API ${request.restApiId}`]),
    ...(request.stage === null ? [] : [`stage ${request.stage}`]),
    ...(request.resource === null ? [] : [`resource ${request.resource}`]),
  ];
  return parts.length === 0 ? [] : [`Meets: ${parts.join(', ')}`];
};

/** The answer of `explain` for a terminal: outcome, gates in their order, fix, and what was assumed. */
export const explainText = (explanation: Explanation, look: TextLook): string => {
  const width = Math.min(Math.max(look.width, 60), 120);
  const { colors } = look;
  const { request, decision, gates, fix, notes } = explanation;
  const [verdict = '', because = ''] = headline(explanation, look);
  const out: string[] = [
    `${colors.bold(oneLine(request.method))} ${oneLine(request.url)}`,
    ...placeLine(explanation).flatMap((line) => indented(line, width, '')),
    ...tokenLine(explanation).flatMap((line) => indented(line, width, '')),
    '',
    verdict,
    ...indented(because, width, '  '),
    ...answerLines(explanation).map((line) => `  ${oneLine(line)}`),
    ...(decision.rule === undefined ? [] : [`  Rule: ${oneLine(decision.rule)}`]),
    '',
    colors.bold('Gates, in the order in which API Gateway asks them'),
    ...gates.flatMap((gate) => gateLines(gate, width, look)),
  ];
  if (fix.length > 0) {
    out.push('', colors.bold('What to do'));
    for (const [index, { step, commands }] of fix.entries()) {
      const [first = '', ...rest] = wrap(oneLine(step), width - 5);
      out.push(`  ${String(index + 1)}. ${first}`, ...rest.map((line) => `     ${line}`));
      for (const command of commands) {
        const shown = pasteable(command);
        out.push(`     ${shown === null ? UNSHOWN : colors.cyan(shown)}`);
      }
    }
  }
  if (notes.length > 0) {
    out.push('', colors.bold('Good to know'));
    for (const note of notes) {
      const [first = '', ...rest] = wrap(oneLine(note), width - 4);
      out.push(`  - ${first}`, ...rest.map((line) => `    ${line}`));
    }
  }
  return `${out.join('\n')}\n`;
};
