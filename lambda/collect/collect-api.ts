import { known, mapKnown, unreadable, type Known, type Unreadable } from '../model/known';
import type { NewestDeployment, RestApi, Snapshot, Stage } from '../model/rest-api';
import { listAuthorizers } from './authorizers';
import { findSummary } from './deployments';
import type { Door } from './door';
import type { ExportedApi } from './export-document';
import { findExport } from './exports';
import { listGatewayResponses } from './gateway-responses';
import type { Operation } from './permissions';
import { findNewestDeployment, mayBeBehind } from './newest-deployment';
import { listResources } from './resources';
import { apiLabel, findRestApi, type ListedApi } from './rest-apis';
import { buildSnapshot } from './snapshot';
import { listStages, type ListedStage } from './stages';

/** The API was deleted after it had been listed. */
class ApiGone extends Error {}

/**
 * A part that an API always has. When AWS says that it does not exist, either the API itself is gone, which GetRestApi confirms, or
 * the answer makes no sense; an endpoint that lacks the operation answers the same.
 */
const present = async <T>(
  door: Door,
  api: ListedApi,
  operation: Operation,
  read: Promise<Known<T | null>>,
): Promise<Known<T>> => {
  const answer = await read;
  if (answer.state === 'unreadable') return answer;
  if (answer.value !== null) return known(answer.value);
  const still = await findRestApi(door, api);
  if (still.state === 'known' && still.value === null) throw new ApiGone();
  return broken(operation, apiLabel(api), 'AWS says that it does not exist, though the API does');
};

const broken = (operation: Operation, of: string, detail: string): Unreadable =>
  unreadable({ because: 'broken', operation, subject: of, detail: `${operation} for ${of}: ${detail}` });

const unreadableSnapshot = (gap: Unreadable): Snapshot => ({
  methods: gap,
  authorizers: gap,
  policy: gap,
  gatewayResponses: gap,
});

/** The deployments of an API's stages, each read once however many stages serve it. */
class Deployments {
  private readonly snapshots = new Map<string, Promise<Snapshot>>();

  constructor(
    private readonly door: Door,
    private readonly api: ListedApi,
    private readonly draft: Snapshot,
    private readonly stages: readonly ListedStage[],
  ) {}

  snapshot(deploymentId: string | null): Promise<Snapshot> {
    if (deploymentId === null) {
      const gap = broken('GetStages', apiLabel(this.api), 'a stage names no deployment');
      return Promise.resolve(unreadableSnapshot(gap));
    }
    const reading = this.snapshots.get(deploymentId) ?? this.read(deploymentId);
    this.snapshots.set(deploymentId, reading);
    return reading;
  }

  private async read(deploymentId: string): Promise<Snapshot> {
    const { door, api, draft } = this;
    const [summary, exported] = await Promise.all([
      present(door, api, 'GetDeployment', findSummary(door, api, deploymentId)),
      this.export(deploymentId),
    ]);
    return buildSnapshot({ summary, exported, draft, of: `${apiLabel(api)} deployment ${deploymentId}` });
  }

  /** Exports are asked for by stage, and show its main deployment only: no stage's and a canary's own have none (DEP-18). */
  private export(deploymentId: string): Promise<Known<ExportedApi>> {
    const { door, api } = this;
    const stage = this.stages.find((one) => one.deploymentId === deploymentId);
    if (stage !== undefined) return present(door, api, 'GetExport', findExport(door, api, stage.name));
    const of = `${apiLabel(api)} deployment ${deploymentId}`;
    const detail = `${of} is no stage's main deployment, and AWS exports no other`;
    return Promise.resolve(
      unreadable({ because: 'unsupported', operation: 'GetExport', subject: of, detail }),
    );
  }
}

const completeStage = async (deployments: Deployments, stage: ListedStage): Promise<Stage> => {
  const { canary } = stage;
  const [snapshot, canarySnapshot] = await Promise.all([
    deployments.snapshot(stage.deploymentId),
    canary === null ? null : deployments.snapshot(canary.deploymentId),
  ]);
  return {
    ...stage,
    snapshot,
    canary: canary === null || canarySnapshot === null ? null : { ...canary, snapshot: canarySnapshot },
  };
};

const newestDeployment = async (
  door: Door,
  api: ListedApi,
  deployments: Deployments,
): Promise<Known<NewestDeployment>> => {
  const newest = await present(door, api, 'GetDeployments', findNewestDeployment(door, api));
  if (newest.state === 'unreadable') return newest;
  return known({ id: newest.value, snapshot: await deployments.snapshot(newest.value) });
};

const completeStages = async (
  door: Door,
  api: ListedApi,
  draft: Snapshot,
  listed: Known<readonly ListedStage[]>,
): Promise<Pick<RestApi, 'stages' | 'newestDeployment'>> => {
  if (listed.state === 'unreadable') return { stages: listed, newestDeployment: listed };
  const deployments = new Deployments(door, api, draft, listed.value);
  const stages = await Promise.all(listed.value.map((stage) => completeStage(deployments, stage)));
  const behind = mayBeBehind(stages, draft);
  if (behind.state === 'unreadable') return { stages: known(stages), newestDeployment: behind };
  return {
    stages: known(stages),
    newestDeployment: behind.value ? await newestDeployment(door, api, deployments) : known(null),
  };
};

const collect = async (door: Door, listed: ListedApi): Promise<RestApi> => {
  const { policy, ...api } = listed;
  const [resources, authorizers, gatewayResponses, stages] = await Promise.all([
    present(door, listed, 'GetResources', listResources(door, listed)),
    present(door, listed, 'GetAuthorizers', listAuthorizers(door, listed)),
    present(door, listed, 'GetGatewayResponses', listGatewayResponses(door, listed)),
    present(door, listed, 'GetStages', listStages(door, listed)),
  ]);
  const draft: Snapshot = {
    methods: mapKnown(resources, (all) => all.flatMap(({ methods }) => methods)),
    authorizers,
    policy: known(policy),
    gatewayResponses,
  };
  return {
    ...api,
    resourcePaths: mapKnown(resources, (all) => all.map(({ path }) => path)),
    draft,
    ...(await completeStages(door, listed, draft, stages)),
  };
};

/** One API, whole: its draft, its stages and what they serve. `null`: it was deleted after it had been listed. */
export const collectApi = async (door: Door, listed: ListedApi): Promise<RestApi | null> => {
  try {
    return await collect(door, listed);
  } catch (error) {
    if (error instanceof ApiGone) return null;
    throw error;
  }
};
