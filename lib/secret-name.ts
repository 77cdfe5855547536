const NAME = /^(?:arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:)?[\w/+=.@-]{1,512}$/;

export const NO_SECRET_NAME =
  'must be the name or the ARN of a secret in Secrets Manager; the address itself goes into the secret, so it is not repeated here';

/** Whether this may be the name or the ARN of a secret. What a secret holds, such as an address, is none, or it would end up in the template. */
export const isSecretName = (text: string): boolean => NAME.test(text);
