import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { refusal, settings, start } from './support';

const Bucket = 'reports';
const NOW = Date.parse('2026-03-01T10:00:00Z');

const setUp = async (pageSize = 100) => {
  const sandbox = await start({
    account: { accountId: '111122223333', regions: {}, buckets: [Bucket] },
    clock: () => NOW,
    pageSize,
  });
  return { sandbox, s3: new S3Client(settings(sandbox)) };
};

test('an object comes back as it was put', async () => {
  const { sandbox, s3 } = await setUp();
  const Key = 'runs/2026/ü & b.json';
  const put = new PutObjectCommand({ Bucket, Key, Body: '{"a":"ä"}', ContentType: 'application/json' });
  const { ETag } = await s3.send(put);
  expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await got.Body?.transformToString()).toBe('{"a":"ä"}');
  expect(got).toMatchObject({ ETag, ContentType: 'application/json', LastModified: new Date(NOW) });
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head).toMatchObject({ ETag, ContentLength: 10, ContentType: 'application/json' });
  expect([...sandbox.objects.keys()]).toEqual([`${Bucket}/${Key}`]);
});

test('a streamed upload loses its chunk frames', async () => {
  const { sandbox, s3 } = await setUp();
  const Body = Readable.from([Buffer.from('a'.repeat(70_000)), Buffer.from('b'.repeat(5))]);
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 70_005 }));
  expect(Buffer.from(sandbox.objects.get(`${Bucket}/k`)?.body ?? []).toString()).toBe(
    `${'a'.repeat(70_000)}bbbbb`,
  );
});

test('writes keep their conditions', async () => {
  const { s3 } = await setUp();
  const put = (conditions: object) =>
    s3.send(new PutObjectCommand({ Bucket, Key: 'state.json', Body: '{}', ...conditions }));
  const failed = { name: 'PreconditionFailed', status: 412 };
  expect(await refusal(put({ IfMatch: '"x"' }))).toEqual({ name: 'NoSuchKey', status: 404 });
  const { ETag } = await put({ IfNoneMatch: '*' });
  expect(await refusal(put({ IfNoneMatch: '*' }))).toEqual(failed);
  expect(await refusal(put({ IfMatch: '"x"' }))).toEqual(failed);
  await expect(put({ IfMatch: ETag })).resolves.toMatchObject({ ETag });
});

test('what does not exist', async () => {
  const { s3 } = await setUp();
  const missing = { Bucket, Key: 'absent' };
  expect(await refusal(s3.send(new GetObjectCommand(missing)))).toEqual({ name: 'NoSuchKey', status: 404 });
  expect(await refusal(s3.send(new HeadObjectCommand(missing)))).toEqual({ name: 'NotFound', status: 404 });
  await expect(s3.send(new DeleteObjectCommand(missing))).resolves.toBeDefined();
  const elsewhere = s3.send(new GetObjectCommand({ Bucket: 'absent', Key: 'k' }));
  expect(await refusal(elsewhere)).toEqual({ name: 'NoSuchBucket', status: 404 });
});

test('keys are listed by prefix, in order and in pages, until they are deleted', async () => {
  const { s3 } = await setUp(2);
  const keys = ['runs/c', 'runs/a', 'runs/b', 'other'];
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))));
  const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'runs/' }));
  expect(first.Contents?.map(({ Key }) => Key)).toEqual(['runs/a', 'runs/b']);
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
  const ContinuationToken = first.NextContinuationToken;
  const second = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'runs/', ContinuationToken }));
  expect(second.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['runs/c', 1]]);
  expect(second.IsTruncated).toBe(false);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'runs/a' }));
  const left = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'runs/' }));
  expect(left.Contents?.map(({ Key }) => Key)).toEqual(['runs/b', 'runs/c']);
});
