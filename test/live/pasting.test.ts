import { fillIn, strangers } from '../emulator/loop-kit/pasting';
import { parseCommand } from '../support/aws-command';

const OWN = 'own1';

const of = (line: string): readonly string[] => strangers(parseCommand(line), (id) => id === OWN);

test.each([
  ['an API', 'aws apigateway create-deployment --rest-api-id ID --stage-name prod'],
  [
    'a usage plan',
    'aws apigateway create-usage-plan-key --usage-plan-id ID --key-id own1 --key-type API_KEY',
  ],
  ['a user pool', 'aws cognito-idp create-user-pool-domain --user-pool-id ID --domain shop'],
  [
    'the user pool of a whole client',
    `aws cognito-idp update-user-pool-client --cli-input-json '{"UserPoolId":"ID","ClientId":"c"}'`,
  ],
  [
    'a distribution',
    'aws cloudfront update-distribution --id ID --if-match "$ETAG" --distribution-config file://distribution.json',
  ],
  ['a web ACL that is to be sent back', 'aws wafv2 get-web-acl --scope REGIONAL --name acl --id ID'],
])('a fix changes %s only where the run made it', (_, line) => {
  expect(of(line.replace('ID', OWN))).toEqual([]);
  expect(of(line.replace('ID', 'other1'))).toEqual(['other1']);
});

test('what only looks may look at anything', () => {
  expect(of('aws cloudfront get-distribution-config --id other1')).toEqual([]);
  expect(of('aws cognito-idp describe-user-pool --user-pool-id other1')).toEqual([]);
});

test('a placeholder of which nobody says anything is named', () => {
  const line = 'aws cognito-idp create-user-pool-domain --domain <DOMAIN_PREFIX>';
  expect(fillIn(line, { DOMAIN_PREFIX: 'shop' })).toBe(
    'aws cognito-idp create-user-pool-domain --domain shop',
  );
  expect(() => fillIn(line, {})).toThrow('nobody says what <DOMAIN_PREFIX> is');
});
