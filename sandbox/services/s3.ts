import { createHash } from 'node:crypto';
import {
  DeleteObject$,
  GetObject$,
  HeadObject$,
  ListObjectsV2$,
  PutObject$,
  S3Client,
  type DeleteObjectCommandInput,
  type DeleteObjectCommandOutput,
  type HeadObjectCommandInput,
  type HeadObjectCommandOutput,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { pageOf } from '../paging';
import { operation, type Context, type Service } from '../service';
import type { StoredObject } from '../state';
import { AwsError } from '../wire/aws-error';

interface Address {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
}

const keyOf = ({ Bucket, Key }: Address, { account }: Context): string => {
  if (account.buckets !== undefined && !account.buckets.includes(Bucket ?? '')) {
    throw new AwsError('NoSuchBucket', 404, 'The specified bucket does not exist');
  }
  return `${Bucket}/${Key}`;
};

const noSuchKey = (): AwsError => new AwsError('NoSuchKey', 404, 'The specified key does not exist.');

const preconditionFailed = (): AwsError =>
  new AwsError('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold');

const objectOf = (address: Address, context: Context): StoredObject => {
  const object = context.objects.get(keyOf(address, context));
  if (object === undefined) throw noSuchKey();
  return object;
};

const sameTag = (given: string, { etag }: StoredObject): boolean => given === etag || `"${given}"` === etag;

/** Conditional writes: `*` in If-None-Match asks for a new key, If-Match for the version that was read. */
const checkConditions = (
  { IfMatch, IfNoneMatch }: PutObjectCommandInput,
  existing: StoredObject | undefined,
): void => {
  if (IfNoneMatch === '*' && existing !== undefined) throw preconditionFailed();
  if (IfMatch === undefined) return;
  if (existing === undefined) throw noSuchKey();
  if (!sameTag(IfMatch, existing)) throw preconditionFailed();
};

const described = ({ etag, contentType, lastModified, body }: StoredObject) => ({
  ETag: etag,
  ContentType: contentType,
  LastModified: lastModified,
  ContentLength: body.byteLength,
});

interface GetObjectOutput {
  readonly Body: Uint8Array;
  readonly ETag: string;
}

export const S3: Service = {
  name: 's3',
  signingName: 's3',
  iamPrefix: 's3',
  protocol: 'rest-xml',
  client: new S3Client({ region: 'us-east-1' }),
  denied: { code: 'AccessDenied', status: 403 },
  throttled: { code: 'SlowDown', status: 503, message: 'Please reduce your request rate.' },
  operations: [
    operation<ListObjectsV2CommandInput, ListObjectsV2CommandOutput>(ListObjectsV2$, (input, context) => {
      const start = keyOf({ ...input, Key: input.Prefix ?? '' }, context);
      const all = [...context.objects]
        .filter(([at]) => at.startsWith(start))
        .sort(([one], [other]) => (one < other ? -1 : 1));
      const { items, next } = pageOf(all, {
        limit: input.MaxKeys,
        token: input.ContinuationToken,
        usual: 1000,
        cap: Math.min(1000, context.pageSize),
        list: `objects under ${start}`,
        invalidToken: () =>
          new AwsError('InvalidArgument', 400, 'The continuation token provided is incorrect'),
      });
      const { Bucket = '' } = input;
      return {
        Name: Bucket,
        Prefix: input.Prefix ?? '',
        KeyCount: items.length,
        MaxKeys: input.MaxKeys ?? 1000,
        IsTruncated: next.token !== undefined,
        ...(next.token === undefined ? {} : { NextContinuationToken: next.token }),
        Contents: items.map(([at, { etag, lastModified, body }]) => ({
          Key: at.slice(Bucket.length + 1),
          LastModified: lastModified,
          ETag: etag,
          Size: body.byteLength,
          StorageClass: 'STANDARD',
        })),
      };
    }),
    operation<Address, GetObjectOutput>(GetObject$, (input, context) => {
      const object = objectOf(input, context);
      return { ...described(object), Body: object.body as unknown as string };
    }),
    operation<HeadObjectCommandInput, HeadObjectCommandOutput>(HeadObject$, (input, context) =>
      described(objectOf(input, context)),
    ),
    operation<PutObjectCommandInput, PutObjectCommandOutput>(PutObject$, (input, context) => {
      const at = keyOf(input, context);
      checkConditions(input, context.objects.get(at));
      const body = input.Body as Uint8Array;
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      const lastModified = new Date(context.now()).toISOString();
      context.objects.set(at, {
        body,
        etag,
        contentType: input.ContentType ?? 'application/octet-stream',
        lastModified,
      });
      return { ETag: etag };
    }),
    // Deleting a key that is not there succeeds, as on AWS.
    operation<DeleteObjectCommandInput, DeleteObjectCommandOutput>(DeleteObject$, (input, context) => {
      context.objects.delete(keyOf(input, context));
      return {};
    }),
  ],
};
