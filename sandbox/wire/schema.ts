import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import type { GetRestApis$ } from '@aws-sdk/client-api-gateway';
import { NormalizedSchema } from '@smithy/core/schema';

/**
 * The one door to the SDK's own schemas (exported by every client, though half internal): routing, decoding of requests, encoding of
 * answers and the check of account files all go by them, so that the wire is the SDK's idea of AWS and not ours.
 */

/** An operation's schema as a client exports it: `GetRestApis$`. */
export type OperationSchema = typeof GetRestApis$;
/** Any schema a client exports. */
export type ShapeSchema = Parameters<typeof NormalizedSchema.of>[0];

interface Codec {
  createSerializer(): { write(schema: ShapeSchema, value: unknown): void; flush(): string | Uint8Array };
  createDeserializer(): { read(schema: ShapeSchema, data: Uint8Array): unknown };
}
/** What the client of a JSON or REST-XML service carries; query clients have no codec for answers. */
export interface CodecOwner {
  readonly config: { readonly protocol: unknown };
}

type Json = Readonly<Record<string, unknown>>;

const codecOf = (owner: CodecOwner): Codec =>
  (owner.config.protocol as { getPayloadCodec(): Codec }).getPayloadCodec();

/** Any REST-XML client lends its codec to the query protocols: the root's namespace is given by {@link renamed}. */
const xmlCodec = codecOf(new CloudFrontClient({ region: 'us-east-1' }));

const traitsOf = (schema: NormalizedSchema): Json => schema.getMergedTraits();

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const nameOf = (operation: OperationSchema): string => operation[2];

export interface HttpBinding {
  readonly method: string;
  /** `/restapis/{restApiId}`, `{Key+}` for a greedy label. */
  readonly path: string;
  /** Literal query that the request must carry. */
  readonly query: URLSearchParams;
  readonly status: number;
}

/** The `http` trait; `null` for operations of RPC protocols. */
export const httpBindingOf = (operation: OperationSchema): HttpBinding | null => {
  const traits = operation[3];
  const http = typeof traits === 'object' ? traits.http : undefined;
  if (http === undefined) return null;
  const [method, template, status] = http;
  const [path = '', query = ''] = template.split('?');
  return { method, path, query: new URLSearchParams(query), status };
};

const scalarFrom = (schema: NormalizedSchema, value: string): unknown => {
  if (schema.isNumericSchema()) return Number(value);
  if (schema.isBooleanSchema()) return value === 'true';
  if (schema.isTimestampSchema()) return new Date(value);
  return value;
};

const withoutUndefined = (entries: readonly (readonly [string, unknown])[]): Json =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));

