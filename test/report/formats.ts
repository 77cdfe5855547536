import pc from 'picocolors';
import { csvReport } from '../../lambda/report/csv';
import { githubReport } from '../../lambda/report/github';
import { htmlReport } from '../../lambda/report/html';
import { jsonReport } from '../../lambda/report/json';
import { junitReport } from '../../lambda/report/junit';
import { ocsfReport } from '../../lambda/report/ocsf';
import { sarifReport } from '../../lambda/report/sarif';
import { textReport } from '../../lambda/report/text';
import { matrixText } from '../../lambda/report/matrix-text';
import type { AuditResult } from '../../lambda/result';

export const PLAIN = { width: 100, colors: pc.createColors(false) };

/** Every format that a result is written in. */
export const FORMATS = {
  text: (result) => textReport(result, PLAIN) + matrixText(result.matrix ?? [], PLAIN),
  json: jsonReport,
  csv: csvReport,
  junit: junitReport,
  sarif: (result) => sarifReport(result),
  ocsf: ocsfReport,
  html: htmlReport,
  github: githubReport,
} as const satisfies Readonly<Record<string, (result: AuditResult) => string>>;
