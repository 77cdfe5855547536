import type { Gap } from '../findings/coverage';
import type { Suppression } from '../findings/suppression';
import type { AuditResult, FailedRule } from '../result';

/** What earlier runs told and need not be told again while it lasts. */
export interface Told {
  readonly troubles: readonly string[];
  readonly announced: readonly string[];
}

export const NOTHING_TOLD: Told = { troubles: [], announced: [] };

export const gapKey = ({ region, operation, subject, because }: Gap): string =>
  ['gap', region, operation, subject, because].join(' ');

const ruleKey = ({ rule, at }: FailedRule): string => ['rule', rule, at].join(' ');

/** Everything that this run could not judge. */
export const troublesOf = ({ coverage }: Pick<AuditResult, 'coverage'>): readonly string[] => [
  ...coverage.gaps.map(gapKey),
  ...coverage.failedRules.map(ruleKey),
];

/** Renewing a suppression changes its end, so the new end is announced too. */
export const suppressionKey = ({ rule, subject, until }: Suppression): string =>
  JSON.stringify([rule, subject, until]);
