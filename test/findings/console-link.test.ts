import { consoleLink } from '../../lambda/findings/console-link';

const linkOf = (arn: string, region = 'eu-west-1'): string | null =>
  consoleLink({ arn, label: 'whatever', region });

test.each([
  [
    'arn:aws:apigateway:eu-west-1::/restapis/a1b2',
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/apis/a1b2/resources?api=a1b2&region=eu-west-1',
  ],
  [
    'arn:aws:apigateway:eu-west-1::/restapis/a1b2/stages/prod/GET/pets',
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/apis/a1b2/stages?api=a1b2&region=eu-west-1',
  ],
  [
    'arn:aws:apigateway:eu-west-1::/restapis/a1b2/authorizers/pool',
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/apis/a1b2/authorizers?api=a1b2&region=eu-west-1',
  ],
  [
    'arn:aws:apigateway:eu-west-1::/domainnames/api.example.com',
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/publish/domain-names?region=eu-west-1',
  ],
  [
    'arn:aws:apigateway:eu-west-1::/apikeys/k1',
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/api-keys?region=eu-west-1',
  ],
  [
    'arn:aws:apigateway:eu-west-1::/usageplans/p1',
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/usage-plans?region=eu-west-1',
  ],
  [
    'arn:aws:apigateway:eu-west-1::/account',
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/settings?region=eu-west-1',
  ],
  [
    'arn:aws:lambda:eu-west-1:222233334444:function:guard:live',
    'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/guard',
  ],
  [
    'arn:aws:ec2:eu-west-1:222233334444:vpc-endpoint/vpce-0a',
    'https://eu-west-1.console.aws.amazon.com/vpcconsole/home?region=eu-west-1#EndpointDetails:vpcEndpointId=vpce-0a',
  ],
])('%s is shown there', (arn, link) => {
  expect(linkOf(arn)).toBe(link);
});

test('a pool is shown in its own Region, not in that of the API that trusts it', () => {
  expect(
    linkOf('arn:aws:cognito-idp:us-east-1:222233334444:userpool/us-east-1_Shop/client/c1', 'eu-west-1'),
  ).toBe(
    'https://us-east-1.console.aws.amazon.com/cognito/v2/idp/user-pools/us-east-1_Shop?region=us-east-1',
  );
});

test('CloudFront has one console for all Regions', () => {
  expect(linkOf('arn:aws:cloudfront::222233334444:distribution/E1')).toBe(
    'https://console.aws.amazon.com/cloudfront/v4/home#/distributions/E1',
  );
});

test.each([
  ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
])('the console of the partition %s is another', (partition, region, host) => {
  const link = linkOf(`arn:${partition}:apigateway:${region}::/restapis/a1`, region) ?? '';
  expect(new URL(link).host).toBe(host);
});

test.each([
  ['a partition whose console is not known', 'arn:aws-iso:apigateway:us-iso-east-1::/restapis/a1'],
  ['a thing that has no place of its own', 'arn:aws:cloudfront::222233334444:function/f'],
  ['what is no ARN', 'nothing'],
])('%s gets no link', (_, arn) => {
  expect(linkOf(arn)).toBeNull();
});

test('a name of the account cannot leave the path', () => {
  const link = linkOf('arn:aws:apigateway:eu-west-1::/restapis/a?b&c#d"e') ?? '';
  expect(new URL(link).pathname).toBe('/apigateway/main/apis/a%3Fb%26c%23d%22e/resources');
});
