/**
 * A link that a role signed dies with the credentials of that role, whatever it says itself. Those of a Lambda function last 12 hours at most
 * and may be some hours old when a run begins, so no longer life is asked for, and none is promised.
 * https://repost.aws/knowledge-center/presigned-url-s3-bucket-expiration
 */
export const LONGEST_LINK_HOURS = 12;
