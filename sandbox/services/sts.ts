import {
  GetCallerIdentity$,
  STSClient,
  type GetCallerIdentityCommandInput,
  type GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import { operation, type Service } from '../service';

export const STS: Service = {
  name: 'sts',
  signingName: 'sts',
  iamPrefix: 'sts',
  protocol: 'query',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  client: new STSClient({ region: 'us-east-1' }),
  denied: { code: 'AccessDenied', status: 403 },
  throttled: { code: 'Throttling', status: 400, message: 'Rate exceeded' },
  operations: [
    operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>(
      GetCallerIdentity$,
      (_, { account, caller }) => ({
        UserId: 'AROAEXAMPLESANDBOX000:audit',
        Account: account.accountId,
        Arn: caller,
      }),
    ),
  ],
};
