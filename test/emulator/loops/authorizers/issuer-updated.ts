import {
  UpdateUserPoolCommand,
  type IssuerConfigurationType,
} from '@aws-sdk/client-cognito-identity-provider';
import { authorizerLoop } from '../../loop-kit/authorizer-loop';
import type { Pool } from '../../loop-kit/people';
import type { World } from '../../loop-kit/world';

const setIssuer = async (
  { cognito, tags }: World,
  { id }: Pool,
  Type: IssuerConfigurationType['Type'],
): Promise<void> => {
  await cognito.send(
    new UpdateUserPoolCommand({
      UserPoolId: id,
      UserPoolTags: { ...tags },
      IssuerConfiguration: { Type },
    }),
  );
};

export default authorizerLoop({
  fault: 'the tokens of the user pool name their issuer in the updated form',
  rule: 'cognito/user-pool-issuer-unsupported',
  leftToAws: { from: 'judging', because: 'MiniStack has one form of issuer' },
  change: (world, { pool }) => setIssuer(world, pool, 'UPDATED'),
  subject: ({ pool }) => pool.id,
  // An update of a pool resets what is not sent, so the command that is printed only looks.
  byHand: (world, { pool }) => setIssuer(world, pool, 'ORIGINAL'),
});
