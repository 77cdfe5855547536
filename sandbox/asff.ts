import * as z from 'zod';

/**
 * The rules of the AWS Security Finding Format that an import has to keep, as the API reference states them:
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */

/** `.*\S.*`, the pattern of every text. */
const text = (most: number): z.ZodString => z.string().max(most).regex(/\S/);

const instant = z.iso.datetime({ offset: true });

const severity = z.strictObject({
  Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).optional(),
  Original: text(64).optional(),
});

const NAMESPACES =
  /^(?:Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(?:\/[^/]+){0,2}$/;

const fields = (most: number) =>
  z
    .record(text(128), text(most))
    .refine((all) => Object.keys(all).length <= 50, 'at most 50 fields')
    .refine((all) => !Object.keys(all).some((name) => name.startsWith('aws/')), 'aws/ is AWS’s own');

export const asff = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: text(512),
  ProductArn: text(2048).regex(
    /^arn:aws(?:-cn|-us-gov)?:securityhub:[a-z0-9-]+:\d{12}:product\/\d{12}\/default$/,
  ),
  GeneratorId: text(512),
  AwsAccountId: z.string().regex(/^\d{12}$/),
  CreatedAt: instant,
  UpdatedAt: instant,
  FirstObservedAt: instant.optional(),
  LastObservedAt: instant.optional(),
  Title: text(256),
  Description: text(1024),
  SourceUrl: z.url().optional(),
  Remediation: z
    .strictObject({ Recommendation: z.strictObject({ Text: text(512), Url: z.url().optional() }) })
    .optional(),
  ProductFields: fields(2048).optional(),
  Resources: z
    .array(
      z.strictObject({
        Type: text(256),
        Id: text(512),
        Partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).optional(),
        Region: text(16).optional(),
      }),
    )
    .min(1)
    .max(32),
  Compliance: z.strictObject({ Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']) }).optional(),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']).optional(),
  FindingProviderFields: z.strictObject({
    Severity: severity,
    Types: z.array(text(512).regex(NAMESPACES)).min(1).max(50),
  }),
  // People's own: taken when a finding is new, ignored afterwards.
  Note: z.strictObject({ Text: text(512), UpdatedBy: text(512), UpdatedAt: instant }).optional(),
  UserDefinedFields: fields(1024).optional(),
  VerificationState: z.enum(['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE']).optional(),
  Workflow: z.strictObject({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']) }).optional(),
});

export type Asff = z.output<typeof asff>;
