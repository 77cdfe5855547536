import { known, mapKnown, type Known, type Unreadable } from '../model/known';
import type { RestApi, Snapshot, Stage } from '../model/rest-api';
import type { Assembly } from './assembly';
import { authorizersOf, withKnownExpressions } from './authorizers';
import { gatewayResponsesOf } from './gateway-responses';
import { methodsOf, pathsOf } from './methods';
import { bodyOf, type BodyApi } from './openapi-body';
import { policyAt } from './policies';
import {
  everyOne,
  fields,
  flagAt,
  gapAt,
  has,
  inside,
  nameAt,
  requiredTextAt,
  textAt,
  textsAt,
  unmade,
} from './properties';
import type { Resource } from './stack';
import { toStage } from './stages';

/** What hangs on an API, as resources of their own. */
interface Parts {
  readonly api: Resource;
  readonly resources: readonly Resource[];
  readonly methods: readonly Resource[];
  readonly authorizers: readonly Resource[];
  readonly responses: readonly Resource[];
  readonly deployments: readonly Resource[];
  readonly stages: readonly Resource[];
  /** Of all app clients that the templates make. */
  readonly clientIds: readonly string[];
}

type Own = Omit<RestApi, 'resourcePaths' | 'draft' | 'stages' | 'newestDeployment'>;

/** What the API says of itself; what it leaves out is what API Gateway sets. */
const ownOf = (api: Resource, body: BodyApi | null): Known<Own> => {
  const endpoint = inside(api, 'EndpointConfiguration');
  return fields({
    id: known(api.id),
    name: known(nameAt(api, 'Name')),
    endpointTypes: mapKnown(textsAt(endpoint, 'Types'), (types) => (types.length === 0 ? ['EDGE'] : types)),
    vpcEndpointIds: textsAt(endpoint, 'VpcEndpointIds'),
    ipAddressType: textAt(endpoint, 'IpAddressType'),
    disableExecuteApiEndpoint:
      has(api, 'DisableExecuteApiEndpoint') || body === null
        ? flagAt(api, 'DisableExecuteApiEndpoint')
        : known(body.disableExecuteApiEndpoint),
    apiKeySource: mapKnown(
      textAt(api, 'ApiKeySourceType'),
      (source) => source ?? body?.apiKeySource ?? 'HEADER',
    ),
    endpointAccessMode: textAt(api, 'EndpointAccessMode'),
  });
};

/** Joins what an OpenAPI document brings with what stands in the template by itself. */
const joined = <T>(imported: Known<readonly T[]>, own: Known<readonly T[]>): Known<readonly T[]> =>
  imported.state === 'unreadable' ? imported : mapKnown(own, (list) => [...imported.value, ...list]);

const policyOf = (api: Resource, body: Known<BodyApi | null>): Snapshot['policy'] => {
  if (has(api, 'Policy')) return policyAt(api, 'Policy', api.stack);
  return body.state === 'unreadable' ? body : (body.value?.policy ?? known(null));
};

const draftOf = (parts: Parts, body: Known<BodyApi | null>): Pick<RestApi, 'draft' | 'resourcePaths'> => {
  const { api, resources, methods, authorizers, responses, clientIds } = parts;
  const imported = <T>(take: (body: BodyApi) => readonly T[]): Known<readonly T[]> =>
    mapKnown(body, (one) => (one === null ? [] : take(one)));
  const paths = pathsOf(api.id, resources);
  const own = methodsOf(methods, paths, new Set(authorizers.map(({ id }) => id)));
  return {
    resourcePaths: joined(
      imported((one) => one.paths.filter((path) => path !== '/')),
      mapKnown(paths, (all) => [...all.values()]),
    ),
    draft: {
      methods: joined(
        imported((one) => one.methods),
        own,
      ),
      authorizers: withKnownExpressions(
        joined(
          imported((one) => one.authorizers),
          authorizersOf(authorizers),
        ),
        clientIds,
      ),
      policy: policyOf(api, body),
      gatewayResponses:
        body.state === 'unreadable'
          ? body
          : gatewayResponsesOf(responses, body.value?.gatewayResponses ?? []),
    },
  };
};

const unreadableSnapshot = (gap: Unreadable): Snapshot => ({
  methods: gap,
  authorizers: gap,
  policy: gap,
  gatewayResponses: gap,
});

/**
 * What a deployment freezes: the draft as far as it exists by then. CloudFormation makes resources in no order but that of their
 * dependencies (AWS::ApiGateway::Deployment, remarks), so what a deployment does not depend on may come too late.
 */
