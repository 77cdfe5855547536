import type { Place } from '../model/account';
import { authorizerArn, restApiArn, stageArn } from '../model/arn';
import type { Deployment } from '../model/deployment';
import { methodLabel, type Method } from '../model/method';
import type { Authorizer, RestApi, Stage } from '../model/rest-api';
import type { AppClient, UserPool } from '../model/user-pool';
import type { MethodRef, Subject } from './verdict';

type Api = Pick<RestApi, 'id' | 'name'>;

export const apiLabel = (api: Api): string => `${api.name} (${api.id})`;

export const apiSubject = (place: Place, api: Api): Subject => ({
  arn: restApiArn(place, api.id),
  label: apiLabel(api),
  region: place.region,
  restApiId: api.id,
});

export const stageSubject = (place: Place, api: Api, stage: Pick<Stage, 'name'>): Subject => ({
  arn: stageArn(place, api.id, stage.name),
  label: `${apiLabel(api)} stage ${stage.name}`,
  region: place.region,
  restApiId: api.id,
  stage: stage.name,
});

/** An authorizer of an API, whichever stages serve it: one cause, one finding. */
export const authorizerSubject = (place: Place, api: Api, authorizer: Authorizer): Subject => ({
  // The name, not the id: a deployed authorizer that the draft lost has no id any more, and names are unique in an API.
  arn: authorizerArn(place, api.id, authorizer.name),
  label: `${apiLabel(api)} authorizer ${authorizer.name}`,
  region: place.region,
  restApiId: api.id,
  ...(authorizer.id === null ? {} : { authorizerId: authorizer.id }),
});

export const userPoolSubject = (place: Place, pool: Pick<UserPool, 'arn' | 'id' | 'name'>): Subject => ({
  arn: pool.arn,
  label: `user pool ${pool.name} (${pool.id})`,
  region: place.region,
  userPoolId: pool.id,
});

export const clientSubject = (place: Place, pool: UserPool, client: AppClient): Subject => ({
  arn: `${pool.arn}/client/${client.id}`,
  label: `app client ${client.name} (${client.id}) of user pool ${pool.name}`,
  region: place.region,
  userPoolId: pool.id,
  clientId: client.id,
});

/** Methods of a deployment as findings list them. */
export const affectedOf = (deployment: Deployment, methods: readonly Method[]): readonly MethodRef[] =>
  methods.map((method) => ({
    restApiId: deployment.api.id,
    stage: deployment.stage.name,
    method: methodLabel(method),
  }));
