import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

export interface Stored {
  readonly text: string;
  readonly etag: string;
}

/** What must hold for a write: the version that was read is still there, or nothing is. */
export type Condition = { readonly version: string } | 'absent' | 'none';

/** S3 did not do what it was asked; the message names operation, key and error. */
export class BucketError extends Error {
  override readonly name = 'BucketError';
}

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html; charset=utf-8',
};

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** What the role has to allow. Without s3:ListBucket S3 refuses to read a key that is not there as if it were forbidden. */
const ALLOW: Readonly<Record<string, string>> = {
  reading: 's3:GetObject, and s3:ListBucket on the bucket',
  writing: 's3:PutObject',
  listing: 's3:ListBucket',
};

const failed = (doing: string, key: string, error: unknown): BucketError => {
  const name = error instanceof Error ? error.name : 'unknown error';
  const allow = name === 'AccessDenied' ? ALLOW[doing] : undefined;
  const advice = allow === undefined ? '' : `; allow ${allow}`;
  return new BucketError(`${doing} ${key}: ${name}${advice}`, { cause: error });
};

export interface Patience {
  /** Tries of each request. */
  readonly attempts: number;
  /** Of one try. */
  readonly timeoutMs: number;
}

/** The objects of one bucket. Every method throws `BucketError` when S3 does not answer as it should. */
export class Bucket {
  private readonly client: S3Client;

  constructor(
    readonly name: string,
    { attempts, timeoutMs }: Patience = { attempts: 3, timeoutMs: 20_000 },
  ) {
    this.client = new S3Client({
      maxAttempts: attempts,
      requestHandler: { connectionTimeout: 3000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    });
  }

  /** `null`: there is no such object. */
  async read(key: string): Promise<Stored | null> {
    try {
      const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
      if (Body === undefined || ETag === undefined) throw new Error('no body');
      return { text: await Body.transformToString(), etag: ETag };
    } catch (error) {
      // Without s3:ListBucket S3 answers 403 for a missing key, which could not be told from a denial.
      if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return null;
      throw failed('reading', key, error);
    }
  }

  /** False: the condition did not hold, and nothing was written. */
  async write(key: string, text: string, condition: Condition = 'none'): Promise<boolean> {
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: this.name,
          Key: key,
          Body: text,
          ContentType: TYPES[key.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
          ...(condition === 'absent' ? { IfNoneMatch: '*' } : {}),
          ...(typeof condition === 'object' ? { IfMatch: condition.version } : {}),
        }),
      );
      return true;
    } catch (error) {
      // 409: another conditional write to the key was under way; 404: the version to replace was deleted.
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
      const status = statusOf(error);
      if (condition !== 'none' && (status === 412 || status === 409 || status === 404)) {
        if (error instanceof S3ServiceException && error.name === 'NoSuchBucket')
          throw failed('writing', key, error);
        return false;
      }
      throw failed('writing', key, error);
    }
  }

  /** Whether any key starts like this. */
  async holds(prefix: string): Promise<boolean> {
    try {
      const { KeyCount = 0 } = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix, MaxKeys: 1 }),
      );
      return KeyCount > 0;
    } catch (error) {
      throw failed('listing', prefix, error);
    }
  }

  /** A link that reads the object without signing in, for as many seconds as the credentials that sign it last. */
  async presign(key: string, seconds: number): Promise<string> {
    try {
      const command = new GetObjectCommand({ Bucket: this.name, Key: key });
      return await getSignedUrl(this.client, command, { expiresIn: seconds });
    } catch (error) {
      throw failed('signing a link to', key, error);
    }
  }

  close(): void {
    this.client.destroy();
  }
}
