import { deadPattern } from '../../../lambda/gateway/policy/mend';
import { canary, denied, method, restApi, snapshot, stage } from '../../support/build';

const PREFIX = 'arn:aws:execute-api:eu-west-1:222233334444:idshop';
const elsewhere = (rest: string) => `arn:aws:execute-api:eu-west-1:222233334444:${rest}`;
const methods = [method('GET', '/pets'), method('POST', '/pets'), method('GET', '/pets/{id}')];
const shop = restApi('shop', { methods });
const twoStages = restApi('shop', {
  stages: [stage('prod', { methods }), stage('dev', { methods: [method('PUT', '/toys')] })],
  methods: [],
});

/** Each is what is written, what is wrong, what is meant and what is printed; the latter two behind the API id. */
test.each([
  ['the API id alone', elsewhere('idshop'), 'no stage, verb and path after the API id', '*', '*'],
  [
    'another API',
    elsewhere('other/prod/GET/pets'),
    'another API id (other)',
    'prod/GET/pets',
    'prod/GET/pets',
  ],
  [
    'another API, and a stage that is not there',
    elsewhere('other/test/GET/pets'),
    'another API id (other), a stage that the API does not have (test)',
    '*/GET/pets',
    'prod/GET/pets',
  ],
  ['another service', 'arn:aws:lambda:eu-west-1:222233334444:idshop/*', 'another service (lambda)', '*', '*'],
  ['no stage', 'execute-api:/GET/pets', 'no stage before the verb', '*/GET/pets', '*/GET/pets'],
  [
    'no stage, and any verb',
    'execute-api:/any/pets',
    'no stage before the verb, a verb that no call has (any)',
    '*/*/pets',
    '*/*/pets',
  ],
  ['a verb alone', 'execute-api:/GET', 'no stage before the verb', '*/GET', '*/GET'],
  [
    'neither stage nor verb',
    'execute-api:/dev/pets',
    'a stage that the API does not have (dev), a verb that no call has (pets)',
    '*/*',
    'prod/<VERB>',
  ],
  [
    'a stage in other letters',
    'execute-api:/PROD/GET/pets',
    'a stage that the API does not have (PROD)',
    'prod/GET/pets',
    'prod/GET/pets',
  ],
  ['no verb and path', 'execute-api:/prod', 'no verb and path after the stage', 'prod/*', 'prod/*'],
  [
    'a beginning that no stage has',
    'execute-api:/test*',
    'a stage that the API does not have (test*)',
    '*/*',
    'prod/*',
  ],
  [
    'a verb in small letters',
    'execute-api:/prod/post/pets',
    'a verb that no call has (post)',
    'prod/POST/pets',
    'prod/POST/pets',
  ],
  ['any verb', 'execute-api:/prod/any/pets', 'a verb that no call has (any)', 'prod/*/pets', 'prod/*/pets'],
  [
    'a verb that is none',
    'execute-api:/prod/FETCH/pets',
    'a verb that no call has (FETCH)',
    'prod/*/pets',
    'prod/<VERB>/pets',
  ],
  [
    'a path template',
    'execute-api:/prod/GET/pets/{id}',
    'a path template (pets/{id}) where real paths stand',
    'prod/GET/pets/*',
    'prod/GET/pets/*',
  ],
  [
    'another path, with a colon',
    'execute-api:/prod/GET/toys:7',
    'a path that the API does not have (/toys:7)',
    'prod/GET/*',
    'prod/GET/<PATH>',
  ],
  [
    'another path and another API',
    elsewhere('other/prod/GET/toys'),
    'another API id (other), a path that the API does not have (/toys)',
    'prod/GET/*',
    'prod/GET/<PATH>',
  ],
])('of %s it is told what was meant', (_, written, fault, meant, printed) => {
  expect(deadPattern(written, PREFIX, shop)).toEqual({
    written,
    fault,
    elsewhere: fault.startsWith('another'),
    meant: `${PREFIX}/${meant}`,
    printed: `${PREFIX}/${printed}`,
  });
});

test.each([
  [
    'a stage of two that are not it',
    'execute-api:/test/GET/pets',
    'a stage that the API does not have (test)',
    '*/GET/pets',
    '<STAGE>/GET/pets',
  ],
  [
    'a path of one of the stages',
    'execute-api:/prod/GET/toys',
    'a path that the API does not have (/toys)',
    'prod/GET/*',
    'prod/GET/<PATH>',
  ],
  [
    'a verb that only another stage has',
    'execute-api:/dev/GET/pets',
    'a path that the API does not have (/pets)',
    'dev/*',
    'dev/GET/<PATH>',
  ],
])('where stages differ, of %s', (_, written, fault, meant, printed) => {
  expect(deadPattern(written, PREFIX, twoStages)).toMatchObject({
    fault,
    meant: `${PREFIX}/${meant}`,
    printed: `${PREFIX}/${printed}`,
  });
});

test.each([
  ['every call', '*', shop],
  ['a call', 'execute-api:/prod/GET/pets', shop],
  ['a value of a path parameter', 'execute-api:/prod/GET/pets/7', shop],
  ['what a variable may hold', 'execute-api:/prod/GET/pets/${aws:username}', shop],
  ['a call of the draft', 'execute-api:/dev/PUT/toys', twoStages],
  [
    'a call of the canary',
    'execute-api:/prod/GET/new',
    restApi('shop', {
      stages: [
        stage(
          'prod',
          { methods },
          { canary: canary({ snapshot: snapshot({ methods: [method('GET', '/new')] }) }) },
        ),
      ],
    }),
  ],
  [
    'a verb of a method for all',
    'execute-api:/prod/PUT/x',
    restApi('shop', { methods: [method('ANY', '/x')] }),
  ],
  [
    'methods that could not be read',
    'execute-api:/prod/PUT/toys',
    restApi('shop', { methods: denied('GetExport') }),
  ],
  [
    'the root of what could not be read',
    'execute-api:/prod/PUT/',
    restApi('shop', { methods: denied('GetExport') }),
  ],
  [
    'stages that could not be read',
    'execute-api:/x/GET/pets',
    restApi('shop', { stages: denied('GetStages') }),
  ],
  ['an API without stages', 'execute-api:/x/GET/pets', restApi('shop', { methods, stages: [] })],
  ['a short form that AWS does not expand', 'execute-api:*/GET/toys', shop],
  ['an ARN that is cut short', 'arn:aws:execute-api', shop],
])('a pattern that fits %s, or may, is not dead', (_, written, api) => {
  expect(deadPattern(written, PREFIX, api)).toBeNull();
});
