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

const HELP = ' What to do: ';

/** How an alarm describes itself: what is wrong, and the article about it. */
export const alarmWords = (saying: string, article: Article): string =>
  `${saying}${HELP}${runbookPage(article)}`;

/** What `alarmWords` put together; `page` is `null` where the text does not end in an article of this runbook. */
export const readAlarmWords = (text: string): { readonly saying: string; readonly page: string | null } => {
  const at = text.lastIndexOf(HELP);
  const page = text.slice(at + HELP.length);
  const isArticle =
    at >= 0 && page.startsWith(`${RUNBOOK}#`) && /^[a-z-]+$/.test(page.slice(RUNBOOK.length + 1));
  return isArticle ? { saying: text.slice(0, at), page } : { saying: text, page: null };
};
