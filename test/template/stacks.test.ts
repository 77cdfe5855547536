import { readCloudAssembly } from '../../lambda/template/cloud-assembly';
import { readStacks, type TemplateFile } from '../../lambda/template/read-stacks';
import { apisOf, AT, changed, petsWith, told } from '../support/template';

const stack = (stackName: string, text: string, given: Partial<TemplateFile> = {}): TemplateFile => ({
  file: `${stackName}.template.json`,
  text,
  stackName,
  region: 'eu-west-1',
  accountId: '111122223333',
  ...given,
});

const read = (...files: readonly TemplateFile[]) => readStacks(files, new Map(), AT);

const exporting = (value: unknown, name: unknown = 'people') =>
  JSON.stringify({
    Resources: { Pool: { Type: 'AWS::Cognito::UserPool' } },
    Outputs: { Out: { Value: value, Export: { Name: name } } },
  });

const importing = petsWith(changed('Auth', { ProviderARNs: [{ 'Fn::ImportValue': 'people' }] }));

const providersOf = (files: readonly TemplateFile[]) => {
  const [first] = read(...files);
  const [api] = first === undefined ? [] : apisOf(first);
  const authorizers = told(api?.draft.authorizers);
  return typeof authorizers === 'string'
    ? authorizers
    : authorizers.flatMap(({ providerArns }) => providerArns);
};

describe('stacks of one account and region are read together', () => {
  test('an import is what the other stack exports', () => {
    expect(
      providersOf([stack('Shop', importing), stack('People', exporting({ 'Fn::GetAtt': 'Pool.Arn' }))]),
    ).toEqual(['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_People-Pool']);
  });

  test('under a name that is worked out', () => {
    const name = { 'Fn::Sub': '${AWS::StackName}' };
    const text = petsWith(changed('Auth', { ProviderARNs: [{ 'Fn::ImportValue': 'People' }] }));
    expect(providersOf([stack('Shop', text), stack('People', exporting('arn:given', name))])).toEqual([
      'arn:given',
    ]);
  });

  test('exports of another region are not its', () => {
    const other = stack('People', exporting('arn:given'), { region: 'eu-west-2' });
    expect(providersOf([stack('Shop', importing), other])).toEqual(['unresolved:Shop-Auth.ProviderARNs.0']);
  });

  test('imports that go round end', () => {
    const round = JSON.stringify({
      Resources: {},
      Outputs: { Out: { Value: { 'Fn::ImportValue': 'people' }, Export: { Name: 'people' } } },
    });
    expect(providersOf([stack('Shop', importing), stack('Round', round)])).toEqual([
      'unresolved:Shop-Auth.ProviderARNs.0',
    ]);
  });

  test('methods of another stack likely come too late', () => {
    const methods = JSON.stringify({
      Resources: {
        Post: {
          Type: 'AWS::ApiGateway::Method',
          Properties: {
            RestApiId: { 'Fn::ImportValue': 'api' },
            ResourceId: { 'Fn::ImportValue': 'root' },
            HttpMethod: 'POST',
            AuthorizationType: 'NONE',
          },
        },
      },
    });
    const shop = petsWith(
      {},
      {
        Outputs: {
          A: { Value: { Ref: 'Api' }, Export: { Name: 'api' } },
          B: { Value: { 'Fn::GetAtt': 'Api.RootResourceId' }, Export: { Name: 'root' } },
        },
      },
    );
    const [first] = read(stack('Shop', shop), stack('Methods', methods));
    const [api] = first === undefined ? [] : apisOf(first);
    expect(told(api?.draft.methods)).toMatchObject([{ path: '/pets' }, { path: '/', verb: 'POST' }]);
    expect(JSON.stringify(told(api?.stages))).toContain(
      'it leaves out Methods-Post, so that CloudFormation likely',
    );
  });

  test('each account and region is one of its own, and nothing has two names', () => {
    const all = read(
      stack('Shop', petsWith({})),
      stack('Shop', petsWith({}), { accountId: '444455556666' }),
      stack('Shop', petsWith({}), { region: 'us-gov-west-1' }),
    );
    expect(all.map(({ account }) => [account.accountId, account.region, account.partition])).toEqual([
      ['111122223333', 'eu-west-1', 'aws'],
      ['444455556666', 'eu-west-1', 'aws'],
      ['111122223333', 'us-gov-west-1', 'aws-us-gov'],
    ]);
    expect(all.flatMap(apisOf).map(({ id }) => id)).toEqual(['Shop-Api', 'Shop-2-Api', 'Shop-3-Api']);
  });
});

const artifact = (environment: string) =>
  JSON.stringify({
    artifacts: {
      Shop: {
        type: 'aws:cloudformation:stack',
        environment,
        properties: { templateFile: 'Shop.template.json', stackName: 'shop-prod' },
      },
      Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  });

describe('the manifest of an assembly', () => {
  test.each([
    ['aws://111122223333/eu-west-1', '111122223333', 'eu-west-1'],
    ['aws://unknown-account/unknown-region', null, null],
    ['aws://unknown-account/eu-central-1', null, 'eu-central-1'],
    ['anywhere', null, null],
  ])('%s', (environment, accountId, region) => {
    expect(readCloudAssembly(artifact(environment), 'manifest.json')).toEqual({
      stacks: [{ name: 'shop-prod', templateFile: 'Shop.template.json', accountId, region }],
      folders: ['assembly-Prod'],
    });
  });

  test.each(['..', '/etc/passwd', 'a/b', String.raw`a\b`, '', '...'])(
    'names no file such as %j',
    (templateFile) => {
      const text = JSON.stringify({
        artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile } } },
      });
      expect(() => readCloudAssembly(text, 'manifest.json')).toThrow('is no file beside it');
    },
  );
});
