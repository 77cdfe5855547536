import { EventError, parseEvent } from '../../lambda/function/event';

const AUDIT = { action: 'audit', regions: [], restApiIds: [], rules: [], notify: true, full: false };

test.each([
  ['nothing', {}],
  ['the action alone', { action: 'audit' }],
  [
    'what EventBridge Scheduler sends by itself',
    {
      version: '0',
      id: 'd32c5kddcf5bb8c3',
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '222233334444',
      time: '2026-11-23T09:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: '{}',
    },
  ],
  ['what an EventBridge rule sends', { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} }],
])('%s means an audit of everything', (_, event) => {
  expect(parseEvent(event)).toEqual(AUDIT);
});

test('an audit takes limits and wishes', () => {
  const event = {
    regions: ['eu-west-1'],
    restApiIds: ['a1b2c3'],
    rules: ['api-keys/x'],
    notify: false,
    full: true,
  };
  expect(parseEvent(event)).toEqual({ ...event, action: 'audit' });
});

test('an explanation takes a request and a credential', () => {
  const event = {
    action: 'explain',
    url: 'https://example.com/',
    method: 'POST',
    claims: { sub: 'x', aud: ['y'] },
  };
  expect(parseEvent(event)).toEqual(event);
  expect(() => parseEvent({ ...event, regions: [] })).toThrow('Event: regions: unknown field');
});

test('a test alert takes nothing else', () => {
  expect(parseEvent({ action: 'test-alert' })).toEqual({ action: 'test-alert' });
  expect(() => parseEvent({ action: 'test-alert', regions: [] })).toThrow('Event: regions: unknown field');
});

test.each([
  [{ action: 'delete' }, 'Event: action: must be '],
  [{ regions: ['eu-west-1', 'Ireland'] }, 'Event: regions[1]: must be an AWS Region such as eu-west-1'],
  [{ regions: 'eu-west-1' }, 'Event: regions: Invalid input: expected array'],
  [{ restApiIds: ['../x'] }, 'Event: restApiIds[0]: must be the id of a REST API'],
  [{ notify: 'yes' }, 'Event: notify: Invalid input: expected boolean'],
  [{ region: ['eu-west-1'] }, 'Event: region: unknown field'],
  [
    { full: 1, notify: 2 },
    'Event: notify: Invalid input: expected boolean, received number; full: Invalid input',
  ],
  ['audit', 'Event: must be a JSON object'],
  [null, 'Event: must be a JSON object'],
  [[], 'Event: must be a JSON object'],
])('%j is refused by the name of the field', (event, words) => {
  expect(() => parseEvent(event)).toThrow(EventError);
  expect(() => parseEvent(event)).toThrow(words);
});

test('an error never repeats a value: it may be a token', () => {
  const secret = 'eyJraWQiOiJzZWNyZXQifQ';
  for (const event of [
    { action: secret },
    { regions: [secret] },
    { token: secret },
    { notify: secret },
    secret,
  ]) {
    expect(() => parseEvent(event)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  }
});
