import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Reports go after 400 days, replaced versions after 30; the state stays, and outlives the stack. */
export const makeHistoryBucket = (scope: Construct): Bucket => {
  const bucket = new Bucket(scope, 'History', {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      { id: 'Reports', prefix: 'reports/', expiration: Duration.days(400) },
      // Of use until the run has ended.
      { id: 'Checkpoints', prefix: 'checkpoints/', expiration: Duration.days(2) },
      // What they hold does not change; those of stages and APIs that are gone must not stay for ever.
      { id: 'Deployments', prefix: 'deployments/', expiration: Duration.days(90) },
      { id: 'Claims', prefix: 'alerts/', expiration: Duration.days(30) },
      {
        id: 'OldVersions',
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Server access logs would need a second bucket; CloudTrail data events record access where it matters.',
  });
  return bucket;
};