export interface RestRequest {
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const queryMap = (input: NormalizedSchema, query: URLSearchParams): Json => {
  const bound = new Set([...input.structIterator()].map(([, member]) => traitsOf(member)['httpQuery']));
  return Object.fromEntries([...query].filter(([name]) => !bound.has(name)));
};

/** Members of a JSON body by their names on the wire; texts, numbers and maps of texts are all that is needed. */
const documentOf = ({ body, headers }: RestRequest): Json => {
  if (body.length === 0 || !/json/i.test(headers['content-type'] ?? '')) return {};
  const document: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
  return typeof document === 'object' && document !== null ? (document as Json) : {};
};

/** The SDK's input object out of a REST request. */
export const decodeRest = (operation: OperationSchema, request: RestRequest): Json => {
  const input = NormalizedSchema.of(operation[4]);
  const hasPayload = [...input.structIterator()].some(
    ([, member]) => traitsOf(member)['httpPayload'] !== undefined,
  );
  const document = hasPayload ? {} : documentOf(request);
  const valueOf = (name: string, member: NormalizedSchema): unknown => {
    const traits = traitsOf(member);
    const queryName = text(traits['httpQuery']);
    const headerName = text(traits['httpHeader']);
    if (traits['httpLabel'] !== undefined) return request.labels[name];
    if (traits['httpPayload'] !== undefined) return request.body;
    if (traits['httpQueryParams'] !== undefined) return queryMap(input, request.query);
    if (queryName !== undefined) {
      if (!request.query.has(queryName)) return undefined;
      if (member.isListSchema()) return request.query.getAll(queryName);
      return scalarFrom(member, request.query.get(queryName) ?? '');
    }
    if (headerName === undefined) return document[text(traits['jsonName']) ?? name];
    const header = request.headers[headerName.toLowerCase()];
    return header === undefined ? undefined : scalarFrom(member, header);
  };
  return withoutUndefined(
    [...input.structIterator()].map(([name, member]) => [name, valueOf(name, member)] as const),
  );
};

export const decodeJson = async (
  operation: OperationSchema,
  owner: CodecOwner,
  body: Uint8Array,
): Promise<Json> =>
  (await codecOf(owner).createDeserializer().read(NormalizedSchema.of(operation[4]), body)) as Json;

const has = (form: URLSearchParams, prefix: string): boolean =>
  [...form.keys()].some((key) => key === prefix || key.startsWith(`${prefix}.`));

const indexed = <T>(form: URLSearchParams, prefix: string, read: (itemPrefix: string) => T): T[] => {
  const items: T[] = [];
  for (let index = 1; has(form, `${prefix}.${index}`); index += 1) items.push(read(`${prefix}.${index}`));
  return items;
};

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The SDK's input object out of a form: `awsQuery` (lists under `member`, maps under `entry`) or `ec2Query` (flat, capitalised). */
export const decodeForm = (operation: OperationSchema, form: URLSearchParams, ec2: boolean): Json => {
  const read = (schema: NormalizedSchema, prefix: string): unknown => {
    if (schema.isListSchema()) {
      const value = schema.getValueSchema();
      const flat = ec2 || traitsOf(schema)['xmlFlattened'] !== undefined;
      const item = text(traitsOf(value)['xmlName']) ?? 'member';
      return indexed(form, flat ? prefix : `${prefix}.${item}`, (at) => read(value, at));
    }
    if (schema.isMapSchema()) {
      const key = text(traitsOf(schema.getKeySchema())['xmlName']) ?? 'key';
      const value = text(traitsOf(schema.getValueSchema())['xmlName']) ?? 'value';
      return Object.fromEntries(
        indexed(form, `${prefix}.entry`, (at) => [
          form.get(`${at}.${key}`) ?? '',
          read(schema.getValueSchema(), `${at}.${value}`),
        ]),
      );
    }
    if (schema.isStructSchema()) return readStruct(schema, `${prefix}.`);
    return scalarFrom(schema, form.get(prefix) ?? '');
  };
  const readStruct = (schema: NormalizedSchema, prefix: string): Json =>
    withoutUndefined(
      [...schema.structIterator()].map(([name, member]) => {
        const traits = traitsOf(member);
        const plain = text(traits['xmlName']) ?? name;
        const key = `${prefix}${ec2 ? (text(traits['ec2QueryName']) ?? capitalised(plain)) : plain}`;
        return [name, has(form, key) ? read(member, key) : undefined] as const;
      }),
    );
  return readStruct(NormalizedSchema.of(operation[4]), '');
};

type Revive = (value: unknown) => unknown;

const asIs: Revive = (value) => value;
const toDate: Revive = (value) => (typeof value === 'string' ? new Date(value) : value);

const reviveStruct = (schema: NormalizedSchema): Revive => {
  // Asked when the first value comes: a shape may hold itself.
  let members: readonly (readonly [string, Revive])[] | null = null;
  return (value) => {
    members ??= [...schema.structIterator()].map(([name, member]) => [name, reviverOf(member)]);
    const revived: Record<string, unknown> = {};
    for (const [name, revive] of members) {
      const item = (value as Json)[name];
      if (item !== undefined) revived[name] = item === null ? null : revive(item);
    }
    return revived;
  };
};

const makeReviver = (schema: NormalizedSchema): Revive => {
  if (schema.isStructSchema()) return reviveStruct(schema);
  const item = reviverOf(schema.getValueSchema());
  if (schema.isListSchema()) return (value) => (Array.isArray(value) ? value.map(item) : value);
  return (value) =>
    Object.fromEntries(Object.entries(value as Json).map(([key, member]) => [key, item(member)]));
};

/** By shape: the SDK answers questions about a shape slowly, and every answer asks the same ones. */
const revivers = new WeakMap<object, Revive>();

/** Values of an account file as the SDK's serialisers want them: ISO 8601 text becomes a Date; members the shape lacks go. */
const reviverOf = (schema: NormalizedSchema): Revive => {
  if (schema.isTimestampSchema()) return toDate;
  if (!schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema()) return asIs;
  const shape: unknown = schema.getSchema();
  if (typeof shape !== 'object' || shape === null) return makeReviver(schema);
  const reviver = revivers.get(shape) ?? makeReviver(schema);
  revivers.set(shape, reviver);
  return reviver;
};

const revive = (schema: NormalizedSchema, value: unknown): unknown =>
  value === null || value === undefined ? value : reviverOf(schema)(value);

export interface EncodedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const serialised = (codec: Codec, schema: ShapeSchema, value: unknown): string | Uint8Array => {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  const flushed = serializer.flush();
  // The JSON serialiser hands out its own kind of byte array, which warns when it is used as one.
  return typeof flushed === 'string'
    ? flushed
    : Buffer.from(flushed.buffer, flushed.byteOffset, flushed.byteLength);
};

const headerText = (value: unknown): string => (value instanceof Date ? value.toUTCString() : String(value));

/** Status, headers and body of a REST answer by the output's HTTP traits. */
export const encodeRest = (operation: OperationSchema, owner: CodecOwner, output: unknown): EncodedAnswer => {
  const schema = NormalizedSchema.of(operation[5]);
  const headers: Record<string, string> = {};
  const document: Record<string, unknown> = {};
  let status = httpBindingOf(operation)?.status ?? 200;
  let payload: string | Uint8Array = '';
  let isDocument = false;
  if (schema.isUnitSchema()) return { status, headers, body: '' };
  const value = revive(schema, output) as Json;
  for (const [name, member] of schema.structIterator()) {
    const traits = traitsOf(member);
    const item = value[name];
    const header = text(traits['httpHeader']) ?? text(traits['httpPrefixHeaders']);
    const isBody = header === undefined && traits['httpResponseCode'] === undefined;
    isDocument ||= isBody && traits['httpPayload'] === undefined;
    if (item === undefined) continue;
    if (header !== undefined) headers[header.toLowerCase()] = headerText(item);
    else if (!isBody) status = Number(item);
    else if (traits['httpPayload'] === undefined) document[name] = item;
    else if (typeof item === 'string' || item instanceof Uint8Array) payload = item;
    else payload = serialised(codecOf(owner), member, item);
  }
  return { status, headers, body: isDocument ? serialised(codecOf(owner), schema, document) : payload };
};

export const encodeJson = (
  operation: OperationSchema,
  owner: CodecOwner,
  output: unknown,
): string | Uint8Array => {
  const schema = NormalizedSchema.of(operation[5]);
  return serialised(codecOf(owner), schema, revive(schema, output));
};

const REQUEST_METADATA: ShapeSchema = [3, 'sandbox', 'ResponseMetadata', 0, ['RequestId'], [0]];

/** `<PublishResponse><PublishResult>…</PublishResult><ResponseMetadata>…` for `awsQuery`. */
export const encodeQuery = (
  operation: OperationSchema,
  xmlNamespace: string,
  output: unknown,
  requestId: string,
): string => {
  const name = nameOf(operation);
  const result = NormalizedSchema.of(operation[5]);
  const envelope: ShapeSchema = [
    3,
    'sandbox',
    `${name}Response`,
    { xmlNamespace: ['', xmlNamespace] },
    [`${name}Result`, 'ResponseMetadata'],
    [operation[5], () => REQUEST_METADATA],
  ];
  const value = { [`${name}Result`]: revive(result, output), ResponseMetadata: { RequestId: requestId } };
  return String(serialised(xmlCodec, envelope, value));
};

/** `<DescribeVpcEndpointsResponse>` with the members directly inside, for `ec2Query`. */
export const encodeEc2 = (
  operation: OperationSchema,
  xmlNamespace: string,
  output: unknown,
  requestId: string,
): string => {
  const result = NormalizedSchema.of(operation[5]);
  const members = [...result.structIterator()];
  const envelope: ShapeSchema = [
    3,
    'sandbox',
    `${nameOf(operation)}Response`,
    { xmlNamespace: ['', xmlNamespace] },
    ['requestId', ...members.map(([name]) => name)],
    [0, ...members.map(([, member]) => member)],
  ];
  return String(serialised(xmlCodec, envelope, { requestId, ...(revive(result, output) as Json) }));
};

export interface Mismatch {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const mismatch = (path: Mismatch['path'], message: string): readonly Mismatch[] => [{ path, message }];

/** Where a value of an account file departs from the SDK's shape: unknown member, wrong type, date that is none. */
export const mismatches = (shape: ShapeSchema, value: unknown): readonly Mismatch[] => {
  const walk = (schema: NormalizedSchema, at: unknown, path: Mismatch['path']): readonly Mismatch[] => {
    if (schema.isDocumentSchema()) return [];
    if (schema.isListSchema()) {
      if (!Array.isArray(at)) return mismatch(path, 'expected a list');
      return at.flatMap((item, index) => walk(schema.getValueSchema(), item, [...path, index]));
    }
    if (schema.isMapSchema() || schema.isStructSchema()) {
      if (typeof at !== 'object' || at === null || Array.isArray(at))
        return mismatch(path, 'expected an object');
      const members = schema.isStructSchema() ? new Map(schema.structIterator()) : null;
      return Object.entries(at).flatMap(([key, item]) => {
        const member = members === null ? schema.getValueSchema() : members.get(key);
        if (member !== undefined) return walk(member, item, [...path, key]);
        return mismatch([...path, key], `AWS's ${schema.getName() ?? 'shape'} has no such field`);
      });
    }
    if (schema.isTimestampSchema()) {
      return typeof at === 'string' && !Number.isNaN(Date.parse(at))
        ? []
        : mismatch(path, 'expected an ISO 8601 date');
    }
    if (schema.isBooleanSchema())
      return typeof at === 'boolean' ? [] : mismatch(path, 'expected true or false');
    if (schema.isStringSchema() || schema.isBlobSchema())
      return typeof at === 'string' ? [] : mismatch(path, 'expected text');
    return typeof at === 'number' ? [] : mismatch(path, 'expected a number');
  };
  return walk(NormalizedSchema.of(shape), value, []);
};
