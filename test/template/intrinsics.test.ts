import { readTemplate } from '../../lambda/template/read-template';
import { Stack } from '../../lambda/template/stack';
import { Unresolved, type Value } from '../../lambda/template/value';

const TEMPLATE = `
Parameters:
  Env: {Type: String, Default: prod}
  Count: {Type: Number, Default: 3}
  Ids: {Type: CommaDelimitedList, Default: "a, b"}
  Open: {Type: String}
  Secret: {Type: String, NoEcho: true, Default: hunter2}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /pools/arn}
Mappings:
  Pools: {prod: {name: people, list: [x, y]}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOpen: !Equals [!Ref Open, open]
  NotProd: !Not [!Condition IsProd]
  Neither: !And [!Condition IsOpen, !Condition NotProd]
  Either: !Or [!Condition IsOpen, !Condition IsProd]
  Both: !And [!Condition IsOpen, !Condition IsProd]
  Round: !Not [!Condition Round]
Resources:
  Api: {Type: 'AWS::ApiGateway::RestApi'}
  Pool: {Type: 'AWS::Cognito::UserPool'}
  Client: {Type: 'AWS::Cognito::UserPoolClient'}
  Scopes: {Type: 'AWS::Cognito::UserPoolResourceServer', Properties: {Identifier: https://pets}}
  Auth: {Type: 'AWS::Lambda::Function', Properties: {FunctionName: !Sub 'auth-\${Env}'}}
  Plain: {Type: 'AWS::Lambda::Function'}
  Live: {Type: 'AWS::Lambda::Alias', Properties: {FunctionName: !GetAtt Auth.Arn, Name: live}}
  Role: {Type: 'AWS::IAM::Role'}
  Stage: {Type: 'AWS::ApiGateway::Stage', Properties: {StageName: !Ref Env}}
  Topic: {Type: 'AWS::SNS::Topic'}
  Absent: {Type: 'AWS::ApiGateway::RestApi', Condition: NotProd}
  Echo: {Type: 'AWS::ApiGateway::Stage', Properties: {StageName: !Ref Echo}}
  Twice: {Type: 'AWS::ApiGateway::Stage', Properties: {StageName: !Ref Thrice}}
  Thrice: {Type: 'AWS::ApiGateway::Stage', Properties: {StageName: !Ref Twice}}
  Subject: {Type: x, Properties: {value: VALUE}}
`;

const valueOf = (yaml: string, parameters: Readonly<Record<string, string>> = {}): Value | undefined =>
  new Stack({
    template: readTemplate(
      TEMPLATE.replace('VALUE', () => yaml),
      't',
    ),
    place: { accountId: '111122223333', partition: 'aws', region: 'eu-west-1' },
    prefix: '',
    name: 'pets',
    parameters: new Map(Object.entries(parameters)),
    exported: (name) => (name === 'pool-prod' ? 'an exported pool' : new Unresolved(`no export ${name}`)),
  }).property('Subject', 'value');

