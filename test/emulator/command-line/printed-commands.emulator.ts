import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { printedFixes, type PrintedFix } from '../../golden-accounts/printed-commands';
import { programPath } from '../harness/python-tools';
import { startCommandLine, type CommandLine } from './command-line';

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nobody',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_MAX_ATTEMPTS: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const WORKERS = 4;

interface Stub {
  readonly server: Server;
  readonly url: string;
  readonly calls: () => number;
}

/** What is read before it is written back. */
const WEB_ACL = JSON.stringify({
  WebACL: {
    Name: 'acl',
    Id: '1',
    DefaultAction: { Allow: {} },
    Rules: [],
    VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'acl' },
  },
  LockToken: 'token',
});
const DISTRIBUTION = `<DistributionConfig>
  <CallerReference>one</CallerReference><Comment/><Enabled>true</Enabled>
  <Origins><Quantity>1</Quantity><Items><Origin><Id>api</Id><DomainName>api.example.com</DomainName></Origin></Items></Origins>
  <DefaultCacheBehavior><TargetOriginId>api</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior>
</DistributionConfig>`;

/** Says yes to everything: what is tested is what comes before a call, and that it is sent. */
const startStub = async (): Promise<Stub> => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    const isXml = /\/(?:ec2|iam|cloudfront)\//.test(request.headers.authorization ?? '');
    const isWebAcl = request.headers['x-amz-target'] === 'AWSWAF_20190729.GetWebACL';
    const read = isXml && request.method === 'GET' ? DISTRIBUTION : isWebAcl ? WEB_ACL : null;
    request.resume().on('end', () => {
      response.setHeader('content-type', isXml ? 'text/xml' : 'application/json');
      response.setHeader('etag', 'E0');
      response.end(read ?? (isXml ? '<Answer/>' : '{}'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls };
};

/** Lines that were not seen yet; a fix without any was tried before. */
const unseen = (fixes: readonly PrintedFix[]): readonly PrintedFix[] => {
  const seen = new Set<string>();
  return fixes.filter(({ commands }) => {
    const before = seen.size;
    for (const line of commands) seen.add(line);
    return seen.size > before;
  });
};

let commandLine: CommandLine;
let stub: Stub;

beforeAll(async () => {
  commandLine = await startCommandLine(programPath('python'));
  stub = await startStub();
}, 60_000);

afterAll(async () => {
  await commandLine.close();
  stub.server.close();
});

const refused = async ({ rule, commands }: PrintedFix): Promise<string | null> => {
  const { code, err } = await commandLine.run(commands.join('\n'), {
    ...ENVIRONMENT,
    AWS_ENDPOINT_URL: stub.url,
  });
  return code === 0 ? null : `${rule}: ${commands.join('\n')}\n${err}`;
};

test('the AWS command line takes every printed command as it stands', async () => {
  const waiting = [...unseen(await printedFixes())];
  const lines = new Set(waiting.flatMap(({ commands }) => commands));
  expect(lines.size).toBeGreaterThan(200);
  const faults: (string | null)[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) faults.push(await refused(next));
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
  expect(stub.calls()).toBeGreaterThanOrEqual(lines.size);
}, 240_000);

test.each([
  ['an operation that does not exist', 'aws apigateway make-deployment', "Invalid choice: 'make-deployment'"],
  [
    'an option that does not exist',
    'aws apigateway get-stages --rest-api-id a --colour red',
    'Unknown options',
  ],
  [
    'malformed JSON',
    `aws apigateway update-stage --rest-api-id a --stage-name b --patch-operations '[{"op":"add",}]'`,
    'Invalid JSON',
  ],
  [
    'a value that is no string',
    `aws apigateway update-stage --rest-api-id a --stage-name b --patch-operations '[{"op":"add","value":true}]'`,
    'Invalid type for parameter patchOperations[0].value',
  ],
  ['a missing option', 'aws apigateway update-stage --rest-api-id a', '--stage-name'],
])('it refuses %s', async (_, line, why) => {
  const { code, err } = await commandLine.run(line, { ...ENVIRONMENT, AWS_ENDPOINT_URL: stub.url });
  expect(code).not.toBe(0);
  expect(err).toContain(why);
});
