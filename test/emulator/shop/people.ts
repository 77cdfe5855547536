import {
  CreateIdentityProviderCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { given, type ShopClients } from './clients';

export interface People {
  readonly customersArn: string;
  /** Of a pool that was deleted. */
  readonly formerStaffArn: string;
}

const makePool = async ({ cognito }: ShopClients, name: string): Promise<{ id: string; arn: string }> => {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: name }));
  return { id: given(UserPool?.Id, 'Id'), arn: given(UserPool?.Arn, 'Arn') };
};

/** A pool of customers with two clients that get in, and the ARN of a pool that is gone. */
export const makePeople = async (clients: ShopClients): Promise<People> => {
  const { cognito } = clients;
  const customers = await makePool(clients, 'customers');
  const UserPoolId = customers.id;
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'shop-sign-in' }));
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId,
      Identifier: 'orders',
      Name: 'orders',
      Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    }),
  );
  await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: 'Partners',
      ProviderType: 'OIDC',
      ProviderDetails: {
        client_id: 'shop',
        client_secret: 'a-secret-of-the-provider',
        attributes_request_method: 'GET',
        oidc_issuer: 'https://partners.example.com',
        authorize_scopes: 'openid',
      },
    }),
  );
  await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'web',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'orders/read', 'orders/write'],
      CallbackURLs: ['https://shop.example.com/signed-in'],
      SupportedIdentityProviders: ['COGNITO', 'Partners'],
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'warehouse',
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['orders/read'],
    }),
  );
  const formerStaff = await makePool(clients, 'former staff');
  await cognito.send(new DeleteUserPoolCommand({ UserPoolId: formerStaff.id }));
  return { customersArn: customers.arn, formerStaffArn: formerStaff.arn };
};
