import { commandFaults, hasSchemas, parseCommand } from '../support/aws-command';
import { printedFixes } from './printed-commands';
import { undeployed } from './undeployed';

test('every printed command is one that AWS knows', async () => {
  const fixes = await printedFixes();
  const lines = fixes.flatMap(({ rule, commands }) =>
    commands.map((line) => ({ rule, command: parseCommand(line) })),
  );
  expect(lines.length).toBeGreaterThan(300);
  const unchecked = lines.filter(({ command }) => !hasSchemas(command.service));
  expect([...new Set(unchecked.map(({ command }) => `${command.service} ${command.operation}`))]).toEqual([
    'iam put-role-policy',
  ]);
  const faults = lines
    .filter(({ command }) => hasSchemas(command.service))
    .flatMap(({ rule, command }) => commandFaults(command).map((fault) => `${rule}: ${fault}`));
  expect(faults).toEqual([]);
});

test('whatever a deployment freezes is deployed after it was changed', async () => {
  const fixes = await printedFixes();
  const forgotten = fixes
    .filter(({ isDraft }) => !isDraft)
    .flatMap(({ rule, commands }) =>
      undeployed(commands.map(parseCommand)).map((change) => `${rule}: ${change}`),
    );
  expect(forgotten).toEqual([]);
});

test.each([
  ['an operation that does not exist', 'aws apigateway make-deployment'],
  ['an option that does not exist', 'aws apigateway create-deployment --api-id a1'],
  ['shorthand', 'aws apigateway update-stage --patch-operations op=replace,path=/variables/a,value=b'],
  [
    'a value that is no string',
    `aws apigateway update-stage --patch-operations '[{"op":"add","value":true}]'`,
  ],
  ['a member that does not exist', `aws apigateway update-stage --patch-operations '[{"oper":"add"}]'`],
  ['a URL on its own', 'aws cognito-idp update-user-pool-client --client-name https://example.com'],
  ['a statement id with a colon', 'aws lambda add-permission --statement-id a:b'],
])('the check itself refuses %s', (_, line) => {
  expect(commandFaults(parseCommand(line))).toHaveLength(1);
});

test.each([
  ['a placeholder', 'aws apigateway create-deployment --rest-api-id <ID>'],
  ['a glob', 'aws apigateway update-stage --stage-name /*/*'],
  ['an open quote', "aws apigateway update-stage --stage-name 'prod"],
])('the check itself refuses %s without quotes', (_, line) => {
  expect(() => parseCommand(line)).toThrow(/unquoted|open/);
});

test.each([
  ['nothing is deployed', ['update-method --rest-api-id a1']],
  ['the deployment comes first', ['create-deployment --rest-api-id a1', 'update-method --rest-api-id a1']],
  ['another API is deployed', ['update-method --rest-api-id a1', 'create-deployment --rest-api-id a2']],
])('the check itself sees that %s', (_, calls) => {
  expect(undeployed(calls.map((call) => parseCommand(`aws apigateway ${call}`)))).toEqual([
    'update-method a1',
  ]);
});
