import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { WAFV2Client } from '@aws-sdk/client-wafv2';
import type { Account } from '../../../lambda/model/account';
import type { AuditResult } from '../../../lambda/result';
import type { Received, Sent } from './exchange';

/** A call to a stage of an API. */
export interface Call {
  readonly restApiId: string;
  readonly stage: string;
  readonly verb: string;
  /** With its leading slash, below the stage. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A custom domain or a distribution that is called in place of the API's own name; then `path` is the whole path. */
  readonly host?: string;
  /** A name that TLS is opened for, where it is another one than the API's. */
  readonly openedFor?: string;
  /** Signed by whoever runs the loops. */
  readonly signed?: boolean;
  /** Id of the key whose value is sent. */
  readonly apiKeyId?: string;
}

/** What the caller gets. */
export interface Answer {
  readonly status: number;
  /** `x-amzn-errortype`, without what may follow a colon. */
  readonly errorType: string | null;
  readonly body: string;
}

/** What the command line of the auditor made of one API, and what it read. */
export interface Audited {
  readonly result: AuditResult;
  readonly account: Account;
}

export interface Pasted {
  readonly code: number;
  readonly err: string;
  /** Where something stood in for a command that this world gets wrong: what, and why. */
  readonly standIns: readonly string[];
}

/** An account to break things in: an emulator's, or a real one. Everything but this is the same for both. */
export interface World {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly apiGateway: APIGatewayClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly lambda: LambdaClient;
  readonly cloudFront: CloudFrontClient;
  readonly waf: WAFV2Client;
  /** Where loops call from, as API Gateway sees it or as may stand for it, and a block that a policy may allow. */
  readonly sourceIp: string;
  readonly callers: string;
  /** The principal that signs. */
  readonly signer: string;
  send(call: Call): Promise<Answer>;
  /** One HTTP exchange with whatever this world has. */
  exchange(url: string, sent: Sent): Promise<Received>;
  /** Where a user pool's domain gives tokens. */
  tokenEndpoint(domainPrefix: string): string;
  /** Where a user pool's domain lets people sign in: without a path. */
  signInPages(domainPrefix: string): string;
  /** An execution role for functions. */
  functionRole(): Promise<string>;
  /** Audits one API, or the whole account. */
  audit(restApiId: string | null): Promise<Audited>;
  /** Reads one API, or the whole account, as it is served. */
  read(restApiId: string | null): Promise<Account>;
  /** Runs commands in one shell with the genuine AWS command line. */
  paste(commands: readonly string[]): Promise<Pasted>;
  /** Whether this run made the thing of this id. */
  isOwn(id: string): boolean;
  /** Says that this run made a thing, and how it goes again; what was made last goes first. */
  own(id: string, undo: () => Promise<unknown>): void;
  /** Says that something was made that costs by the hour. */
  spend(what: 'webAcls'): void;
  /** How long a change may take to reach callers, in milliseconds. */
  readonly settling: number;
  /** What every made thing is marked with. */
  readonly tags: Readonly<Record<string, string>>;
}
