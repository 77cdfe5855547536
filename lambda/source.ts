import type { Account, SharedAccount, Slices } from './model/account';
import type { Known, Unreadable } from './model/known';
import type { ListedApi, RestApi } from './model/rest-api';

/** One API together with all that judging it needs: the pools and functions that it names are in `shared`. */
export interface CollectedApi {
  readonly api: RestApi;
  readonly shared: SharedAccount;
}

/** What one region has cost so far. */
export interface ReadStats {
  /** Attempts, retries included. */
  readonly awsCalls: number;
  /** The fewest calls by which all of it could have been read: one a question, and one more for each full page. */
  readonly minimumCalls: number;
  readonly awsCallsByOperation: Readonly<Record<string, number>>;
  readonly throttled: number;
  /** Deployments that an earlier run had read, so that nothing was asked about them. */
  readonly cachedDeployments: number;
}

/** What TestInvokeAuthorizer was told to send. */
export interface AuthorizerTrial {
  readonly restApiId: string;
  readonly authorizerId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `/pets?tenant=a`, as the API would see it. */
  readonly pathWithQuery: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** What an authorizer said when it was tried; its log and the claims, which may hold the token, are dropped. */
export interface AuthorizerAnswer {
  readonly status: number;
  /** The policy that a Lambda authorizer returned. */
  readonly policy: string | null;
}

export interface UserStatus {
  /** CONFIRMED, UNCONFIRMED, FORCE_CHANGE_PASSWORD and others. */
  readonly status: string;
  readonly enabled: boolean;
}

/** What is asked of AWS only when a person wants it. */
export interface OnRequest {
  tryAuthorizer(trial: AuthorizerTrial): Promise<Known<AuthorizerAnswer>>;
  /** `null`: the pool has no such user. */
  userStatus(userPoolArn: string, username: string): Promise<Known<UserStatus | null>>;
}

/** The slices that hold what APIs name: read when one of them does. */
export type NamedSlices = Pick<Slices, 'userPools' | 'functions' | 'webAcls'>;

/** What a source has not come to, and what it would have to read again to go on in another process. */
export interface Left {
  /** `null`: not so much as listed. */
  readonly apis: readonly ListedApi[] | null;
  /** `null`: not read to the end. */
  readonly base: Omit<SharedAccount['slices'], keyof NamedSlices> | null;
  readonly named: NamedSlices;
}

/** Where the account of one region comes from: live AWS, a saved file, a template. All fill the same model. */
export interface AccountSource {
  readonly kind: 'live' | 'saved' | 'template' | 'sandbox';
  readonly region: string;
  /** Streams the APIs, each complete; or the reason why they cannot be listed. May be walked once. */
  apis(progress: (done: number, total: number) => void): AsyncIterable<CollectedApi | Unreadable>;
  /** The shared part, complete once `apis` has ended. */
  shared(): Promise<SharedAccount>;
  stats(): ReadStats;
  /** Absent where there is no AWS to ask. */
  readonly onRequest?: OnRequest;
  /** What it holds and cannot bring into the model; absent: nothing. */
  readonly leftOut?: readonly Unreadable[];
  /** What is left when `apis` ended before its end, because the time was up; `null` otherwise. Only sources that heed the time have it. */
  left?(): Left | null;
}

const NO_CALLS: ReadStats = {
  awsCalls: 0,
  minimumCalls: 0,
  awsCallsByOperation: {},
  throttled: 0,
  cachedDeployments: 0,
};

/** Several counts as one. */
export const addStats = (all: readonly ReadStats[]): ReadStats => {
  const byOperation = new Map<string, number>();
  for (const { awsCallsByOperation } of all) {
    for (const [operation, calls] of Object.entries(awsCallsByOperation)) {
      byOperation.set(operation, (byOperation.get(operation) ?? 0) + calls);
    }
  }
  return {
    awsCalls: all.reduce((sum, { awsCalls }) => sum + awsCalls, 0),
    minimumCalls: all.reduce((sum, { minimumCalls }) => sum + minimumCalls, 0),
    awsCallsByOperation: Object.fromEntries([...byOperation].sort(([a], [b]) => a.localeCompare(b))),
    throttled: all.reduce((sum, { throttled }) => sum + throttled, 0),
    cachedDeployments: all.reduce((sum, { cachedDeployments }) => sum + cachedDeployments, 0),
  };
};

/** An account that is at hand as a whole: saved, or made of templates. */
export const savedSource = (
  account: Account,
  kind: 'saved' | 'template',
  leftOut: readonly Unreadable[] = [],
): AccountSource => {
  const { restApis, schemaVersion: _, ...shared } = account;
  return {
    kind,
    region: account.region,
    async *apis(progress) {
      if (restApis.state === 'unreadable') {
        yield restApis;
        return;
      }
      for (const [index, api] of restApis.value.entries()) {
        yield { api, shared };
        progress(index + 1, restApis.value.length);
      }
    },
    shared: () => Promise.resolve(shared),
    stats: () => NO_CALLS,
    leftOut,
  };
};
