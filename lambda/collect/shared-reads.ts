import type { FunctionEntry } from '../model/account';
import { parseArn, parseUserPoolArn } from '../model/arn';
import type { WebAclEntry } from '../model/edge';
import { isKnown } from '../model/known';
import type { UserPoolEntry } from '../model/user-pool';
import type { NamedSlices } from '../source';
import type { Door } from './door';
import { parseFunctionArn, readFunction } from './functions';
import type { References } from './references';
import { findUserPool } from './user-pools';
import { readWebAcl } from './web-acls';

type Doors = (region: string) => Door;

/** Reads once what is asked for by ARN. */
class ByArn<T extends { readonly arn: string }> {
  private readonly entries = new Map<string, Promise<T>>();
  private readonly done: Map<string, T>;

  /**
   * @param begin starts the read; `null`: not ours to read.
   * @param before what was read in an earlier invocation
   */
  constructor(
    private readonly begin: (arn: string) => Promise<T> | null,
    before: readonly T[],
  ) {
    this.done = new Map(before.map((one) => [one.arn, one]));
    for (const one of before) this.entries.set(one.arn, Promise.resolve(one));
  }

  async some(arns: Iterable<string>): Promise<readonly T[]> {
    const found: Promise<T>[] = [];
    for (const arn of new Set(arns)) {
      const reading = this.entries.get(arn) ?? this.start(arn);
      if (reading !== null) found.push(reading);
    }
    return sorted(await Promise.all(found));
  }

  async all(): Promise<readonly T[]> {
    return sorted(await Promise.all(this.entries.values()));
  }

  /** What has been read to its end by now. */
  read(): readonly T[] {
    return sorted([...this.done.values()]);
  }

  private start(arn: string): Promise<T> | null {
    const reading = this.begin(arn);
    if (reading === null) return null;
    const kept = reading.then((one) => {
      this.done.set(arn, one);
      return one;
    });
    this.entries.set(arn, kept);
    return kept;
  }
}

const sorted = <T extends { readonly arn: string }>(entries: readonly T[]): readonly T[] =>
  [...entries].sort((a, b) => (a.arn < b.arn ? -1 : 1));

const triggersOf = (pools: readonly UserPoolEntry[]): readonly string[] =>
  pools.flatMap(({ pool }) =>
    isKnown(pool) && pool.value !== null ? Object.values(pool.value.triggers) : [],
  );

/**
 * What APIs have in common, read once a region. Only the own account and the scanned regions are asked: of anything else nothing can
 * be said, and an entry that is not there says so.
 */
export class SharedReads {
  private readonly userPools: ByArn<UserPoolEntry>;
  private readonly functions: ByArn<FunctionEntry>;
  private readonly webAcls: ByArn<WebAclEntry>;

  constructor(
    door: Door,
    doors: Doors,
    scannedRegions: ReadonlySet<string>,
    before: NamedSlices = { userPools: [], functions: [], webAcls: [] },
  ) {
    const isOurs = (arn: string, accountId: string, region: string): boolean =>
      parseArn(arn)?.partition === door.place.partition &&
      accountId === door.place.accountId &&
      scannedRegions.has(region);
    this.userPools = new ByArn((arn) => {
      const name = parseUserPoolArn(arn);
      if (name === null || !isOurs(arn, name.accountId, name.region)) return null;
      return findUserPool(doors(name.region), arn, name.poolId).then((pool) => ({ arn, pool }));
    }, before.userPools);
    this.functions = new ByArn((arn) => {
      const name = parseFunctionArn(arn);
      if (name === null || !isOurs(arn, name.accountId, name.region)) return null;
      return readFunction(doors(name.region), arn, name);
    }, before.functions);
    this.webAcls = new ByArn((arn) => readWebAcl(door, arn), before.webAcls);
  }

  /** What one API names, and what its pools name in turn. */
  async of({ userPoolArns, functionArns, webAclArns }: References): Promise<NamedSlices> {
    const [userPools, webAcls, own] = await Promise.all([
      this.userPools.some(userPoolArns),
      this.webAcls.some(webAclArns),
      this.functions.some(functionArns),
    ]);
    const functions = await this.functions.some([...own.map(({ arn }) => arn), ...triggersOf(userPools)]);
    return { userPools, functions, webAcls };
  }

  /** What has been read to its end by now. */
  read(): NamedSlices {
    return {
      userPools: this.userPools.read(),
      functions: this.functions.read(),
      webAcls: this.webAcls.read(),
    };
  }

  /** All that was read so far. */
  async all(): Promise<NamedSlices> {
    const [userPools, functions, webAcls] = await Promise.all([
      this.userPools.all(),
      this.functions.all(),
      this.webAcls.all(),
    ]);
    return { userPools, functions, webAcls };
  }
}
