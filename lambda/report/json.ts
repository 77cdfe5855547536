import type { AuditResult } from '../result';
import { jsonText } from './escape';

/** The result as it is; its schema is published in `docs/schema`. */
export const jsonReport = (result: AuditResult): string => jsonText(result);
