import {
  Account$,
  ApiKey$,
  Authorizer$,
  BasePathMapping$,
  Deployment$,
  DomainName$,
  DomainNameAccessAssociation$,
  GatewayResponse$,
  Resource$,
  RestApi$,
  Stage$,
  UsagePlan$,
  type Account,
  type ApiKey,
  type Authorizer,
  type BasePathMapping,
  type Deployment,
  type DomainName,
  type DomainNameAccessAssociation,
  type GatewayResponse,
  type Resource,
  type RestApi,
  type Stage,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import {
  Api$,
  ApiMapping$,
  RoutingRule$,
  type Api,
  type ApiMapping,
  type RoutingRule,
} from '@aws-sdk/client-apigatewayv2';
import {
  CachePolicy$,
  DistributionSummary$,
  OriginRequestPolicy$,
  type CachePolicy,
  type DistributionSummary,
  type OriginRequestPolicy,
} from '@aws-sdk/client-cloudfront';
import {
  DomainDescriptionType$,
  ProviderDescription$,
  ResourceServerType$,
  UserPoolClientType$,
  UserPoolType$,
  UserType$,
  type DomainDescriptionType,
  type ProviderDescription,
  type ResourceServerType,
  type UserPoolClientType,
  type UserPoolType,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { VpcEndpoint$, type VpcEndpoint } from '@aws-sdk/client-ec2';
import {
  AliasConfiguration$,
  FunctionConfiguration$,
  type AliasConfiguration,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { Subscription$, type Subscription } from '@aws-sdk/client-sns';
import { IPSet$, WebACL$, type IPSet, type WebACL } from '@aws-sdk/client-wafv2';
import * as z from 'zod';
import { mismatches, type ShapeSchema } from './wire/schema';

/** An SDK type as an account file holds it: dates as ISO 8601 text, bytes as text. */
export type Stored<T> = T extends Date | Uint8Array
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Stored<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Stored<T[K]> }
      : T;

/**
 * An object in the shape in which AWS returns it, checked member by member against the SDK's own schema, with `extras` of ours
 * beside AWS's members. `required` members are those that the endpoint finds the object by.
 */
const awsShape =
  <T>(shape: ShapeSchema, required: readonly (keyof T & string)[]) =>
  <E extends z.ZodRawShape>(extras: E) =>
    z.looseObject(extras).superRefine((value, context) => {
      for (const name of required) {
        if (value[name] === undefined) {
          context.addIssue({ code: 'custom', path: [name], message: 'is required' });
        }
      }
      const members = Object.fromEntries(
        Object.entries(value).filter(([key, item]) => !(key in extras) && item !== undefined),
      );
      for (const { path, message } of mismatches(shape, members)) {
        context.addIssue({ code: 'custom', path: [...path], message });
      }
    }) as unknown as z.ZodType<
      Stored<T> & ([keyof E] extends [never] ? unknown : z.output<z.ZodObject<E>>),
      Stored<T> & ([keyof E] extends [never] ? unknown : z.input<z.ZodObject<E>>)
    >;

const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);

/** A policy document as a person writes it; AWS stores it as text. */
const policyDocument = z.record(z.string(), z.unknown());

const resources = list(awsShape<Resource>(Resource$, ['id', 'path'])({}));
const authorizers = list(awsShape<Authorizer>(Authorizer$, ['id', 'name', 'type'])({}));
const gatewayResponses = list(awsShape<GatewayResponse>(GatewayResponse$, ['responseType'])({}));

const frozen = z.strictObject({
  resources,
  authorizers,
  policyDocument: policyDocument.optional(),
  gatewayResponses,
});

const deployment = awsShape<Omit<Deployment, 'apiSummary'>>(Deployment$, ['id'])({
  /** What this deployment froze; absent: a copy of the draft. */
  frozen: frozen.optional(),
  /** The export of a stage on this deployment fails as AWS's does for models that are not JSON. */
  exportFails: z.boolean().optional(),
});

const restApi = awsShape<RestApi>(RestApi$, ['id', 'name'])({
  /** In place of `policy`: the endpoint expands and escapes it as AWS does. */
  policyDocument: policyDocument.optional(),
  resources,
  authorizers,
  /** Customised rows only; the endpoint adds the others. */
  gatewayResponses,
  stages: list(awsShape<Stage>(Stage$, ['stageName', 'deploymentId'])({})),
  deployments: list(deployment),
});

const usagePlan = awsShape<UsagePlan>(UsagePlan$, ['id', 'name'])({
  /** Ids of API keys of the same region. */
  keys: list(z.string()),
});

const domainName = awsShape<DomainName>(DomainName$, ['domainName'])({
  resourceOwner: z.enum(['SELF', 'OTHER_ACCOUNTS']).default('SELF'),
  basePathMappings: list(awsShape<BasePathMapping>(BasePathMapping$, ['basePath', 'restApiId'])({})),
  /** Absent: the version 2 API shows the base path mappings. */
  apiMappings: z.array(awsShape<ApiMapping>(ApiMapping$, ['ApiId', 'Stage'])({})).optional(),
  routingRules: list(awsShape<RoutingRule>(RoutingRule$, ['Actions', 'Priority'])({})),
});

const userPool = awsShape<UserPoolType>(UserPoolType$, ['Id', 'Name', 'Arn'])({
  clients: list(awsShape<UserPoolClientType>(UserPoolClientType$, ['ClientId', 'ClientName'])({})),
  resourceServers: list(awsShape<ResourceServerType>(ResourceServerType$, ['Identifier'])({})),
  identityProviders: list(awsShape<ProviderDescription>(ProviderDescription$, ['ProviderName'])({})),
  users: list(awsShape<UserType>(UserType$, ['Username'])({})),
  /** By domain; an ACTIVE description is made up for a domain of the pool without one. */
  domainDescriptions: z
    .record(z.string(), awsShape<DomainDescriptionType>(DomainDescriptionType$, [])({}))
    .default({}),
});

const lambdaFunction = z.strictObject({
  /** Unqualified. */
  FunctionArn: z.string().regex(/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+$/),
  configuration: awsShape<FunctionConfiguration>(FunctionConfiguration$, ['State'])({}),
  /** By alias; absent aliases do not exist. */
  aliases: z
    .record(z.string(), awsShape<AliasConfiguration>(AliasConfiguration$, ['FunctionVersion'])({}))
    .default({}),
  /** Resource policies by qualifier; the unqualified function's under `$LATEST`. */
  policies: z.record(z.string(), policyDocument).default({}),
  /** Reserved concurrency; absent: unreserved. */
  concurrency: z.number().int().nonnegative().optional(),
});

const topic = z.strictObject({
  topicArn: z.string(),
  subscriptions: list(awsShape<Subscription>(Subscription$, ['SubscriptionArn', 'Protocol'])({})),
});

const region = z.strictObject({
  restApis: list(restApi),
  /** HTTP and WebSocket APIs: only that they exist is told. */
  httpApis: list(awsShape<Api>(Api$, ['ApiId', 'Name'])({})),
  usagePlans: list(usagePlan),
  apiKeys: list(awsShape<ApiKey>(ApiKey$, ['id', 'value'])({})),
  domainNames: list(domainName),
  domainNameAccessAssociations: list(
    awsShape<DomainNameAccessAssociation>(DomainNameAccessAssociation$, ['domainNameArn'])({
      resourceOwner: z.enum(['SELF', 'OTHER_ACCOUNTS']).default('SELF'),
    }),
  ),
  /** API Gateway's account settings. */
  account: awsShape<Account>(
    Account$,
    [],
  )({}).default({
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  }),
  userPools: list(userPool),
  functions: list(lambdaFunction),
  webAcls: list(awsShape<WebACL>(WebACL$, ['Name', 'Id', 'ARN', 'DefaultAction'])({})),
  ipSets: list(awsShape<IPSet>(IPSet$, ['Name', 'Id', 'ARN'])({})),
  vpcEndpoints: list(awsShape<VpcEndpoint>(VpcEndpoint$, ['VpcEndpointId'])({})),
  /** Absent: every topic ARN of the account is taken for an existing one. */
  topics: z.array(topic).optional(),
  /** Whether Security Hub is enabled. */
  securityHub: z.boolean().default(true),
  secrets: z.array(z.strictObject({ name: z.string(), arn: z.string(), value: z.string() })).default([]),
});

const accountFile = z.strictObject({
  accountId: z.string().regex(/^\d{12}$/),
  partition: z.string().default('aws'),
  /** A region left out has nothing in it. */
  regions: z.record(z.string(), region),
  distributions: list(awsShape<DistributionSummary>(DistributionSummary$, ['Id', 'ARN'])({})),
  cachePolicies: list(awsShape<CachePolicy>(CachePolicy$, ['Id'])({})),
  originRequestPolicies: list(awsShape<OriginRequestPolicy>(OriginRequestPolicy$, ['Id'])({})),
  /** Names of the S3 buckets; absent: every bucket exists. */
  buckets: z.array(z.string()).optional(),
});

/** What a test or a file writes: the account in the shape of AWS's own answers; empty lists may be left out. */
export type SandboxAccount = z.input<typeof accountFile>;
/** The same with every list in its place. */
export type ParsedAccount = z.output<typeof accountFile>;
export type ParsedRegion = z.output<typeof region>;
export type ParsedRestApi = ParsedRegion['restApis'][number];
export type ParsedUserPool = ParsedRegion['userPools'][number];
export type Frozen = z.output<typeof frozen>;

export const EMPTY_REGION: ParsedRegion = region.parse({});

const describe = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${String(key)}`,
    '',
  );

/** Says which deployment, key or stage a reference names although the file does not hold it. */
const danglingReferences = (account: ParsedAccount): readonly string[] =>
  Object.entries(account.regions).flatMap(([name, { restApis, usagePlans, apiKeys }]) => [
    ...restApis.flatMap((api) =>
      api.stages
        .filter((stage) => !api.deployments.some(({ id }) => id === stage.deploymentId))
        .map(
          (stage) =>
            `regions.${name}: stage ${stage.stageName} of ${api.id} names deployment ${stage.deploymentId}, which ${api.id} lacks`,
        ),
    ),
    ...usagePlans.flatMap((plan) =>
      plan.keys
        .filter((key) => !apiKeys.some(({ id }) => id === key))
        .map((key) => `regions.${name}: usage plan ${plan.id} names API key ${key}, which the region lacks`),
    ),
  ]);

const check = (file: unknown): ParsedAccount => {
  const { success, data, error } = accountFile.safeParse(file);
  const faults = success
    ? danglingReferences(data)
    : error.issues.map(({ path, message }) => `${describe(path)}: ${message}`);
  if (!success || faults.length > 0) throw new Error(`Bad account file\n  ${faults.join('\n  ')}`);
  return data;
};

const checked = new WeakMap<object, ParsedAccount>();

/** Checks an account file, the same one once. Throws an Error that names every bad field by its path. */
export const parseAccount = (file: unknown): ParsedAccount => {
  if (typeof file !== 'object' || file === null) return check(file);
  const parsed = checked.get(file) ?? check(file);
  checked.set(file, parsed);
  return parsed;
};
