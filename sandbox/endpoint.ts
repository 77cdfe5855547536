import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EMPTY_REGION, parseAccount, type ParsedAccount, type SandboxAccount } from './account-file';
import { listsAsText, samePageNext, unparseable } from './disturb';
import { FaultDraw, type Fault, type Faults } from './faults';
import { declaredAction, permittedOperations } from './permitted';
import { Quotas } from './quotas';
import type { Context, Service } from './service';
import { SERVICES } from './services/all';
import type { SandboxState } from './state';
import { answer, errorReply, type Reply } from './wire/answer';
import { AwsError } from './wire/aws-error';
import { readIncoming, type Incoming } from './wire/incoming';
import { route, type Routed } from './wire/route';

export interface SandboxOptions {
  readonly account: SandboxAccount;
  /** Caps every page, however many items are asked for. */
  readonly pageSize?: number;
  /** Milliseconds before each answer, for all operations or by operation. */
  readonly latencyMs?: number | Readonly<Record<string, number>>;
  /** Enforce the documented control-plane quotas. */
  readonly quotas?: boolean;
  readonly faults?: Faults;
  /** Send the values of API keys even where they were not asked for, as some endpoints do. */
  readonly leaksKeyValues?: boolean;
  /** APIs that were deleted just after they had been listed: every read of one answers that there is no such API. */
  readonly deletedApis?: readonly string[];
  /** Operations to deny: `GetExport`, or of one thing only: `GetExport:a1b2c3d4e5`. */
  readonly deny?: readonly string[];
  /** Operations that the caller's role allows; by default those that the auditor declares. */
  readonly permitted?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** Waits for the latency; by the clock of the machine unless given. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

/** One request, in the order of arrival. */
export interface SandboxCall {
  /** SDK client, such as `api-gateway`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Percent-encoded, as sent, without its query. */
  readonly path: string;
  /** By the sandbox's clock. */
  readonly at: number;
  /** Input members, cut to 100 characters; bodies left out. */
  readonly params: Readonly<Record<string, string>>;
  /** `pending`, `ok`, an AWS error code, or the fault that struck. */
  outcome: string;
}

export interface Sandbox extends SandboxState {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Every request so far, refused and failed ones included. */
  readonly calls: readonly SandboxCall[];
  close(): Promise<void>;
}

const summaryOf = (input: Routed['input']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => !(value instanceof Uint8Array))
      .map(([name, value]) => [
        name,
        (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100),
      ]),
  );

const identifiersIn = (input: Routed['input']): readonly string[] =>
  Object.values(input).filter((value) => typeof value === 'string');

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const HTML_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** What a request gets, and the fault that strikes on the way. */
interface Served {
  readonly reply: Reply;
  readonly fault: Fault | null;
  readonly input: Routed['input'];
}

class Endpoint {
  readonly calls: SandboxCall[] = [];
  readonly state: SandboxState = {
    published: [],
    objects: new Map(),
    invocations: [],
    findings: new Map(),
  };
  readonly #account: ParsedAccount;
  readonly #quotas: Quotas | null;
  readonly #faults: FaultDraw | null;
  readonly #permitted: ReadonlySet<string>;
  readonly #caller: string;
  readonly #now: () => number;

  constructor(readonly options: SandboxOptions) {
    this.#now = options.clock ?? Date.now;
    this.#account = parseAccount(options.account);
    this.#quotas = options.quotas === true ? new Quotas(this.#now) : null;
    this.#faults = options.faults === undefined ? null : new FaultDraw(options.faults);
    this.#permitted = new Set(options.permitted ?? permittedOperations());
    this.#caller = `arn:${this.#account.partition}:sts::${this.#account.accountId}:assumed-role/api-auth-auditor/audit`;
  }

  async serve(incoming: Incoming): Promise<Served> {
    const scope = incoming.scope;
    const services = SERVICES.filter(({ signingName }) => signingName === scope?.service);
    const [first] = services;
    if (scope === null || first === undefined) {
      const unsigned = new AwsError(
        'MissingAuthenticationToken',
        403,
        'Request is missing Authentication Token',
      );
      return { reply: errorReply(unsigned, 'query', 'sandbox', ''), fault: null, input: {} };
    }
    const routed = await route(services, incoming);
    const { service, name, input } = routed ?? { service: first, name: unknownName(incoming), input: {} };
    const call: SandboxCall = {
      service: service.name,
      operation: name,
      region: scope.region,
      path: incoming.path,
      at: this.#now(),
      params: summaryOf(input),
      outcome: 'pending',
    };
    const requestId = `sandbox-${this.calls.push(call)}`;
    const latency = this.#latencyOf(name);
    if (latency > 0) await (this.options.sleep ?? sleep)(latency);
    const fault = this.#faults?.next(name, `${scope.region} ${JSON.stringify(call.params)}`) ?? null;
    const reply = await this.#reply(routed, { service, name, call, incoming, fault, requestId });
    call.outcome = fault ?? reply.outcome;
    return { reply, fault, input: routed?.input ?? {} };
  }

