import type { SharedAccount } from '../model/account';
import { isKnown, known, mapKnown, type Known, type Unreadable } from '../model/known';
import type { ListedApi, RestApi } from '../model/rest-api';
import {
  addStats,
  type AccountSource,
  type CollectedApi,
  type Left,
  type NamedSlices,
  type OnRequest,
  type ReadStats,
} from '../source';
import { readApiKeys } from './api-keys';
import { readCaller, type Caller } from './caller';
import type { ClientSettings } from './clients';
import { collectApi } from './collect-api';
import { readDistributions } from './distributions';
import { readDomainAccessAssociations } from './domain-access-associations';
import { readDomains } from './domains';
import { Door } from './door';
import { readGatewayAccount } from './gateway-account';
import { askOnRequest } from './on-request';
import { markOtherKinds } from './other-apis';
import { pacerPerRegion, type Pacer, type Timers } from './pace';
import { referencesOf } from './references';
import { listRestApis } from './rest-apis';
import { SharedReads } from './shared-reads';
import { SnapshotCache, type SnapshotStore } from './snapshot-cache';
import { readUsagePlans } from './usage-plans';
import { readVpcEndpoints } from './vpc-endpoints';

export interface LiveSettings extends ClientSettings {
  /** Twelve digits. */
  readonly accountId: string;
  readonly partition: string;
  /** Regions that this run reads, this one included. */
  readonly scannedRegions: readonly string[];
  /** Only these APIs; all when absent. */
  readonly restApiIds?: readonly string[];
  readonly clock: () => Date;
  /** Part of AWS's quotas that we take; 0.8 when absent. */
  readonly share?: number;
  readonly timers?: Timers;
  /** The pacer of a region, where several sources of one account share them; one of its own when absent. */
  readonly pacerOf?: (region: string) => Pacer;
  /** Deployments that earlier runs have read; without it all are read. */
  readonly snapshots?: SnapshotStore;
  /** When to stop; never when absent. */
  readonly deadline?: Deadline;
  /** Where an earlier invocation of the same run stopped. */
  readonly left?: Left;
}

/** The end of the time that a run has. */
export interface Deadline {
  /** No API is begun any more. */
  readonly isNear: () => boolean;
  /** Settles when what is under way must be left where it is. */
  readonly reached: Promise<void>;
}

const NO_DEADLINE: Deadline = { isNear: () => false, reached: new Promise(() => undefined) };

/** APIs that are read at the same time: enough to keep the pacer busy, few enough to keep memory flat. */
const LOOK_AHEAD = 8;

/** Whose account the credentials open. Throws `SignInError` where AWS does not say. */
export const identify = (settings: ClientSettings): Promise<Caller> => readCaller(settings);

type BaseSlices = Omit<SharedAccount['slices'], keyof NamedSlices>;

interface Collected extends NamedSlices {
  readonly api: RestApi;
}

/** The time was up first. */
const LATE = Symbol('late');

class LiveRegion implements AccountSource {
  readonly kind = 'live';
  readonly region: string;
  readonly onRequest: OnRequest;
  private readonly collectedAt: string;
  private readonly doors = new Map<string, Door>();
  private readonly shares: SharedReads;
  private readonly cache: SnapshotCache | null;
  private readonly pacerOf: (region: string) => Pacer;
  private listing: Promise<Known<readonly ListedApi[]>> | null = null;
  private base: Promise<BaseSlices> | null = null;
  private readonly deadline: Deadline;
  private stopped: Left | null = null;

  constructor(private readonly settings: LiveSettings) {
    this.region = settings.region;
    this.collectedAt = settings.clock().toISOString();
    const { snapshots, clock } = settings;
    this.cache = snapshots === undefined ? null : new SnapshotCache(snapshots, settings, clock);
    this.pacerOf = settings.pacerOf ?? pacerPerRegion(settings.share, settings.timers);
    this.shares = new SharedReads(
      this.door(this.region),
      (region) => this.door(region),
      new Set(settings.scannedRegions),
      settings.left?.named,
    );
    this.onRequest = askOnRequest(this.door(this.region), (region) => this.door(region));
    this.deadline = settings.deadline ?? NO_DEADLINE;
    const { apis = null, base = null } = settings.left ?? {};
    if (apis !== null) this.listing = Promise.resolve(known(apis));
    if (base !== null) this.base = Promise.resolve(base);
  }

