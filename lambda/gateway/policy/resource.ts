import { compileGlob, matchGlob, type Glob, type Variables } from './glob';
import type { PatternClause } from './parse';
import { any, not, type Truth } from './truth';

/** One Resource pattern, made ready for the requests of one API. */
export interface ResourcePattern {
  /** As written. */
  readonly written: string;
  /** `null`: how AWS evaluates it nobody recorded. */
  readonly glob: Glob | null;
  /** It ends in `APIID/`: by ARN matching it matches nothing, but AWS's own samples have it (POL-18). */
  readonly lostAsterisk: boolean;
}

/** `arn:P:execute-api:R:ACCT:APIID`, the part that API Gateway puts before a short form on save (POL-14). */
export const apiPrefix = (resource: string): string => resource.slice(0, Math.max(0, resource.indexOf('/')));

const SHORT = 'execute-api:/';

/** The full ARN of a short form that AWS expands; other patterns as they are (POL-14). */
export const expandShortForm = (pattern: string, prefix: string): string =>
  pattern.startsWith(SHORT) ? `${prefix}/${pattern.slice(SHORT.length)}` : pattern;

export const readResource = (
  pattern: string,
  prefix: string,
  variables: Variables | null = null,
  expands = true,
): ResourcePattern => {
  const full = expands ? expandShortForm(pattern, prefix) : pattern;
  const isArn = full.startsWith('arn:') || full === '*';
  const lostAsterisk = isArn && full.indexOf('/') === full.length - 1;
  return {
    written: pattern,
    glob: isArn ? compileGlob(lostAsterisk ? `${full}*` : full, true, variables) : null,
    lostAsterisk,
  };
};

export const matchPattern = (pattern: ResourcePattern, resource: string): Truth => {
  if (pattern.glob === null) return 'unknown';
  const matched = matchGlob(pattern.glob, resource);
  return pattern.lostAsterisk && matched === true ? 'unknown' : matched;
};

export const matchResources = (
  patterns: readonly ResourcePattern[],
  isNot: boolean,
  resource: string,
): Truth => {
  const matched = any(patterns.map((pattern) => matchPattern(pattern, resource)));
  return isNot ? not(matched) : matched;
};

export const INVOKE = 'execute-api:Invoke';

/** Actions are compared without case (POL-20). */
export const matchActions = (clause: PatternClause, action: string): Truth => {
  const wanted = action.toLowerCase();
  const matched = any(
    clause.patterns.map((pattern) => matchGlob(compileGlob(pattern.toLowerCase()), wanted)),
  );
  return clause.not ? not(matched) : matched;
};
