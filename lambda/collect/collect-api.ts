import { isKnown, known, mapKnown, unreadable, type Known, type Unreadable } from '../model/known';
import type { ListedApi, NewestDeployment, RestApi, Snapshot, Stage } from '../model/rest-api';
import { listAuthorizers } from './authorizers';
import { findSummary } from './deployments';
import type { Door } from './door';
import { findExport } from './exports';
import { listGatewayResponses } from './gateway-responses';
import type { Operation } from './permissions';
import { findNewestDeployment, mayBeBehind } from './newest-deployment';
import { listResources } from './resources';
import { apiLabel, findRestApi } from './rest-apis';
import { buildSnapshot, type SnapshotParts } from './snapshot';
import { proofOf, type SnapshotCache } from './snapshot-cache';
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
    private readonly cache: SnapshotCache | null,
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
    const { api, draft } = this;
    const parts = await this.parts(deploymentId);
    return buildSnapshot({ ...parts, draft, of: `${apiLabel(api)} deployment ${deploymentId}` });
  }

  /** From an earlier run where that is sure to be the same, otherwise from AWS. */
  private async parts(deploymentId: string): Promise<Pick<SnapshotParts, 'summary' | 'exported'>> {
    const { api, cache, draft } = this;
    const serving = this.stages.find((one) => one.deploymentId === deploymentId);
    const stage = serving ?? this.stages.find(({ canary }) => canary?.deploymentId === deploymentId);
    const proof = stage === undefined || cache === null ? null : proofOf(draft, stage, cache.clock());
    if (stage === undefined || cache === null || proof === null) return this.ask(deploymentId, serving);
    const name = { restApiId: api.id, stage: stage.name, deploymentId };
    const kept = await cache.find(name, proof);
    // A canary's deployment may since have become its stage's, which has an export.
    if (kept !== null && (kept.exported === null) === (serving === undefined)) {
      const exported = kept.exported === null ? this.withoutExport(deploymentId) : known(kept.exported);
      return { summary: known(kept.summary), exported };
    }
    const asked = await this.ask(deploymentId, serving);
    const { summary, exported } = asked;
    if (isKnown(summary) && (isKnown(exported) || serving === undefined)) {
      await cache.keep(name, proof, {
        summary: summary.value,
        exported: isKnown(exported) ? exported.value : null,
      });
    }
    return asked;
  }

  private async ask(
    deploymentId: string,
    serving: ListedStage | undefined,
  ): Promise<Pick<SnapshotParts, 'summary' | 'exported'>> {
    const { door, api } = this;
    const [summary, exported] = await Promise.all([
      present(door, api, 'GetDeployment', findSummary(door, api, deploymentId)),
      serving === undefined
        ? this.withoutExport(deploymentId)
        : present(door, api, 'GetExport', findExport(door, api, serving.name)),
    ]);
    return { summary, exported };
  }

  /** Exports are asked for by stage, and show its main deployment only: no stage's and a canary's own have none (DEP-18). */
  private withoutExport(deploymentId: string): Unreadable {
    const of = `${apiLabel(this.api)} deployment ${deploymentId}`;
    const detail = `${of} is no stage's main deployment, and AWS exports no other`;
    return unreadable({ because: 'unsupported', operation: 'GetExport', subject: of, detail });
  }
}

const completeStage = async (deployments: Deployments, listed: ListedStage): Promise<Stage> => {
  const { lastUpdated: _, ...stage } = listed;
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
  cache: SnapshotCache | null,
): Promise<Pick<RestApi, 'stages' | 'newestDeployment'>> => {
  if (listed.state === 'unreadable') return { stages: listed, newestDeployment: listed };
  const deployments = new Deployments(door, api, draft, listed.value, cache);
  const stages = await Promise.all(listed.value.map((stage) => completeStage(deployments, stage)));
  const behind = mayBeBehind(stages, draft);
  if (behind.state === 'unreadable') return { stages: known(stages), newestDeployment: behind };
  return {
    stages: known(stages),
    newestDeployment: behind.value ? await newestDeployment(door, api, deployments) : known(null),
  };
};

const collect = async (door: Door, listed: ListedApi, cache: SnapshotCache | null): Promise<RestApi> => {
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
    ...(await completeStages(door, listed, draft, stages, cache)),
  };
};

/** One API, whole: its draft, its stages and what they serve. `null`: it was deleted after it had been listed. */
export const collectApi = async (
  door: Door,
  listed: ListedApi,
  cache: SnapshotCache | null,
): Promise<RestApi | null> => {
  try {
    return await collect(door, listed, cache);
  } catch (error) {
    if (error instanceof ApiGone) return null;
    throw error;
  }
};
