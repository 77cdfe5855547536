import { startCleanUp } from './clean-up';

const failing = (name: string, times = Infinity): (() => Promise<void>) => {
  let left = times;
  return () => {
    left -= 1;
    return left < 0 ? Promise.resolve() : Promise.reject(Object.assign(new Error('no'), { name }));
  };
};

const start = (): { readonly cleanUp: ReturnType<typeof startCleanUp>; readonly pauses: number[] } => {
  const pauses: number[] = [];
  const cleanUp = startCleanUp((milliseconds) => {
    pauses.push(milliseconds);
    return Promise.resolve();
  });
  return { cleanUp, pauses };
};

test('what was made last goes first, and only once', async () => {
  const { cleanUp } = start();
  const gone: string[] = [];
  for (const what of ['api', 'plan', 'key']) cleanUp.add(what, () => Promise.resolve(gone.push(what)));
  expect(await cleanUp.run()).toEqual([]);
  expect(await cleanUp.run()).toEqual([]);
  expect(gone).toEqual(['key', 'plan', 'api']);
});

test('what fails is told, and the rest still goes', async () => {
  const { cleanUp, pauses } = start();
  const gone: string[] = [];
  cleanUp.add('api a1', () => Promise.resolve(gone.push('a1')));
  cleanUp.add('pool p1', failing('AccessDeniedException'));
  cleanUp.add('key k1', failing('NotFoundException'));
  expect(await cleanUp.run()).toEqual(['pool p1 (AccessDeniedException)']);
  expect(gone).toEqual(['a1']);
  expect(pauses).toEqual([]);
});

test.each([
  ['API Gateway', 'NotFoundException', 'TooManyRequestsException'],
  ['Cognito', 'ResourceNotFoundException', 'TooManyRequestsException'],
  ['IAM', 'NoSuchEntityException', 'DeleteConflictException'],
  ['AWS WAF', 'WAFNonexistentItemException', 'WAFAssociatedItemException'],
  ['CloudFront', 'NoSuchDistribution', 'DistributionNotDisabled'],
])('%s says of a thing that it is gone, or not yet free', async (_, gone, busy) => {
  const { cleanUp, pauses } = start();
  cleanUp.add('it', failing(gone));
  cleanUp.add('another', failing(busy, 1));
  expect(await cleanUp.run()).toEqual([]);
  expect(pauses).toHaveLength(1);
});

test('what AWS is too busy for is tried again after its quota', async () => {
  const { cleanUp, pauses } = start();
  cleanUp.add('api a1', failing('TooManyRequestsException', 2));
  cleanUp.add('api a2', failing('TooManyRequestsException'));
  expect(await cleanUp.run()).toEqual(['api a2 (TooManyRequestsException)']);
  expect(pauses).toHaveLength(4 + 2);
});
