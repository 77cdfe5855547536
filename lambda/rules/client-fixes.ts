import { parseArn } from '../model/arn';
import { isKnown } from '../model/known';
import { definedScopes, RESERVED_SCOPES } from '../model/queries';
import type { AppClientSettings, Json, UserPool } from '../model/user-pool';
import { aws, json, updateUserPoolClient } from './commands';
import type { FixStep } from './verdict';

/** The region that a pool lives in, which need not be that of the API (COG-20). */
export const regionOf = (pool: Pick<UserPool, 'arn'>): string => parseArn(pool.arn)?.region ?? '';

/** Scopes that Cognito accepts for a client of the pool; all, where the resource servers could not be read. */
export const acceptedScopes = (pool: UserPool, scopes: readonly string[]): readonly string[] => {
  const defined = definedScopes(pool);
  return isKnown(defined)
    ? scopes.filter((scope) => RESERVED_SCOPES.includes(scope) || defined.value.includes(scope))
    : scopes;
};

/**
 * The complete client with some settings changed (fix 18). Scopes that nothing defines are left out, or Cognito refuses the whole update
 * (fix 19).
 */
export const updateClient = (
  pool: UserPool,
  settings: AppClientSettings,
  changes: { readonly [key: string]: Json },
): string => {
  const { updateInput } = settings;
  const scopes = acceptedScopes(pool, settings.oauthScopes);
  const kept = updateInput['AllowedOAuthScopes'] === undefined ? {} : { AllowedOAuthScopes: scopes };
  return updateUserPoolClient(regionOf(pool), updateInput, { ...kept, ...changes });
};

/** The same client made anew, with a secret; its answer is cut to the id, because it holds the secret in clear. */
export const recreateClientWithSecret = (pool: UserPool, settings: AppClientSettings): string => {
  const { ClientId: _, ...input } = settings.updateInput;
  return aws('cognito-idp', 'create-user-pool-client', regionOf(pool), {
    cliInputJson: json({
      ...input,
      AllowedOAuthScopes: acceptedScopes(pool, settings.oauthScopes),
      GenerateSecret: true,
    }),
    query: 'UserPoolClient.ClientId',
    output: 'text',
  });
};

/** Identifier and name of a custom scope: the name is what follows the last slash (CLI-19); `null` without one. */
export const partsOfScope = (
  scope: string,
): { readonly identifier: string; readonly name: string } | null => {
  const at = scope.lastIndexOf('/');
  return at <= 0 || at === scope.length - 1
    ? null
    : { identifier: scope.slice(0, at), name: scope.slice(at + 1) };
};

/**
 * Defines a custom scope in a pool. UpdateResourceServer replaces all scopes and needs the name (fix 20), so both are read just before;
 * `null` when the scope has no resource server part.
 */
export const defineScope = (pool: UserPool, scope: string): FixStep | null => {
  const parts = partsOfScope(scope);
  if (parts === null || !isKnown(pool.resourceServers)) return null;
  const { identifier, name } = parts;
  const region = regionOf(pool);
  const added = { ScopeName: name, ScopeDescription: name };
  // As JSON input: an identifier is often a URL, and version 1 of the command line fetches arguments that begin with one (fix 4).
  const server = { UserPoolId: pool.id, Identifier: identifier };
  const exists = pool.resourceServers.value.some((one) => one.identifier === identifier);
  if (!exists) {
    return {
      step: 'Create the resource server with the scope in the user pool. It is in force at once.',
      commands: [
        aws('cognito-idp', 'create-resource-server', region, {
          cliInputJson: json({ ...server, Name: identifier, Scopes: [added] }),
        }),
      ],
    };
  }
  const describe = (query: string, output: string): string =>
    aws('cognito-idp', 'describe-resource-server', region, { cliInputJson: json(server), query, output });
  const all = `[ResourceServer.Scopes || \`[]\`, \`[${JSON.stringify(added)}]\`][]`;
  const update = aws('cognito-idp', 'update-resource-server', region, { cliInputJson: json(server) });
  return {
    step: 'Add the scope to the resource server in the user pool, which keeps its other scopes. It is in force at once.',
    commands: [
      `RESOURCE_SERVER_NAME=$(${describe('ResourceServer.Name', 'text')})`,
      `RESOURCE_SERVER_SCOPES=$(${describe(all, 'json')})`,
      `${update} --name "$RESOURCE_SERVER_NAME" --scopes "$RESOURCE_SERVER_SCOPES"`,
    ],
  };
};
