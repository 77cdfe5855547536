import { parseText } from '../../lambda/template/parse';
import { readTemplate } from '../../lambda/template/read-template';
import { TemplateError } from '../../lambda/template/template-error';

const complaint = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
    return (error as Error).message;
  }
  return 'it was taken';
};

describe('short forms of functions', () => {
  test.each([
    ['!Ref Pool', { Ref: 'Pool' }],
    ['!GetAtt Pool.Arn', { 'Fn::GetAtt': 'Pool.Arn' }],
    ['!GetAtt [Pool, Arn]', { 'Fn::GetAtt': ['Pool', 'Arn'] }],
    ['!Sub "${Api}-x"', { 'Fn::Sub': '${Api}-x' }],
    ['!Sub ["${a}", {a: !Ref B}]', { 'Fn::Sub': ['${a}', { a: { Ref: 'B' } }] }],
    [
      '!Join ["", [a, !Sub "${B}", !GetAtt C.D]]',
      { 'Fn::Join': ['', ['a', { 'Fn::Sub': '${B}' }, { 'Fn::GetAtt': 'C.D' }]] },
    ],
    [
      '!If [Prod, !Ref A, !Ref "AWS::NoValue"]',
      { 'Fn::If': ['Prod', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
    ],
    ['!Select [0, !Split [",", !Ref L]]', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'L' }] }] }],
    ['!Not [!Equals [a, b]]', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }],
    ['!And [!Condition A, !Condition B]', { 'Fn::And': [{ Condition: 'A' }, { Condition: 'B' }] }],
    ['!ImportValue pool', { 'Fn::ImportValue': 'pool' }],
    ['!FindInMap [M, a, b]', { 'Fn::FindInMap': ['M', 'a', 'b'] }],
    ['!Transform {Name: AWS::Include}', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ])('%s', (yaml, expected) => {
    expect(parseText(`value: ${yaml}\n`, 'x.yaml')).toEqual({ value: expected });
  });
});

describe('YAML as CloudFormation reads it', () => {
  test.each([
    ['a date is a text', '2012-10-17', '2012-10-17'],
    ['yes is true', 'yes', true],
    ['y is a letter', 'y', 'y'],
    ['a number is one', '300', 300],
    ['a text in quotes stays one', '"012345678901"', '012345678901'],
  ])('%s', (_, yaml, expected) => {
    expect(parseText(`value: ${yaml}\n`, 'x.yaml')).toEqual({ value: expected });
  });

  test('anchors and merges are written out', () => {
    expect(parseText('a: &a {x: 1}\nb: {<<: *a, y: 2}\n', 'x.yaml')).toEqual({
      a: { x: 1 },
      b: { x: 1, y: 2 },
    });
  });
});

