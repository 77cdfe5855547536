import { parseUserPoolArn } from '../model/arn';

const domainOf = (partition: string): string =>
  partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';

/**
 * The issuer that a Cognito authorizer expects of a pool's tokens: the original one, which names Region and pool (CLI-24, COG-24).
 * `null` for anything but a pool's ARN, or where the Region of the ARN is not the prefix of the pool's id: no token has such an issuer.
 */
export const expectedIssuer = (providerArn: string): string | null => {
  const pool = parseUserPoolArn(providerArn);
  if (pool?.poolId.startsWith(`${pool.region}_`) !== true) return null;
  return `https://cognito-idp.${pool.region}.${domainOf(pool.partition)}/${pool.poolId}`;
};

/** What the tokens of a pool say, by its `IssuerConfiguration` (COG-24). */
export const issuerOf = (userPoolArn: string, issuerType: string): string | null => {
  const original = expectedIssuer(userPoolArn);
  if (original === null || issuerType === 'ORIGINAL') return original;
  return original.replace('https://cognito-idp.', 'https://issuer-cognito-idp.');
};
