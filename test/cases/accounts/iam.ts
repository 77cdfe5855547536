import { apiArn, ACCOUNT_ID } from '../places';
import type { ReportedAccounts } from '../reported-account';

const ROLES =
  'what the role of the caller may do is read only with leave to look at IAM; without it an AWS_IAM method in its own account is coherent (IAM-5)';

export const iamAccounts: ReportedAccounts = {
  c106: {
    sketch: { methods: { 'ANY /items': 'AWS_IAM', 'ANY /items/{proxy+}': 'AWS_IAM' } },
    assumed: ['paths as Amplify makes them'],
    expected: { undecidable: ROLES },
  },
  c104: {
    sketch: { methods: { 'GET /test': 'AWS_IAM' } },
    expected: { undecidable: ROLES },
  },
  c022: {
    sketch: { methods: { 'POST /postPermissionSetData': 'AWS_IAM' } },
    expected: { undecidable: ROLES },
  },
  c105: {
    sketch: {
      methods: { 'PUT /items': 'AWS_IAM' },
      policy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::${ACCOUNT_ID}:role/_yyyyyyy_admins` },
            Action: 'execute-api:Invoke',
            Resource: `${apiArn}/*/PUT/*`,
          },
        ],
      },
    },
    assumed: ['one resource'],
    expected: { named: 'resource-policy/principal-matches-nobody' },
    fixed: {
      policy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:role/_yyyyyyy_admins` },
            Action: 'execute-api:Invoke',
            Resource: `${apiArn}/*/PUT/*`,
          },
        ],
      },
    },
  },
};
