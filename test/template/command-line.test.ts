import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readAudit } from '../../lambda/report/schema';
import { runCommandLine } from '../support/command-line';
import { expectGolden } from '../support/golden';
import { changed, petsWith } from '../support/template';

const FIXTURES = path.join(__dirname, '..', 'fixtures', 'templates');
const fixture = (name: string): string => path.join(FIXTURES, name);

const folder = mkdtempSync(path.join(tmpdir(), 'template-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

const audit = (...argv: readonly string[]) => runCommandLine(['audit', '--region', 'eu-west-1', ...argv]);

/** What did the audit take. */
const withoutDuration = (text: string): string => text.replaceAll(/ in \d+(?:\.\d+)? s\b/g, ' in 0.0 s');

describe('audit --template', () => {
  test.each([
    ['healthy.yaml', 0],
    ['broken.yaml', 1],
  ])('%s', async (name, expected) => {
    const { code, out, err } = await audit('--template', fixture(name));
    expect({ code, err }).toEqual({ code: expected, err: '' });
    expectGolden(`template/${name.replace('.yaml', '.txt')}`, withoutDuration(out));
  });

  test('a folder that the CDK wrote: stacks are read as one, by their names', async () => {
    const { code, out } = await runCommandLine(['audit', '--template', fixture('assembly')]);
    expect(code).toBe(1);
    expectGolden('template/assembly.txt', withoutDuration(out));
  });

  test('the JSON says where it comes from, and names no command, console or operation of AWS', async () => {
    const { out } = await audit('--template', fixture('broken.yaml'), '--format', 'json');
    const { run, findings } = readAudit(JSON.parse(out));
    expect(run).toMatchObject({ source: 'template', account: 'unknown', regions: ['eu-west-1'] });
    expect(findings.length).toBeGreaterThan(3);
    for (const { fix, evidence, console: link } of findings) {
      expect(fix.flatMap(({ commands }) => commands)).toEqual([]);
      expect(new Set(evidence.map(({ operation }) => operation))).toEqual(new Set(['template']));
      expect(link).toBeUndefined();
    }
    expect(out).not.toContain('aws apigateway ');
  });

  test('a parameter stands for its default', async () => {
    const { out } = await audit('--template', fixture('healthy.yaml'), '--parameter', 'Env=dev');
    expect(out).toContain('shop-dev (Api)');
    expect(out).toContain('dev: GET /orders');
  });

  test('an account makes policies of others readable', async () => {
    const Policy = {
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: '*', Resource: '*' },
      ],
    };
    const file = fileOf('policy.json', petsWith(changed('Api', { Policy })));
    const unknown = await audit('--template', file);
    expect(unknown.out).toContain('give it with --account');
    const given = await audit('--template', file, '--account', '111122223333', '--format', 'json');
    expect(given.out).not.toContain('give it with --account');
    expect(readAudit(JSON.parse(given.out)).run.account).toBe('111122223333');
  });

  test('SAM that was not written out is a gap, and no finding', async () => {
    const file = fileOf(
      'sam.yaml',
      'Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: "AWS::Serverless::Function"}}\n',
    );
    const { code, out } = await audit('--template', file);
    expect(code).toBe(2);
    expect(out).toContain('AWS SAM resources are written out by CloudFormation only');
    expect(out).toContain('0 APIs, 0 stages and 0 deployed methods');
  });

  test('hostile names are shown as they are', async () => {
    const name = '\u001B[2J<script>\u202E';
    const file = fileOf(
      'hostile.json',
      petsWith({ ...changed('Api', { Name: name }), ...changed('GetPets', { AuthorizerId: name }) }),
    );
    const { out } = await audit('--template', file);
    expect(out).toContain(String.raw`\u{1b}[2J<script>\u{202e}`);
    expect(out).not.toContain('\u001B');
  });
});

const ask = (host: string, ...argv: readonly string[]) =>
  runCommandLine([
    'explain',
    '--url',
    `https://${host}.execute-api.eu-west-1.amazonaws.com/prod/orders`,
    ...argv,
  ]);

const claims = (issuer: string) =>
  fileOf('claims.json', JSON.stringify({ token_use: 'id', iss: issuer, aud: 'Web', exp: 4_102_444_800 }));

