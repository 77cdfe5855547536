import type { FunctionEntry } from '../model/account';
import { parseArn, parseUserPoolArn } from '../model/arn';
import type { WebAclEntry } from '../model/edge';
import { isKnown } from '../model/known';
import type { UserPoolEntry } from '../model/user-pool';
import type { Door } from './door';
import { parseFunctionArn, readFunction } from './functions';
import type { References } from './references';
import { findUserPool } from './user-pools';
import { readWebAcl } from './web-acls';

/** The user pools, functions and web ACLs that some APIs name. */
export interface Named {
  readonly userPools: readonly UserPoolEntry[];
  readonly functions: readonly FunctionEntry[];
  readonly webAcls: readonly WebAclEntry[];
}

type Doors = (region: string) => Door;

/** Reads once what is asked for by ARN. */
class ByArn<T extends { readonly arn: string }> {
  private readonly entries = new Map<string, Promise<T>>();

  /** @param read starts the read; `null`: not ours to read. */
  constructor(private readonly read: (arn: string) => Promise<T> | null) {}

  async some(arns: Iterable<string>): Promise<readonly T[]> {
    const found: Promise<T>[] = [];
    for (const arn of new Set(arns)) {
      const reading = this.entries.get(arn) ?? this.read(arn);
      if (reading === null) continue;
      this.entries.set(arn, reading);
      found.push(reading);
    }
    return sorted(await Promise.all(found));
  }

  async all(): Promise<readonly T[]> {
    return sorted(await Promise.all(this.entries.values()));
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

  constructor(door: Door, doors: Doors, scannedRegions: ReadonlySet<string>) {
    const isOurs = (arn: string, accountId: string, region: string): boolean =>
      parseArn(arn)?.partition === door.place.partition &&
      accountId === door.place.accountId &&
      scannedRegions.has(region);
    this.userPools = new ByArn((arn) => {
      const name = parseUserPoolArn(arn);
      if (name === null || !isOurs(arn, name.accountId, name.region)) return null;
      return findUserPool(doors(name.region), arn, name.poolId).then((pool) => ({ arn, pool }));
    });
    this.functions = new ByArn((arn) => {
      const name = parseFunctionArn(arn);
      if (name === null || !isOurs(arn, name.accountId, name.region)) return null;
      return readFunction(doors(name.region), arn, name);
    });
    this.webAcls = new ByArn((arn) => readWebAcl(door, arn));
  }

  /** What one API names, and what its pools name in turn. */
  async of({ userPoolArns, functionArns, webAclArns }: References): Promise<Named> {
    const [userPools, webAcls, own] = await Promise.all([
      this.userPools.some(userPoolArns),
      this.webAcls.some(webAclArns),
      this.functions.some(functionArns),
    ]);
    const functions = await this.functions.some([...own.map(({ arn }) => arn), ...triggersOf(userPools)]);
    return { userPools, functions, webAcls };
  }

  /** All that was read so far. */
  async all(): Promise<Named> {
    const [userPools, functions, webAcls] = await Promise.all([
      this.userPools.all(),
      this.functions.all(),
      this.webAcls.all(),
    ]);
    return { userPools, functions, webAcls };
  }
}