  async *apis(progress: (done: number, total: number) => void): AsyncGenerator<CollectedApi | Unreadable> {
    // Both are asked at once: the list is short, and what APIs share is needed with the first of them.
    const opened = await this.inTime(Promise.all([this.list(), this.baseSlices()]));
    if (opened === LATE) {
      this.stopped = { apis: null, base: null, named: this.shares.read() };
      return;
    }
    const [listed, base] = opened;
    if (!isKnown(listed)) {
      yield listed;
      return;
    }
    const { restApiIds } = this.settings;
    const wanted = listed.value.filter(({ id }) => restApiIds === undefined || restApiIds.includes(id));
    const reading: Promise<Collected | null>[] = [];
    let started = 0;
    let done = 0;
    const readNext = (): void => {
      const next = wanted[started];
      if (next === undefined || this.deadline.isNear()) return;
      started += 1;
      const collected = this.collect(next);
      // It is awaited in its turn, and throws there.
      collected.catch(() => undefined);
      reading.push(collected);
    };
    progress(done, wanted.length);
    for (let ahead = 0; ahead < LOOK_AHEAD; ahead += 1) readNext();
    for (let first = reading.shift(); first !== undefined; first = reading.shift()) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- the others are under way
      const collected = await this.inTime(first);
      if (collected === LATE) break;
      readNext();
      if (collected !== null) {
        const { api, ...named } = collected;
        yield { api, shared: this.account(base, named) };
      }
      done += 1;
      progress(done, wanted.length);
    }
    if (done < wanted.length) this.stopped = { apis: wanted.slice(done), base, named: this.shares.read() };
  }

  left(): Left | null {
    return this.stopped;
  }

  async shared(): Promise<SharedAccount> {
    const base = await this.baseSlices();
    return this.account(base, await this.shares.all());
  }

  stats(): ReadStats {
    const stats = addStats([...this.doors.values()].map((door) => door.stats()));
    return { ...stats, cachedDeployments: this.cache?.hits ?? 0 };
  }

  private async inTime<T>(work: Promise<T>): Promise<T | typeof LATE> {
    return Promise.race([work, this.deadline.reached.then((): typeof LATE => LATE)]);
  }

  /** A pool or function may lie in another region. */
  private door(region: string): Door {
    const door =
      this.doors.get(region) ?? new Door({ ...this.settings, region, pacer: this.pacerOf(region) });
    this.doors.set(region, door);
    return door;
  }

  private list(): Promise<Known<readonly ListedApi[]>> {
    this.listing ??= listRestApis(this.door(this.region)).then((listed) => mapKnown(listed, inOrder));
    return this.listing;
  }

  private baseSlices(): Promise<BaseSlices> {
    this.base ??= this.readBase();
    return this.base;
  }

  private async readBase(): Promise<BaseSlices> {
    const door = this.door(this.region);
    const reading = readDomains(door);
    const [
      usagePlans,
      apiKeys,
      domainAccessAssociations,
      vpcEndpoints,
      gatewayAccount,
      domains,
      distributions,
    ] = await Promise.all([
      readUsagePlans(door),
      readApiKeys(door),
      readDomainAccessAssociations(door),
      readVpcEndpoints(door),
      readGatewayAccount(door),
      this.withKinds(door, reading),
      reading.then((domains) => readDistributions(door, domains)),
    ]);
    return {
      usagePlans,
      apiKeys,
      domains,
      domainAccessAssociations,
      vpcEndpoints,
      distributions,
      gatewayAccount,
      callerRoles: known([]),
    };
  }

  private async withKinds(
    door: Door,
    reading: Promise<BaseSlices['domains']>,
  ): Promise<BaseSlices['domains']> {
    const [domains, listed] = await Promise.all([reading, this.list()]);
    const ids = mapKnown(listed, (apis) => new Set(apis.map(({ id }) => id)));
    return markOtherKinds(door, domains, ids);
  }

  private async collect(listed: ListedApi): Promise<Collected | null> {
    const api = await collectApi(this.door(this.region), listed, this.cache);
    if (api === null) return null;
    return { api, ...(await this.shares.of(referencesOf(api))) };
  }

  private account(base: BaseSlices, { userPools, functions, webAcls }: NamedSlices): SharedAccount {
    const { accountId, partition, region, scannedRegions } = this.settings;
    return {
      accountId,
      partition,
      region,
      collectedAt: this.collectedAt,
      scannedRegions,
      slices: { ...base, userPools: known(userPools), functions: known(functions), webAcls: known(webAcls) },
    };
  }
}

/** By id, each once: AWS lists in no order of ours, and an API may turn up on two pages when others are deleted meanwhile. */
const inOrder = (listed: readonly ListedApi[]): readonly ListedApi[] =>
  [...new Map(listed.map((api) => [api.id, api])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));

/** One region of the account, live. */
export const openRegion = (settings: LiveSettings): AccountSource => new LiveRegion(settings);
