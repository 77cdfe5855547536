import type { Authorizer, GatewayResponse, Resource } from '@aws-sdk/client-api-gateway';
import type { ParsedRestApi, Stored } from '../account-file';
import type { Context } from '../service';
import { draftPolicy, storedPolicy } from './resource-policy';

/** All that a deployment froze (DEP-2). */
export interface DeploymentContent {
  readonly resources: readonly Stored<Resource>[];
  readonly authorizers: readonly Stored<Authorizer>[];
  /** Stored form; `null`: none. */
  readonly policy: Readonly<Record<string, unknown>> | null;
  /** Customised rows only. */
  readonly gatewayResponses: readonly Stored<GatewayResponse>[];
}

/** What the deployment froze; without a word about that in the account file, a copy of the draft. */
export const contentOf = (
  api: ParsedRestApi,
  { frozen }: ParsedRestApi['deployments'][number],
  context: Context,
): DeploymentContent =>
  frozen === undefined
    ? {
        resources: api.resources,
        authorizers: api.authorizers,
        policy: draftPolicy(api, context),
        gatewayResponses: api.gatewayResponses,
      }
    : {
        resources: frozen.resources,
        authorizers: frozen.authorizers,
        policy:
          frozen.policyDocument === undefined
            ? null
            : storedPolicy(frozen.policyDocument, api.id ?? '', context),
        gatewayResponses: frozen.gatewayResponses,
      };