test.each<[yaml: string, value: Value | undefined]>([
  ['!Ref Env', 'prod'],
  ['!Ref Count', '3'],
  ['!Ref Ids', ['a', 'b']],
  ['!Ref Api', 'Api'],
  ['!Ref Pool', 'eu-west-1_Pool'],
  ['!Ref Client', 'Client'],
  ['!Ref Scopes', 'https://pets'],
  ['!Ref Stage', 'prod'],
  ['!Ref Auth', 'auth-prod'],
  ['!Ref Live', 'arn:aws:lambda:eu-west-1:111122223333:function:auth-prod:live'],
  ['!Ref "AWS::Region"', 'eu-west-1'],
  ['!Ref "AWS::AccountId"', '111122223333'],
  ['!Ref "AWS::Partition"', 'aws'],
  ['!Ref "AWS::StackName"', 'pets'],
  ['!Ref "AWS::URLSuffix"', 'amazonaws.com'],
  ['!Ref "AWS::NoValue"', undefined],
  ['!GetAtt Pool.Arn', 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pool'],
  ['!GetAtt Auth.Arn', 'arn:aws:lambda:eu-west-1:111122223333:function:auth-prod'],
  ['!GetAtt Plain.Arn', 'arn:aws:lambda:eu-west-1:111122223333:function:Plain'],
  ['!GetAtt Role.Arn', 'arn:aws:iam::111122223333:role/Role'],
  ['!GetAtt Api.RootResourceId', 'Api/'],
  ['{"Fn::GetAtt": [Pool, Arn]}', 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pool'],
  [
    "!Sub '${Api}-${Env}-${!stageVariables.x}-${Pool.UserPoolId}'",
    'Api-prod-${stageVariables.x}-eu-west-1_Pool',
  ],
  ["!Sub ['${a}/${Env}', {a: !Ref Api}]", 'Api/prod'],
  ["!Join ['-', [a, !Ref Env, 3, true]]", 'a-prod-3-true'],
  ['!Join [",", !Ref Ids]', 'a,b'],
  ['!Select [1, !Ref Ids]', 'b'],
  ['!Select ["0", !Split ["-", "x-y"]]', 'x'],
  ['!Select [0, [!Ref Env, !Ref Open]]', 'prod'],
  ['!FindInMap [Pools, !Ref Env, name]', 'people'],
  ['!FindInMap [Pools, prod, list]', ['x', 'y']],
  ['{"Fn::FindInMap": [Pools, dev, name, {DefaultValue: nobody}]}', 'nobody'],
  ['!If [IsProd, !Ref Env, !Ref Open]', 'prod'],
  ['!If [NotProd, x, !Ref "AWS::NoValue"]', undefined],
  ['[a, !If [NotProd, x, !Ref "AWS::NoValue"], b]', ['a', 'b']],
  ['{a: !Ref "AWS::NoValue", b: 1}', { b: 1 }],
  ['!If [Either, yes-it-is, no-it-is-not]', 'yes-it-is'],
  ['!If [Neither, yes-it-is, no-it-is-not]', 'no-it-is-not'],
  ['!ImportValue pool-prod', 'an exported pool'],
  ['{"Fn::ImportValue": !Sub "pool-${Env}"}', 'an exported pool'],
  ['!Base64 pets', 'cGV0cw=='],
  ['{"Fn::Length": !Ref Ids}', 2],
  ['{"Fn::ToJsonString": {a: !Ref Env}}', '{"a":"prod"}'],
  ['{Condition: {StringEquals: {a: !Ref Env}}}', { Condition: { StringEquals: { a: 'prod' } } }],
  ['{"__proto__": {"x": 1}}', JSON.parse('{"__proto__": {"x": 1}}') as Value],
])('%s', (yaml, expected) => {
  expect(valueOf(yaml)).toEqual(expected);
});

test('parameters stand for their defaults', () => {
  expect(valueOf('!Ref Open', { Open: 'given' })).toBe('given');
  expect(valueOf('!If [Both, a, b]', { Open: 'open' })).toBe('a');
  expect(valueOf('!Ref Env', { Env: 'dev' })).toBe('dev');
});

test.each([
  ['!Ref Open', 'parameter Open has no default; give it with --parameter Open=VALUE'],
  ['!Ref Secret', 'parameter Secret is a secret (NoEcho)'],
  ['!Ref Stored', 'parameter Stored is read from the Parameter Store'],
  ['!Ref Topic', 'what Ref of AWS::SNS::Topic gives is known after the deployment'],
  [
    '!GetAtt Client.ClientSecret',
    'what Fn::GetAtt ClientSecret of AWS::Cognito::UserPoolClient gives is known after the deployment',
  ],
  ['!Ref Nothing', 'the template has no Nothing'],
  ['!Ref Absent', 'the condition of Absent does not hold, so that it is not made'],
  ['!Ref "AWS::StackId"', 'AWS::StackId is given at the deployment'],
  ["!Sub 'x${Open}'", 'parameter Open has no default; give it with --parameter Open=VALUE'],
  ["!Join ['', [a, !Ref Secret]]", 'parameter Secret is a secret (NoEcho)'],
  ['!If [IsOpen, a, b]', 'parameter Open has no default; give it with --parameter Open=VALUE'],
  ['!If [Both, a, b]', 'parameter Open has no default; give it with --parameter Open=VALUE'],
  ['!If [Round, a, b]', 'it refers to itself'],
  ['!If [Nowhere, a, b]', 'the template has no condition Nowhere'],
  ['!Ref Echo', 'it refers to itself'],
  ['!Ref Twice', 'it refers to itself'],
  ['!ImportValue other', 'no export other'],
  ['"{{resolve:ssm:/pools/arn}}"', 'it is a dynamic reference to ssm'],
  ["!Sub '{{resolve:secretsmanager:${Env}}}'", 'it is a dynamic reference to secretsmanager'],
  ['!FindInMap [Pools, dev, name]', 'the mapping has no such entry'],
  [
    '!FindInMap [Pools, !Ref Open, name]',
    'parameter Open has no default; give it with --parameter Open=VALUE',
  ],
  ['!GetAZs ""', 'Fn::GetAZs is worked out by CloudFormation alone'],
  ['!Transform {Name: x}', 'Fn::Transform is worked out by CloudFormation alone'],
  ['!Select [7, [a]]', 'its function is not written as CloudFormation takes it'],
  ['!Join [a]', 'its function is not written as CloudFormation takes it'],
  ['!Sub {a: b}', 'its function is not written as CloudFormation takes it'],
  ['!Ref [a]', 'its function is not written as CloudFormation takes it'],
  ['!GetAtt Pool', 'its function is not written as CloudFormation takes it'],
])('%s is not known', (yaml, because) => {
  expect(valueOf(yaml)).toEqual(new Unresolved(because));
});

test('texts that double by reference end', () => {
  const stages = Array.from(
    { length: 60 },
    (_, at) =>
      `  S${at}: {Type: 'AWS::ApiGateway::Stage', Properties: {StageName: !Sub '\${S${at + 1}}\${S${at + 1}}'}}`,
  ).join('\n');
  const text = `Resources:\n${stages}\n  S60: {Type: 'AWS::ApiGateway::Stage', Properties: {StageName: x}}\n`;
  const stack = new Stack({
    template: readTemplate(text, 't'),
    place: { accountId: '111122223333', partition: 'aws', region: 'eu-west-1' },
    prefix: '',
    name: null,
    parameters: new Map(),
    exported: () => new Unresolved('none'),
  });
  expect(stack.property('S50', 'StageName')).toBe('x'.repeat(1024));
  expect(stack.property('S0', 'StageName')).toEqual(new Unresolved('it is longer than 65536 characters'));
});