  async #reply(
    routed: Routed | null,
    {
      service,
      name,
      call,
      incoming,
      fault,
      requestId,
    }: {
      readonly service: Service;
      readonly name: string;
      readonly call: SandboxCall;
      readonly incoming: Incoming;
      readonly fault: Fault | null;
      readonly requestId: string;
    },
  ): Promise<Reply> {
    try {
      if (fault === 'serverError') throw new AwsError('InternalFailure', 500, 'Internal failure');
      if (fault === 'unknownPath') throw new AwsError('NotFoundException', 404, 'Unknown path');
      const counted = {
        service: service.name,
        operation: name,
        region: call.region,
        userPoolId: call.params['UserPoolId'],
      };
      const withinQuota = this.#quotas?.admits(counted) ?? true;
      if (fault === 'throttle' || !withinQuota) {
        const { code, status, message } = service.throttled;
        throw new AwsError(code, status, message);
      }
      this.#authorize(service, name, routed?.input ?? {}, incoming, call.region);
      if (routed === null || routed.operation === null) {
        throw new AwsError(
          'UnknownOperationException',
          service.protocol === 'json' ? 400 : 404,
          'Unknown operation',
        );
      }
      this.#missDeleted(routed.input);
      const output = await routed.operation.handle(routed.input, this.#context(call.region));
      return answer(service, routed.operation.schema, output, requestId);
    } catch (error) {
      const known =
        error instanceof AwsError ? error : new AwsError('InternalFailure', 500, `Sandbox: ${String(error)}`);
      return errorReply(known, service.protocol, requestId, service.name);
    }
  }

  #authorize(
    service: Service,
    name: string,
    input: Routed['input'],
    incoming: Incoming,
    region: string,
  ): void {
    if (incoming.linkEnds !== null && this.#now() > incoming.linkEnds) {
      throw new AwsError('AccessDenied', 403, 'Request has expired');
    }
    const identifiers = identifiersIn(input);
    const denied = (this.options.deny ?? []).some((rule) => {
      const [operation, ...rest] = rule.split(':');
      const subject = rest.join(':');
      return operation === name && (subject === '' || identifiers.includes(subject));
    });
    if (!denied && this.#permitted.has(name)) return;
    const action =
      declaredAction(name) ??
      `${service.iamPrefix}:${service.iamPrefix === 'apigateway' ? incoming.method : name}`;
    const resource =
      service.iamPrefix === 'apigateway'
        ? `arn:${this.#account.partition}:apigateway:${region}::${incoming.path}`
        : '*';
    throw new AwsError(
      service.denied.code,
      service.denied.status,
      `User: ${this.#caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
  }

  #missDeleted(input: Routed['input']): void {
    const { restApiId } = input;
    if (typeof restApiId === 'string' && this.options.deletedApis?.includes(restApiId) === true) {
      throw new AwsError('NotFoundException', 404, 'Invalid API identifier specified');
    }
  }

  #context(regionName: string): Context {
    return {
      ...this.state,
      account: this.#account,
      regionName,
      region: this.#account.regions[regionName] ?? EMPTY_REGION,
      now: this.#now,
      pageSize: this.options.pageSize ?? Number.POSITIVE_INFINITY,
      leaksKeyValues: this.options.leaksKeyValues === true,
      caller: this.#caller,
    };
  }

  #latencyOf(name: string): number {
    const { latencyMs = 0 } = this.options;
    return typeof latencyMs === 'number' ? latencyMs : (latencyMs[name] ?? 0);
  }
}

const deliver = (response: ServerResponse, { reply, fault, input }: Served): void => {
  switch (fault) {
    case 'stall':
      return;
    case 'tear':
      response.destroy();
      return;
    case 'halfBody': {
      const body = Buffer.from(reply.body);
      response.writeHead(reply.status, { ...reply.headers, 'content-length': body.byteLength + 1 });
      response.write(body.subarray(0, body.byteLength >> 1), () => response.destroy());
      return;
    }
    case 'malformed':
      send(response, unparseable(reply));
      return;
    case 'cut':
      send(response, unparseable(reply, Buffer.byteLength(reply.body) >> 1));
      return;
    case 'listAsText':
      send(response, listsAsText(reply));
      return;
    case 'repeatToken':
      send(response, samePageNext(reply, input));
      return;
    case 'html':
      send(response, { ...reply, status: 502, headers: { 'content-type': 'text/html' }, body: HTML_PAGE });
      return;
    case 'throttle':
    case 'serverError':
    case 'unknownPath':
    case null:
      send(response, reply);
  }
};

const unknownName = ({ method, path, headers }: Incoming): string =>
  headers['x-amz-target'] ?? `${method} ${path}`;

const send = (response: ServerResponse, { status, headers, body }: Reply): void => {
  const length = Buffer.byteLength(body);
  // The answer to HEAD has a length of its own and no body.
  response.writeHead(status, length === 0 ? headers : { ...headers, 'content-length': length });
  response.end(body);
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Starts the endpoint on loopback. Throws when the account file is not in AWS's shapes, naming the field. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const endpoint = new Endpoint(options);
  const server = createServer((request, response) => {
    void readIncoming(request)
      .then((incoming) => endpoint.serve(incoming))
      .then((served) => deliver(response, served))
      .catch(() => response.destroy());
  });
  const port = await listen(server, options.port ?? 0);
  return {
    ...endpoint.state,
    url: `http://127.0.0.1:${port}`,
    calls: endpoint.calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The endpoint without a network: requests of the SDK are answered in the process, by whatever clock is given. */
export const makeEndpoint = (
  options: SandboxOptions,
): SandboxState & Pick<Sandbox, 'calls'> & { readonly answer: (incoming: Incoming) => Promise<Reply> } => {
  const endpoint = new Endpoint(options);
  return {
    ...endpoint.state,
    calls: endpoint.calls,
    answer: async (incoming) => (await endpoint.serve(incoming)).reply,
  };
};
