import type { Asff } from './asff';

/** A message that SNS took. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly message: string;
  readonly subject: string | null;
  /** `json` when the message holds one text a protocol. */
  readonly messageStructure: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groupId: string | null;
}

export interface StoredObject {
  readonly body: Uint8Array;
  /** With its quotes. */
  readonly etag: string;
  readonly contentType: string;
  /** ISO 8601. */
  readonly lastModified: string;
}

/** An asynchronous invocation that Lambda took. */
export interface Invocation {
  readonly functionName: string;
  readonly type: string;
  readonly payload: string;
}

/** What callers have changed; everything else is the account file, which nothing changes. */
export interface SandboxState {
  readonly published: PublishedMessage[];
  /** By `BUCKET/KEY`. */
  readonly objects: Map<string, StoredObject>;
  readonly invocations: Invocation[];
  /** What Security Hub holds, by product and id. */
  readonly findings: Map<string, Asff>;
}
