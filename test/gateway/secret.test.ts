import { inspect } from 'node:util';
import { Secret } from '../../lambda/gateway/secret';

test('a secret gives itself away to nobody who does not ask', () => {
  const secret = new Secret('hunter2');
  expect([String(secret), JSON.stringify({ secret })]).toEqual(['[secret]', '{"secret":"[secret]"}']);
  expect(inspect(secret)).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});
