import { GetDeploymentCommand } from '@aws-sdk/client-api-gateway';
import type { ListedApi } from '../model/rest-api';
import type { Known } from '../model/known';
import type { Door } from './door';
import { apiLabel } from './rest-apis';
import { object, optionalText, ShapeError } from './shape';

/** One method of a deployment's summary: all that AWS tells of the frozen state besides an export (DEP-10, DEP-11). */
export interface SummaryMethod {
  readonly path: string;
  /** ANY or a verb, in upper case. */
  readonly verb: string;
  /** `null`: the entry lacks it, which never means NONE. */
  readonly authorizationType: string | null;
  /** `null`: the entry lacks it. */
  readonly apiKeyRequired: boolean | null;
}

/** @throws ShapeError */
export const toSummary = (apiSummary: unknown): readonly SummaryMethod[] => {
  const methods = Object.entries(object(apiSummary, 'apiSummary')).flatMap(([path, verbs]) =>
    Object.entries(object(verbs, `apiSummary.${path}`)).map(([verb, entry]): SummaryMethod => {
      const field = `apiSummary.${path}.${verb}`;
      const { authorizationType, apiKeyRequired } = object(entry, field);
      return {
        path,
        verb: verb.toUpperCase(),
        authorizationType: optionalText(authorizationType, `${field}.authorizationType`),
        apiKeyRequired: typeof apiKeyRequired === 'boolean' ? apiKeyRequired : null,
      };
    }),
  );
  // An API without methods cannot be deployed.
  if (methods.length === 0) throw new ShapeError('apiSummary: a deployment has methods');
  return methods;
};

/** What a deployment froze; `null`: AWS says that it does not exist. */
export const findSummary = (
  door: Door,
  api: ListedApi,
  deploymentId: string,
): Promise<Known<readonly SummaryMethod[] | null>> =>
  door.find({
    operation: 'GetDeployment',
    of: `${apiLabel(api)} deployment ${deploymentId}`,
    absent: 'NotFoundException',
    send: ({ apiGateway }) =>
      apiGateway.send(new GetDeploymentCommand({ restApiId: api.id, deploymentId, embed: ['apisummary'] })),
    take: ({ apiSummary }) => toSummary(apiSummary),
  });