const frozenBy = (deployment: Resource, { methods, responses }: Parts, draft: Snapshot): Snapshot => {
  const late = (resources: readonly Resource[]): Unreadable | null => {
    const before = deployment.stack.madeBefore(deployment.logicalId);
    const missing = resources.filter(
      ({ stack, logicalId }) => stack !== deployment.stack || !before.has(logicalId),
    );
    const names = missing.slice(0, 5).map(({ id }) => id);
    const more = missing.length - names.length;
    return missing.length === 0
      ? null
      : gapAt(
          deployment,
          'DependsOn',
          `it leaves out ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}, so that CloudFormation likely makes the deployment before they exist`,
        );
  };
  return {
    ...draft,
    methods: late(methods) ?? draft.methods,
    gatewayResponses: late(responses) ?? draft.gatewayResponses,
  };
};

const hasMethods = ({ methods }: Snapshot): boolean =>
  methods.state === 'unreadable' || methods.value.length > 0;

const stagesOf = (parts: Parts, draft: Snapshot): Known<readonly Stage[]> => {
  const { api, deployments, stages } = parts;
  const snapshotOf = (deploymentId: string | null): Snapshot => {
    const deployment = deployments.find(({ id }) => id === deploymentId);
    if (deployment !== undefined) return frozenBy(deployment, parts, draft);
    const which = deploymentId ?? 'no deployment';
    return unreadableSnapshot(gapAt(api, '', `a stage serves ${which}, which the template does not make`));
  };
  const own = everyOne(stages, (stage) => {
    const read = fields({
      name: requiredTextAt(stage, 'StageName'),
      deploymentId: textAt(stage, 'DeploymentId'),
    });
    if (read.state === 'unreadable') return read;
    return toStage(stage, read.value.name, read.value.deploymentId, snapshotOf);
  });
  const described = everyOne(
    deployments.filter((deployment) => has(deployment, 'StageName')),
    (deployment) => {
      const name = requiredTextAt(deployment, 'StageName');
      if (name.state === 'unreadable') return name;
      return toStage(inside(deployment, 'StageDescription'), name.value, deployment.id, snapshotOf);
    },
  );
  const made = joined(described, own);
  if (made.state === 'known' && made.value.length === 0 && hasMethods(draft)) {
    return gapAt(api, '', 'the template makes no AWS::ApiGateway::Stage for it; there may be one in another');
  }
  return mapKnown(made, (all) =>
    [...new Map(all.map((stage) => [stage.name, stage])).values()].sort((a, b) =>
      a.name.localeCompare(b.name, 'en'),
    ),
  );
};

const toRestApi = (parts: Parts): Known<RestApi> => {
  const { api } = parts;
  const gap = unmade(api);
  if (gap !== null) return gap;
  const elsewhere = ['BodyS3Location', 'CloneFrom'].find((name) => has(api, name));
  const body =
    elsewhere === undefined ? bodyOf(api) : gapAt(api, elsewhere, 'what it holds is not in the template');
  const own = ownOf(api, body.state === 'known' ? body.value : null);
  if (own.state === 'unreadable') return own;
  const { draft, resourcePaths } = draftOf(parts, body);
  return known({
    ...own.value,
    resourcePaths,
    draft,
    stages: stagesOf(parts, draft),
    // Every stage serves what was drafted with it.
    newestDeployment: known(null),
  });
};

/** The REST APIs that an assembly makes, by id. */
export const restApisOf = (assembly: Assembly): readonly RestApi[] => {
  const apis = assembly.all('AWS::ApiGateway::RestApi');
  const ids = new Set(apis.map(({ id }) => id));
  const clientIds = assembly.all('AWS::Cognito::UserPoolClient').map(({ id }) => id);
  const under = (kind: string): ((apiId: string) => readonly Resource[]) =>
    assembly.under(`AWS::ApiGateway::${kind}`, 'RestApiId', ids);
  const resources = under('Resource');
  const methods = under('Method');
  const authorizers = under('Authorizer');
  const responses = under('GatewayResponse');
  const deployments = under('Deployment');
  const stages = under('Stage');
  return apis
    .flatMap((api) =>
      assembly.kept(
        toRestApi({
          api,
          resources: resources(api.id),
          methods: methods(api.id),
          authorizers: authorizers(api.id),
          responses: responses(api.id),
          deployments: deployments(api.id),
          stages: stages(api.id),
          clientIds,
        }),
      ),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
};
