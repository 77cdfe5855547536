import {
  BatchImportFindings$,
  SecurityHubClient,
  type BatchImportFindingsCommandOutput,
} from '@aws-sdk/client-securityhub';
import { asff, type Asff } from '../asff';
import { operation, type Context, type Service } from '../service';
import { AwsError } from '../wire/aws-error';

/** Of one call, and of one finding in bytes. */
const MOST_FINDINGS = 100;
const MOST_BYTES = 240 * 1024;

const invalid = (message: string): AwsError => new AwsError('InvalidInputException', 400, message);

/** A finding, or why it is refused. */
const check = (given: unknown, { account, regionName }: Context): Asff | string => {
  if (Buffer.byteLength(JSON.stringify(given)) > MOST_BYTES) return 'Finding exceeds 240 KB';
  const parsed = asff.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `Finding does not adhere to Amazon Finding Format. data.${issue?.path.join('.')} ${issue?.message}`;
  }
  const { data } = parsed;
  const { accountId, partition } = account;
  const product = `arn:${partition}:securityhub:${regionName}:${accountId}:product/${accountId}/default`;
  if (data.AwsAccountId !== accountId || data.ProductArn !== product) return 'Invalid product ARN or account';
  return data;
};

/** What people keep about a finding outlives every import. */
const merge = (before: Asff | undefined, now: Asff): Asff => {
  if (before === undefined) return now;
  const { Note: _, UserDefinedFields: __, VerificationState: ___, Workflow: ____, ...imported } = now;
  return { ...before, ...imported };
};

export const SECURITY_HUB: Service = {
  name: 'securityhub',
  signingName: 'securityhub',
  iamPrefix: 'securityhub',
  protocol: 'rest-json',
  client: new SecurityHubClient({ region: 'us-east-1' }),
  denied: { code: 'AccessDeniedException', status: 403 },
  throttled: { code: 'TooManyRequestsException', status: 429, message: 'Rate exceeded' },
  operations: [
    operation<{ readonly Findings?: readonly { readonly Id?: string }[] }, BatchImportFindingsCommandOutput>(
      BatchImportFindings$,
      ({ Findings = [] }, context) => {
        const { region, account, findings } = context;
        if (!region.securityHub) {
          throw new AwsError(
            'InvalidAccessException',
            401,
            `Account ${account.accountId} is not subscribed to AWS Security Hub`,
          );
        }
        if (Findings.length === 0 || Findings.length > MOST_FINDINGS) {
          throw invalid(`Findings must have between 1 and ${MOST_FINDINGS} members`);
        }
        const failed: { Id: string; ErrorCode: string; ErrorMessage: string }[] = [];
        for (const given of Findings) {
          const checked = check(given, context);
          if (typeof checked === 'string') {
            failed.push({ Id: given.Id ?? '', ErrorCode: 'InvalidInput', ErrorMessage: checked });
          } else {
            const key = `${checked.ProductArn} ${checked.Id}`;
            findings.set(key, merge(findings.get(key), checked));
          }
        }
        return {
          FailedCount: failed.length,
          SuccessCount: Findings.length - failed.length,
          FailedFindings: failed,
        };
      },
    ),
  ],
};
