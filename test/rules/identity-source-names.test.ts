import { looksMisnamed, meantName } from '../../lambda/rules/identity-source-names';

test.each([
  ['method.request.header.Authorization', 'Authorization'],
  ['integration.request.header.Authorization', 'Authorization'],
  ['request.header.Authorization', 'Authorization'],
  ['$request.header.Authorization', 'Authorization'],
  ['Method.Request.Header.X-Token', 'X-Token'],
  ['method.request.querystring.token', 'token'],
  ['method.request.multivalueheader.X-Token', 'X-Token'],
  ['method.request.path.tenant', 'tenant'],
  ['header.Authorization', 'Authorization'],
  ['header.name.Authorization', 'Authorization'],
  ['headers.Authorization', 'Authorization'],
  ['querystring.token', 'token'],
  ['context.identity.sourceIp', 'context.identity.sourceIp'],
  ['$context.identity.sourceIp', '$context.identity.sourceIp'],
])('%s repeats the syntax of mappings, for %s', (name, meant) => {
  expect([looksMisnamed(name), meantName(name)]).toEqual([true, meant]);
});

test.each(['Authorization', 'header', 'headerless', 'x-request.header.token', 'my.header.token'])(
  '%s is a name',
  (name) => {
    expect([looksMisnamed(name), meantName(name)]).toEqual([false, name]);
  },
);
