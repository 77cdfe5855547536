import { APIGatewayClient, GetRestApiCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { FaultDraw, type Fault, type FaultRates } from '../../sandbox/faults';
import { sampleAccount } from '../../sandbox/load';
import { refusal, settings, start } from './support';

const MIX: FaultRates = { throttle: 0.2, serverError: 0.2, tear: 0.1, halfBody: 0.1 };

const draws = (seed: number, requests: readonly string[]): readonly (Fault | null)[] => {
  const draw = new FaultDraw({ seed, ...MIX });
  return requests.map((request) => draw.next('GetStages', request));
};

const REQUESTS = Array.from({ length: 500 }, (_, index) => `api ${index}`);

test('the same seed strikes the same requests, another one others', () => {
  expect(draws(7, REQUESTS)).toEqual(draws(7, REQUESTS));
  expect(draws(7, REQUESTS)).not.toEqual(draws(8, REQUESTS));
});

test('the order of arrival changes nothing', () => {
  expect(draws(7, REQUESTS.toReversed()).toReversed()).toEqual(draws(7, REQUESTS));
});

test('each attempt of a request is drawn anew', () => {
  const outcomes = new Set(
    draws(
      7,
      Array.from({ length: 50 }, () => 'one request'),
    ),
  );
  expect(outcomes.size).toBeGreaterThan(2);
});

test('faults strike about as often as asked', () => {
  const seen = draws(7, REQUESTS);
  const share = (fault: Fault | null) => seen.filter((one) => one === fault).length / REQUESTS.length;
  expect(share('throttle')).toBeCloseTo(0.2, 1);
  expect(share('tear')).toBeCloseTo(0.1, 1);
  expect(share(null)).toBeCloseTo(0.4, 1);
  expect(share('html')).toBe(0);
});

const struck = async (fault: Fault, attempts = 1) => {
  const sandbox = await start({ faults: { seed: 1, [fault]: 1 } });
  const client = new APIGatewayClient({ ...settings(sandbox), maxAttempts: attempts });
  return { sandbox, client };
};

test.each<[Fault, { name: string; status: number | undefined }]>([
  ['throttle', { name: 'TooManyRequestsException', status: 429 }],
  ['serverError', { name: 'InternalFailure', status: 500 }],
  ['tear', { name: 'Error', status: undefined }],
  ['malformed', { name: 'SyntaxError', status: 200 }],
  ['html', { name: 'SyntaxError', status: 502 }],
])('%s reaches the SDK as it would from AWS', async (fault, expected) => {
  const { sandbox, client } = await struck(fault);
  expect(await refusal(client.send(new GetRestApisCommand({})))).toMatchObject(
    expected.status === undefined ? { name: expected.name } : expected,
  );
  expect(sandbox.calls.map(({ outcome }) => outcome)).toEqual([fault]);
});

test('half a body never passes for an answer', async () => {
  const { client } = await struck('halfBody');
  await expect(client.send(new GetRestApisCommand({}))).rejects.toThrow(
    /abort|reset|Unexpected end|hang up|terminated/i,
  );
});

test('a stalled request ends when the endpoint closes', async () => {
  const { sandbox, client } = await struck('stall');
  const sent = refusal(client.send(new GetRestApisCommand({})));
  while (sandbox.calls[0]?.outcome !== 'stall') await new Promise((resolve) => setTimeout(resolve, 5));
  await sandbox.close();
  expect((await sent).status).toBeUndefined();
});

test('faults keep to the operations named', async () => {
  const sandbox = await start({ faults: { seed: 1, serverError: 1, operations: ['GetRestApi'] } });
  const client = new APIGatewayClient(settings(sandbox));
  await client.send(new GetRestApisCommand({}));
  const restApiId = sampleAccount.regions['eu-west-1']?.restApis?.[0]?.id;
  expect(await refusal(client.send(new GetRestApiCommand({ restApiId })))).toMatchObject({ status: 500 });
});

test("the SDK's own retries get through", async () => {
  const sandbox = await start({ faults: { seed: 3, serverError: 0.5 } });
  const client = new APIGatewayClient({ ...settings(sandbox), maxAttempts: 8 });
  for (let limit = 1; limit <= 8; limit += 1) {
    expect((await client.send(new GetRestApisCommand({ limit }))).items).toHaveLength(limit);
  }
  expect(sandbox.calls.length).toBeGreaterThan(8);
});

test('answers wait as long as asked, by operation', async () => {
  const sandbox = await start({ latencyMs: { GetRestApis: 60 } });
  const client = new APIGatewayClient(settings(sandbox));
  const before = performance.now();
  await client.send(new GetRestApisCommand({}));
  expect(performance.now() - before).toBeGreaterThanOrEqual(55);
});
