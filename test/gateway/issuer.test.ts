import { expectedIssuer, issuerOf } from '../../lambda/gateway/issuer';
import { functionArn, poolArn } from '../support/build';

const pool = poolArn('eu-west-1_Pets');
const china = 'arn:aws-cn:cognito-idp:cn-north-1:222233334444:userpool/cn-north-1_Pets';

test.each([
  [pool, 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pets'],
  [china, 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Pets'],
  [poolArn('us-east-1_Pets'), null],
  [functionArn('eu-west-1_Pets'), null],
  ['', null],
])('the issuer that an authorizer expects of %s (CLI-24)', (arn, issuer) => {
  expect(expectedIssuer(arn)).toBe(issuer);
});

test.each([
  [pool, 'ORIGINAL', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pets'],
  [pool, 'UPDATED', 'https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pets'],
  [poolArn('us-east-1_Pets'), 'ORIGINAL', null],
  [poolArn('us-east-1_Pets'), 'UPDATED', null],
])('the issuer that tokens of %s name where it is %s (COG-24)', (arn, type, issuer) => {
  expect(issuerOf(arn, type)).toBe(issuer);
});
