import {
  AdminGetUser$,
  CognitoIdentityProviderClient,
  DescribeUserPool$,
  DescribeUserPoolClient$,
  DescribeUserPoolDomain$,
  ListIdentityProviders$,
  ListResourceServers$,
  ListUserPoolClients$,
  ListUserPools$,
  type AdminGetUserCommandInput,
  type AdminGetUserCommandOutput,
  type DescribeUserPoolClientCommandInput,
  type DescribeUserPoolClientCommandOutput,
  type DescribeUserPoolCommandInput,
  type DescribeUserPoolCommandOutput,
  type DescribeUserPoolDomainCommandInput,
  type DescribeUserPoolDomainCommandOutput,
  type ListIdentityProvidersCommandInput,
  type ListIdentityProvidersCommandOutput,
  type ListResourceServersCommandInput,
  type ListResourceServersCommandOutput,
  type ListUserPoolClientsCommandInput,
  type ListUserPoolClientsCommandOutput,
  type ListUserPoolsCommandInput,
  type ListUserPoolsCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { ParsedUserPool } from '../account-file';
import { pageOf, type Page } from '../paging';
import { operation, type Context, type Service } from '../service';
import { AwsError } from '../wire/aws-error';
import { without } from './api-gateway-support';

const resourceNotFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', 400, message);

const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', 400, message);

const poolOf = (id: string | undefined, { region }: Context): ParsedUserPool => {
  const found = region.userPools.find((pool) => pool.Id === id);
  if (found === undefined) throw resourceNotFound(`User pool ${id} does not exist.`);
  return found;
};

interface Paging {
  readonly limit: number | undefined;
  readonly token: string | undefined;
  readonly most: number;
  readonly list: string;
}

const paged = <T>(
  all: readonly T[],
  { limit, token, most, list }: Paging,
  { pageSize }: Context,
): Page<T> => {
  if (limit !== undefined && limit > most) {
    throw invalidParameter(
      `1 validation error detected: Value '${limit}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
    );
  }
  return pageOf(all, {
    limit,
    token,
    usual: most,
    cap: Math.min(most, pageSize),
    list,
    invalidToken: () => invalidParameter('Invalid pagination token.'),
  });
};

const nextToken = ({ next }: Page<unknown>): { readonly NextToken?: string } =>
  next.token === undefined ? {} : { NextToken: next.token };

const described = (pool: ParsedUserPool) =>
  without(pool, 'clients', 'resourceServers', 'identityProviders', 'users', 'domainDescriptions');

export const COGNITO: Service = {
  name: 'cognito-identity-provider',
  signingName: 'cognito-idp',
  iamPrefix: 'cognito-idp',
  protocol: 'json',
  target: 'AWSCognitoIdentityProviderService',
  client: new CognitoIdentityProviderClient({ region: 'us-east-1' }),
  denied: { code: 'AccessDeniedException', status: 400 },
  throttled: { code: 'TooManyRequestsException', status: 400, message: 'Rate exceeded' },
  operations: [
    operation<ListUserPoolsCommandInput, ListUserPoolsCommandOutput>(ListUserPools$, (input, context) => {
      const paging = { limit: input.MaxResults, token: input.NextToken, most: 60, list: 'userpools' };
      const page = paged(context.region.userPools, paging, context);
      return {
        UserPools: page.items.map(({ Id, Name, LambdaConfig, LastModifiedDate, CreationDate }) => ({
          Id,
          Name,
          LambdaConfig: LambdaConfig ?? {},
          LastModifiedDate,
          CreationDate,
        })),
        ...nextToken(page),
      };
    }),
    operation<DescribeUserPoolCommandInput, DescribeUserPoolCommandOutput>(
      DescribeUserPool$,
      ({ UserPoolId }, context) => ({ UserPool: described(poolOf(UserPoolId, context)) }),
    ),
    operation<ListUserPoolClientsCommandInput, ListUserPoolClientsCommandOutput>(
      ListUserPoolClients$,
      ({ UserPoolId, MaxResults, NextToken }, context) => {
        const { clients } = poolOf(UserPoolId, context);
        const paging = { limit: MaxResults, token: NextToken, most: 60, list: `clients of ${UserPoolId}` };
        const page = paged(clients, paging, context);
        return {
          UserPoolClients: page.items.map(({ ClientId, ClientName }) => ({
            ClientId,
            UserPoolId,
            ClientName,
          })),
          ...nextToken(page),
        };
      },
    ),
    // The secret comes in clear, as on AWS.
    operation<DescribeUserPoolClientCommandInput, DescribeUserPoolClientCommandOutput>(
      DescribeUserPoolClient$,
      ({ UserPoolId, ClientId }, context) => {
        const client = poolOf(UserPoolId, context).clients.find((one) => one.ClientId === ClientId);
        if (client === undefined) throw resourceNotFound(`User pool client ${ClientId} does not exist.`);
        return { UserPoolClient: { UserPoolId, ...client } };
      },
    ),
    operation<ListResourceServersCommandInput, ListResourceServersCommandOutput>(
      ListResourceServers$,
      ({ UserPoolId, MaxResults, NextToken }, context) => {
        const { resourceServers } = poolOf(UserPoolId, context);
        const list = `resource servers of ${UserPoolId}`;
        const page = paged(resourceServers, { limit: MaxResults, token: NextToken, most: 50, list }, context);
        return {
          ResourceServers: page.items.map((server) => ({ UserPoolId, ...server })),
          ...nextToken(page),
        };
      },
    ),
    operation<ListIdentityProvidersCommandInput, ListIdentityProvidersCommandOutput>(
      ListIdentityProviders$,
      ({ UserPoolId, MaxResults, NextToken }, context) => {
        const { identityProviders } = poolOf(UserPoolId, context);
        const list = `identity providers of ${UserPoolId}`;
        const page = paged(
          identityProviders,
          { limit: MaxResults, token: NextToken, most: 60, list },
          context,
        );
        return { Providers: page.items, ...nextToken(page) };
      },
    ),
    // A domain that nobody has answers with an empty description, not with an error.
    operation<DescribeUserPoolDomainCommandInput, DescribeUserPoolDomainCommandOutput>(
      DescribeUserPoolDomain$,
      ({ Domain }, { region, account }) => {
        const pool = region.userPools.find((one) => one.Domain === Domain || one.CustomDomain === Domain);
        if (pool === undefined || Domain === undefined) return { DomainDescription: {} };
        return {
          DomainDescription: {
            UserPoolId: pool.Id,
            AWSAccountId: account.accountId,
            Domain,
            Status: 'ACTIVE',
            ManagedLoginVersion: 1,
            ...pool.domainDescriptions[Domain],
          },
        };
      },
    ),
    operation<AdminGetUserCommandInput, AdminGetUserCommandOutput>(
      AdminGetUser$,
      ({ UserPoolId, Username }, context) => {
        const user = poolOf(UserPoolId, context).users.find((one) => one.Username === Username);
        if (user === undefined) throw new AwsError('UserNotFoundException', 400, 'User does not exist.');
        const { Attributes, ...rest } = user;
        return { ...rest, Username, UserAttributes: Attributes };
      },
    ),
  ],
};
