import pc from 'picocolors';
import { csvReport } from '../report/csv';
import { githubReport } from '../report/github';
import { htmlReport } from '../report/html';
import { jsonReport } from '../report/json';
import { junitReport } from '../report/junit';
import { matrixText } from '../report/matrix-text';
import { ocsfReport } from '../report/ocsf';
import { sarifReport } from '../report/sarif';
import { textReport, type TextLook } from '../report/text';
import type { AuditResult } from '../result';
import { catalogue } from '../rules/catalogue';
import type { Io, Output } from './io';

export const FORMATS = ['text', 'json', 'html', 'sarif', 'junit', 'csv', 'ocsf', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** Colours on a terminal, unless `NO_COLOR` is set to anything; `FORCE_COLOR` where a terminal only looks like a pipe. */
export const wantsColors = (output: Output, env: Io['env']): boolean => {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0';
  return output.isTerminal && env['TERM'] !== 'dumb';
};

export const lookOf = (output: Output | null, env: Io['env']): TextLook => ({
  width: output?.columns ?? 100,
  colors: pc.createColors(output !== null && wantsColors(output, env)),
});

const matrixPart = ({ matrix }: AuditResult, look: TextLook): string =>
  matrix === undefined ? '' : `\n${look.colors.bold('Who gets in')}\n\n${matrixText(matrix, look)}`;

/** The look is the text report's only. */
export const WRITERS: Readonly<Record<Format, (result: AuditResult, look: TextLook) => string>> = {
  text: (result, look) => textReport(result, look) + matrixPart(result, look),
  json: jsonReport,
  html: (result) => htmlReport(result),
  sarif: (result) => sarifReport(result, catalogue),
  junit: junitReport,
  csv: csvReport,
  ocsf: ocsfReport,
  github: githubReport,
};
