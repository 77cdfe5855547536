import { consoleHost } from '../console-host';
import { BucketError, type Bucket } from './bucket';

/** Where the HTML report of a run is kept, and how people get at it. */
export interface ReportLinks {
  /** `s3://BUCKET/KEY`. */
  readonly location: string;
  /** The object in the console: asks to sign in, and holds as long as the object. */
  readonly console: string;
  /** Opens without signing in, so whoever has it reads the report; `null`: none is wanted, or it could not be signed. */
  readonly presigned: { readonly url: string; readonly hours: number } | null;
}

const consoleOf = (bucket: string, key: string, region: string): string => {
  const host = consoleHost(region) ?? 'console.aws.amazon.com';
  return `https://${region}.${host}/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`;
};

/** Links to an object; a link that cannot be signed is left out, because the report is there all the same. */
export const linksTo = async (
  bucket: Bucket,
  key: string,
  { region, hours }: { readonly region: string; readonly hours: number },
): Promise<ReportLinks> => {
  const base = {
    location: `s3://${bucket.name}/${key}`,
    console: consoleOf(bucket.name, key, region),
  };
  if (hours === 0) return { ...base, presigned: null };
  try {
    return { ...base, presigned: { url: await bucket.presign(key, hours * 3600), hours } };
  } catch (error) {
    if (!(error instanceof BucketError)) throw error;
    return { ...base, presigned: null };
  }
};
