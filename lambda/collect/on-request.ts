import { TestInvokeAuthorizerCommand } from '@aws-sdk/client-api-gateway';
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { parseUserPoolArn } from '../model/arn';
import { unreadable } from '../model/known';
import type { OnRequest } from '../source';
import type { Door } from './door';
import { optionalNumber, optionalText, ShapeError, text } from './shape';

/** Asks what no audit asks. `doorOf`: the door of a region; `home`: that of the API. */
export const askOnRequest = (home: Door, doorOf: (region: string) => Door): OnRequest => ({
  tryAuthorizer: ({ restApiId, authorizerId, headers, pathWithQuery, stageVariables }) =>
    home.read({
      operation: 'TestInvokeAuthorizer',
      of: `authorizer ${authorizerId} of API ${restApiId}`,
      send: ({ apiGateway }) =>
        apiGateway.send(
          new TestInvokeAuthorizerCommand({
            restApiId,
            authorizerId,
            headers: { ...headers },
            pathWithQueryString: pathWithQuery,
            stageVariables: { ...stageVariables },
          }),
        ),
      take: ({ clientStatus, policy }) => {
        const status = optionalNumber(clientStatus, 'clientStatus');
        if (status === null) throw new ShapeError('clientStatus');
        return { status, policy: optionalText(policy, 'policy') };
      },
    }),
  userStatus: async (userPoolArn, username) => {
    const pool = parseUserPoolArn(userPoolArn);
    if (pool === null) {
      const detail = `${userPoolArn} is not the ARN of a user pool`;
      return unreadable({ because: 'unsupported', operation: 'AdminGetUser', subject: userPoolArn, detail });
    }
    return doorOf(pool.region).find({
      operation: 'AdminGetUser',
      of: `a user of ${pool.poolId}`,
      absent: 'UserNotFoundException',
      send: ({ cognito }) =>
        cognito.send(new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: username })),
      // The attributes are personal data, and nobody asked for them.
      take: ({ UserStatus, Enabled }) => ({
        status: text(UserStatus, 'UserStatus'),
        enabled: Enabled === true,
      }),
    });
  },
});
