/** Where every reported API lies; reports leave these out or mask them. */
export const REGION = 'us-east-1';
export const ACCOUNT_ID = '111122223333';
export const API_ID = 'reported01';
/** The stage that an API has unless the report names one. */
export const STAGE = 'prod';

export const apiArn = `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${API_ID}`;
export const poolArn = (name: string): string =>
  `arn:aws:cognito-idp:${REGION}:${ACCOUNT_ID}:userpool/${REGION}_${name}`;
export const functionArn = (name: string): string =>
  `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;