const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from(
  { length: 9 },
  (_, at) => `a${at + 1}: &a${at + 1} [${Array.from({ length: 9 }, () => `*a${at}`).join(', ')}]`,
).join('\n')}\n`;

describe('what is no template is refused, and the file and the thing are named', () => {
  test.each([
    [
      'broken YAML',
      'Resources:\n  A: [1,\n',
      /^t is neither JSON nor YAML: it goes wrong in line \d+, column \d+ \(/,
    ],
    [
      'broken JSON',
      '{"Resources": {"A": }',
      /^t is neither JSON nor YAML: it goes wrong in line 1, column 22 \(MISSING_CHAR\)\.$/,
    ],
    ['a tab', 'Resources:\n\tA: 1\n', /^t is neither JSON nor YAML: .*line 2, column 1 \(TAB_AS_INDENT\)\.$/],
    [
      'a name twice in YAML',
      'Resources:\n  Pets: 1\n  Pets: 2\n',
      /^t is neither JSON nor YAML: Pets stands there twice in line 3, column 3\.$/,
    ],
    [
      'a name twice in JSON',
      '{"Resources": {"Pets": 1, "Pets": 2}}',
      /^t is neither JSON nor YAML: Pets stands there twice in line 1, column 27\.$/,
    ],
    [
      'an unknown function',
      'Resources: !Fetch x\n',
      /^t is neither JSON nor YAML: !Fetch is no function of CloudFormation in line 1, column 12\.$/,
    ],
    ['a merge of a text', 'Resources: {<<: hello}', /^t merges \(<<\) what is no map\.$/],
    ['aliases that double', bomb, /^t names its anchors so often/],
    [
      'nesting in YAML',
      `Resources: ${'['.repeat(300)}${']'.repeat(300)}`,
      /^t is nested deeper than 100 levels\.$/,
    ],
    [
      'nesting in JSON',
      `{"Resources": ${'['.repeat(90_000)}${']'.repeat(90_000)}}`,
      /^t is nested deeper than 100 levels\.$/,
    ],
    ['nesting without end', `Resources: ${'['.repeat(90_000)}`, /^t is nested deeper than 100 levels\.$/],
    [
      'nesting by indentation',
      Array.from({ length: 600 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      /^t is nested deeper than 100 levels\.$/,
    ],
    ['nesting by dashes', `Resources:\n${'- '.repeat(9000)}a`, /^t is nested deeper than 100 levels\.$/],
    [
      'nesting by less',
      Array.from({ length: 399 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      /^t is nested deeper than 100 levels\.$/,
    ],
    ['a list', '[]', /^t is no CloudFormation template: it has no Resources\.$/],
    ['nothing', '', /^t is no CloudFormation template: it has no Resources\.$/],
    ['a text', 'hello', /^t is no CloudFormation template: it has no Resources\.$/],
    ['Resources as a list', 'Resources: []', /^t: Resources: Invalid input: expected record/],
    [
      'a resource without a type',
      'Resources: {Pets: {}}',
      /^t: Resources\.Pets\.Type: Invalid input: expected string/,
    ],
    [
      'a resource that is a text',
      'Resources: {Pets: hello}',
      /^t: Resources\.Pets: Invalid input: expected object/,
    ],
    [
      'properties as a list',
      'Resources: {Pets: {Type: x, Properties: []}}',
      /^t: Resources\.Pets\.Properties: /,
    ],
    [
      'a hostile id',
      '{"Resources": {"__proto__": {"Type": "x"}}}',
      /^t: Resources: "__proto__" is no logical id/,
    ],
    ['an id of markup', '{"Resources": {"<b>": {"Type": "x"}}}', /^t: Resources: "<b>" is no logical id/],
    ['a parameter without a type', 'Parameters: {A: {}}\nResources: {}', /^t: Parameters\.A\.Type: /],
    ['a mapping of one level', 'Mappings: {A: {b: c}}\nResources: {}', /^t: Mappings\.A\.b: /],
    ['an output that is a text', 'Outputs: {A: b}\nResources: {}', /^t: Outputs\.A: /],
    ['much too large', `#${' '.repeat(5_000_001)}`, /^t is larger than 5 MB: it is no template\.$/],
  ])('%s', (_, text, expected) => {
    expect(complaint(() => readTemplate(text, 't'))).toMatch(expected);
  });

  test('nothing of the file is repeated but names', () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG';
    const texts = [`key: "${secret}\n`, `{"a": "${secret}"`, `a: !!int ${secret}\n`, `- ${secret}\na: b`];
    for (const text of texts) expect(complaint(() => readTemplate(text, 't'))).not.toContain('wJalr');
  });
});

test('names that objects have by nature are names like others', () => {
  const { resources, conditions } = readTemplate(
    '{"Conditions": {"toString": {"Fn::Equals": ["a", "a"]}}, "Resources": {"constructor": {"Type": "x"}}}',
    't',
  );
  expect([...resources.keys()]).toEqual(['constructor']);
  expect([...conditions.keys()]).toEqual(['toString']);
});
