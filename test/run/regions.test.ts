import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { openRegion } from '../../lambda/collect/live';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit } from '../../lambda/run';
import type { AuditResult } from '../../lambda/result';
import { startInProcess } from '../../sandbox/in-process';
import { sampleAccount } from '../../sandbox/load';
import { UNPACED } from '../support/hostile';

const HERE = 'eu-west-1';
const ELSEWHERE = 'eu-central-1';
const REGIONS = [HERE, ELSEWHERE];
const clock = (): Date => new Date('2026-03-01T00:00:00Z');

type Answer = () => Promise<{ response: HttpResponse }>;

const auditWith = async (elsewhere?: Answer): Promise<AuditResult> => {
  const sandbox = startInProcess({ account: sampleAccount });
  const sources = REGIONS.map((region) =>
    openRegion({
      region,
      accountId: sampleAccount.accountId,
      partition: 'aws',
      scannedRegions: REGIONS,
      clock,
      attempts: 1,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
      requestHandler: {
        handle: (request: HttpRequest) =>
          elsewhere !== undefined && request.headers['authorization']?.includes(`/${ELSEWHERE}/`) === true
            ? elsewhere()
            : sandbox.requestHandler.handle(request),
      },
      pacerOf: () => UNPACED,
    }),
  );
  const { result } = await audit({ sources, rules: catalogue, runId: 'run', clock });
  return result;
};

const idsIn = ({ findings }: AuditResult, region: string): readonly string[] =>
  findings.filter(({ subject }) => subject.region === region).map(({ id }) => id);

/** What API Gateway answers to credentials of an account that has not opted in to the Region. */
const notOptedIn: Answer = () =>
  Promise.resolve({
    response: new HttpResponse({
      statusCode: 403,
      headers: { 'x-amzn-errortype': 'UnrecognizedClientException', 'content-type': 'application/json' },
      body: Buffer.from('{"message":"The security token included in the request is invalid."}'),
    }),
  });

const noSuchHost: Answer = () =>
  Promise.reject(
    Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
  );

test.each([
  ['is not enabled for the account', notOptedIn],
  ['cannot be reached', noSuchHost],
])('a Region that %s is a gap, and the others are judged', async (_, answer) => {
  const [whole, partial] = [await auditWith(), await auditWith(answer)];
  expect(idsIn(whole, ELSEWHERE)).not.toEqual([]);
  expect(idsIn(partial, ELSEWHERE)).toEqual([]);
  expect(idsIn(partial, HERE)).toEqual(idsIn(whole, HERE));
  expect(partial.run.regions).toEqual(REGIONS);
  expect(partial.coverage.complete).toBe(false);
  expect(partial.coverage.gaps).toContainEqual(
    expect.objectContaining({ region: ELSEWHERE, operation: 'GetRestApis' }),
  );
});
