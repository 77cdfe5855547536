/** Names of the function's environment variables: the stack sets them, `settings.ts` reads them. */
export const ALERTS_TOPIC_ARN = 'ALERTS_TOPIC_ARN';
export const EVENTS_TOPIC_ARN = 'EVENTS_TOPIC_ARN';
/** Only when a chat channel is configured. */
export const CHAT_TOPIC_ARN = 'CHAT_TOPIC_ARN';
/** Comma-separated; without it, the function's own region. */
export const AUDITED_REGIONS = 'AUDITED_REGIONS';
/** As people call the account. */
export const ACCOUNT_ALIAS = 'ACCOUNT_ALIAS';
/** The bucket that remembers findings and keeps reports. */
export const HISTORY_BUCKET = 'HISTORY_BUCKET';
/** Day of the weekly digest, `monday` to `sunday`, in UTC; or `never`. */
export const DIGEST_DAY = 'DIGEST_DAY';
/** `true`: findings go to Security Hub too. */
export const SECURITY_HUB = 'SECURITY_HUB';
/** `true`: another function posts events to a Slack webhook, so people may hear without a subscription of their own. */
export const SLACK_WEBHOOK = 'SLACK_WEBHOOK';
/** Name or ARN of the secret with the address of the Slack webhook; of the function that posts there. */
export const SLACK_WEBHOOK_SECRET = 'SLACK_WEBHOOK_SECRET';
/** Hours that the signed link to a report is to last; 0: none is made. */
export const REPORT_LINK_HOURS = 'REPORT_LINK_HOURS';
/** Share of API Gateway's request quota that the audit may use, above 0 and at most 1. */
export const QUOTA_SHARE = 'QUOTA_SHARE';
