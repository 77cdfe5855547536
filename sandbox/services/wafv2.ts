import {
  GetIPSet$,
  GetWebACL$,
  WAFV2Client,
  type GetIPSetCommandInput,
  type GetIPSetCommandOutput,
  type GetWebACLCommandInput,
  type GetWebACLCommandOutput,
} from '@aws-sdk/client-wafv2';
import { operation, type Service } from '../service';
import { AwsError } from '../wire/aws-error';

const nonexistent = (): AwsError =>
  new AwsError(
    'WAFNonexistentItemException',
    400,
    'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
  );

interface Item {
  readonly Name?: string | undefined;
  readonly Id?: string | undefined;
  readonly ARN?: string | undefined;
}

const itemOf = <T extends Item>(items: readonly T[], { Name, Id, ARN }: Item): T => {
  const found = items.find((item) =>
    ARN === undefined ? item.Id === Id && item.Name === Name : item.ARN === ARN,
  );
  if (found === undefined) throw nonexistent();
  return found;
};

export const WAFV2: Service = {
  name: 'wafv2',
  signingName: 'wafv2',
  iamPrefix: 'wafv2',
  protocol: 'json',
  target: 'AWSWAF_20190729',
  client: new WAFV2Client({ region: 'us-east-1' }),
  denied: { code: 'AccessDeniedException', status: 400 },
  throttled: { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' },
  operations: [
    operation<GetWebACLCommandInput, GetWebACLCommandOutput>(GetWebACL$, (input, { region }) => ({
      WebACL: itemOf(region.webAcls, input),
      LockToken: '00000000-0000-4000-8000-000000000000',
    })),
    operation<GetIPSetCommandInput, GetIPSetCommandOutput>(GetIPSet$, (input, { region }) => ({
      IPSet: itemOf(region.ipSets, input),
      LockToken: '00000000-0000-4000-8000-000000000000',
    })),
  ],
};
