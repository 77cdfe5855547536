const RUNBOOK = 'https://github.com/api-auth-auditor/api-auth-auditor/blob/main/docs/runbook.md';

/** The articles of the runbook, one an alarm; the titles of docs/runbook.md make these anchors. */
export type Article =
  | 'audit-failed'
  | 'audit-incomplete'
  | 'audit-slow'
  | 'audit-not-run'
  | 'events-undelivered'
  | 'alerts-unsent'
  | 'alerts-undelivered'
  | 'slack-undelivered';

export const runbookPage = (article: Article): string => `${RUNBOOK}#${article}`;
