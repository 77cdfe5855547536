/** What the role has to allow besides the call itself, by the refusal of SNS. */
const KMS: Readonly<Record<string, string>> = {
  KMSAccessDeniedException: "kms:GenerateDataKey and kms:Decrypt on the topic's key",
};

/** Why SNS did not do what it was asked, with what to allow where the role is what is missing. */
export const refusalOf = (error: unknown, action: 'sns:Publish' | 'sns:GetTopicAttributes'): string => {
  const name = error instanceof Error ? error.name : 'unknown error';
  const allow = name === 'AuthorizationErrorException' ? action : KMS[name];
  return allow === undefined ? name : `${name}; allow ${allow}`;
};