describe('explain --template', () => {
  test('one request, by the logical id in its address', async () => {
    const { code, out } = await ask('Api', '--template', fixture('broken.yaml'), '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      request: { restApiId: 'Api', stage: 'prod', resource: '/orders' },
      decision: { outcome: 'refused', status: 401 },
    });
    expect(out).not.toContain('aws apigateway ');
  });

  test('of a stack among several', async () => {
    const { code, out } = await ask(
      'Shop-ApiF70053CD',
      '--template',
      fixture('assembly'),
      '--format',
      'json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      request: { restApiId: 'Shop-ApiF70053CD', resource: '/orders' },
    });
  });

  test('a token of a pool that has its id already is none of a template', async () => {
    const host = 'https://cognito-idp.eu-west-1.amazonaws.com';
    const argv = ['--template', fixture('broken.yaml'), '--claims'];
    const real = await ask('Api', ...argv, claims(`${host}/eu-west-1_AbCdEfGhI`));
    expect(real.code).toBe(3);
    expect(real.err).toContain(`Give --claims with the logical ids: "iss": "${host}/eu-west-1_People"`);
    const made = await ask('Api', ...argv, claims(`${host}/eu-west-1_People`));
    expect(made.err).toBe('');
    expect(made.code).not.toBe(3);
  });

  test('there is no AWS to ask', async () => {
    const { code, err } = await ask('Api', '--template', fixture('healthy.yaml'), '--user', 'ada');
    expect(code).toBe(3);
    expect(err).toBe('error: --user asks AWS, and neither a saved account nor a template can be asked.\n');
  });
});

const stack = (templateFile: string, rest: object = {}) =>
  JSON.stringify({
    artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile }, ...rest } },
  });

describe('bad input ends with 3 and a sentence that names it', () => {
  const missing = path.join(folder, 'missing.yaml');
  test.each<[what: string, argv: () => readonly string[], expected: RegExp]>([
    ['no such file', () => [missing], /missing\.yaml could not be read: no such file or folder\.$/],
    [
      'a file of another kind',
      () => [fileOf('notes.txt', 'hello')],
      /notes\.txt is no CloudFormation template: it has no Resources\.$/,
    ],
    [
      'broken YAML',
      () => [fileOf('bad.yaml', 'Resources: [')],
      /bad\.yaml is neither JSON nor YAML: it goes wrong in line 1/,
    ],
    [
      'an empty folder',
      () => {
        mkdirSync(path.join(folder, 'empty'));
        return [path.join(folder, 'empty')];
      },
      /empty holds no template: neither manifest\.json nor a file such as empty\.template\.json\.$/,
    ],
    [
      'a manifest of another kind',
      () => [path.dirname(fileOf('other/manifest.json', '{"artifacts": []}'))],
      /manifest\.json is no manifest of the CDK: artifacts: /,
    ],
    [
      'a manifest that leads out of its folder',
      () => [path.dirname(fileOf('out/manifest.json', stack('../../secret.json')))],
      /manifest\.json: "\.\.\/\.\.\/secret\.json" is no file beside it\.$/,
    ],
    [
      'a manifest whose template is gone',
      () => [path.dirname(fileOf('gone/manifest.json', stack('A.template.json')))],
      /A\.template\.json could not be read: no such file or folder\.$/,
    ],
    [
      'an assembly inside itself',
      () => [
        path.dirname(
          fileOf(
            'self/manifest.json',
            '{"artifacts": {"A": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}}}',
          ),
        ),
      ],
      /is no file beside it\.$/,
    ],
    [
      'a parameter that is none',
      () => [fixture('healthy.yaml'), '--parameter', 'Env'],
      /^error: --parameter takes NAME=VALUE\.$/,
    ],
    [
      'a parameter that no template has',
      () => [fixture('healthy.yaml'), '--parameter', 'Evn=dev'],
      /^error: There is no parameter Evn in what was given\.$/,
    ],
    [
      'an account that is none',
      () => [fixture('healthy.yaml'), '--account', '1234'],
      /^error: --account takes the twelve digits of an AWS account\.$/,
    ],
    [
      'a region too many',
      () => [fixture('healthy.yaml'), '--region', 'eu-west-2'],
      /^error: --template takes one --region\.$/,
    ],
    ['what it cannot do', () => [fixture('healthy.yaml'), '--save', 'x.json'], /cannot be used with option/],
  ])('%s', async (_, argv, expected) => {
    const { code, out, err } = await audit('--template', ...argv());
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err.trim().split('\n')[0]).toMatch(expected);
  });

  test('--parameter and --account without a template', async () => {
    const { code, err } = await audit('--sandbox', '--account', '111122223333');
    expect(code).toBe(3);
    expect(err).toBe('error: --parameter and --account belong to --template.\n');
  });
});

test('templates without a manifest are stacks by their names', async () => {
  fileOf(
    'loose/A.template.json',
    petsWith(changed('Auth', { ProviderARNs: [{ 'Fn::ImportValue': 'people' }] })),
  );
  fileOf(
    'loose/B.template.yaml',
    'Resources: {Pool: {Type: "AWS::Cognito::UserPool"}}\nOutputs: {O: {Value: !GetAtt Pool.Arn, Export: {Name: people}}}\n',
  );
  fileOf('loose/README.md', 'not read');
  const { out } = await audit('--template', path.join(folder, 'loose'), '--format', 'json');
  const { findings, coverage } = readAudit(JSON.parse(out));
  expect(findings[0]?.subject.restApiId).toBe('A-Api');
  expect(coverage.gaps.map(({ subject }) => subject)).toContain('B-Pool');
});
