import type { ParsedAccount, ParsedRegion, Stored } from './account-file';
import type { SandboxState } from './state';
import type { Protocol } from './wire/aws-error';
import { nameOf, type CodecOwner, type OperationSchema } from './wire/schema';

/** What a handler may know of the request besides its input. */
export interface Context extends SandboxState {
  readonly account: ParsedAccount;
  readonly regionName: string;
  readonly region: ParsedRegion;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Caps every page, however many items were asked for. */
  readonly pageSize: number;
  /** Values of API keys are sent whether or not they were asked for. */
  readonly leaksKeyValues: boolean;
  /** The caller's ARN, as GetCallerIdentity tells it. */
  readonly caller: string;
}

type Handler = (input: never, context: Context) => unknown;

export interface Operation {
  readonly name: string;
  readonly schema: OperationSchema;
  readonly handle: (input: unknown, context: Context) => unknown;
}

/**
 * One operation with its handler. `Input` and `Output` are the SDK's own types of the command; answers are given in the form of the
 * account file (dates as text).
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a schema carries no types, so the caller states them
export const operation = <Input, Output>(
  schema: OperationSchema,
  handler: (input: Input, context: Context) => Stored<Omit<Output, '$metadata'>>,
): Operation => ({
  name: nameOf(schema),
  schema,
  handle: (input, context) => (handler as Handler)(input as never, context),
});

export interface Service {
  /** Name of the SDK client, as `Permission.client`. */
  readonly name: string;
  /** Service in the credential scope of a signature. */
  readonly signingName: string;
  /** Prefix of its IAM actions. */
  readonly iamPrefix: string;
  readonly protocol: Protocol;
  readonly client: CodecOwner;
  /** `X-Amz-Target` without the operation; JSON protocols only. */
  readonly target?: string;
  /** Query protocols only. */
  readonly xmlNamespace?: string;
  readonly denied: { readonly code: string; readonly status: number };
  readonly throttled: { readonly code: string; readonly status: number; readonly message: string };
  readonly operations: readonly Operation[];
}
