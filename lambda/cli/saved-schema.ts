import * as z from 'zod';
import type { Account } from '../model/account';
import type { Known } from '../model/known';
import type { Json } from '../model/user-pool';

const text = z.string();
const texts = z.array(z.string());
const byName = z.record(z.string(), z.string());
const maybe = text.nullable();

const unreadable = z.object({
  state: z.literal('unreadable'),
  because: z.enum(['denied', 'throttled', 'broken', 'unsupported']),
  operation: text,
  subject: text,
  permission: text.exactOptional(),
  detail: text,
});

/** A value that was read, or why it was not. */
const known = <T>(value: z.ZodType<T>): z.ZodType<Known<T>> =>
  z.discriminatedUnion('state', [z.object({ state: z.literal('known'), value }), unreadable]);

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), text, z.array(json), z.record(z.string(), json)]),
);

const integration = z.object({
  type: text,
  uri: maybe,
  credentials: maybe,
  answers: z.array(z.object({ statusCode: text, headers: byName })),
});

const method = z.object({
  path: text,
  verb: text,
  resourceId: text.exactOptional(),
  authorizationType: known(text),
  authorizer: known(maybe),
  scopes: known(texts),
  apiKeyRequired: known(z.boolean()),
  integration: known(integration.nullable()),
});

const authorizer = z.object({
  key: text,
  id: maybe,
  name: text,
  kind: text,
  providerArns: texts,
  uri: maybe,
  credentials: maybe,
  identitySources: texts,
  validationExpression: maybe,
  resultTtl: z.number().nullable(),
});

const gatewayResponse = z.object({
  type: text,
  status: z.number().nullable(),
  headers: byName,
  templates: byName,
  customised: z.boolean(),
});

const snapshot = z.object({
  methods: known(z.array(method)),
  authorizers: known(z.array(authorizer)),
  policy: known(maybe),
  gatewayResponses: known(z.array(gatewayResponse)),
});

const methodSetting = z.object({
  loggingLevel: maybe,
  cachingEnabled: z.boolean(),
  requireAuthorizationForCacheControl: z.boolean(),
  unauthorizedCacheControlHeaderStrategy: maybe,
});

const stage = z.object({
  name: text,
  deploymentId: maybe,
  variables: byName,
  webAclArn: maybe,
  cacheClusterEnabled: z.boolean(),
  methodSettings: z.record(z.string(), methodSetting),
  accessLogFormat: maybe,
  canary: z
    .object({
      deploymentId: maybe,
      percentTraffic: z.number(),
      variableOverrides: byName,
      snapshot,
    })
    .nullable(),
  snapshot,
});

const restApi = z.object({
  id: text,
  name: text,
  endpointTypes: texts,
  vpcEndpointIds: texts,
  ipAddressType: maybe,
  disableExecuteApiEndpoint: z.boolean(),
  apiKeySource: text,
  endpointAccessMode: maybe,
  resourcePaths: known(texts),
  draft: snapshot,
  stages: known(z.array(stage)),
  newestDeployment: known(z.object({ id: text, snapshot }).nullable()),
});

const validity = z.object({
  value: z.number().nullable(),
  unit: z.enum(['seconds', 'minutes', 'hours', 'days']),
});

const appClient = z.object({
  id: text,
  name: text,
  settings: known(
    z.object({
      hasSecret: z.boolean(),
      explicitAuthFlows: texts.nullable(),
      oauthEnabled: z.boolean(),
      oauthFlows: texts,
      oauthScopes: texts,
      callbackUrls: texts,
      identityProviders: texts,
      accessTokenValidity: validity,
      idTokenValidity: validity,
      refreshTokenValidity: validity,
      updateInput: z.record(z.string(), json),
    }),
  ),
});

const userPool = z.object({
  arn: text,
  id: text,
  name: text,
  tier: maybe,
  issuerType: text,
  domain: maybe,
  customDomain: maybe,
  domainStatus: known(maybe),
  triggers: byName,
  preTokenGeneration: maybe,
  estimatedUsers: z.number().nullable(),
  clients: known(z.array(appClient)),
  resourceServers: known(z.array(z.object({ identifier: text, scopeNames: texts }))),
  identityProviders: known(texts),
});

const domain = z.object({
  arn: text,
  name: text,
  id: maybe,
  endpointTypes: texts,
  status: maybe,
  statusMessage: maybe,
  securityPolicy: maybe,
  endpointAccessMode: maybe,
  mutualTls: z.object({ truststoreUri: text, truststoreVersion: maybe, warnings: texts }).nullable(),
  routingMode: text,
  policy: maybe,
  mappings: known(
    z.array(
      z.object({
        basePath: text,
        restApiId: text,
        stage: maybe,
        otherKind: z.boolean().exactOptional(),
        kindUnread: unreadable.exactOptional(),
      }),
    ),
  ),
  routingRules: known(
    z.array(
      z.object({
        id: text,
        priority: z.number(),
        basePaths: texts,
        headers: z.array(z.object({ name: text, glob: text })),
        restApiId: text,
        stage: text,
        stripBasePath: z.boolean(),
      }),
    ),
  ),
});

const distribution = z.object({
  arn: text,
  id: text,
  domainName: text,
  aliases: texts,
  enabled: z.boolean(),
  origins: z.array(z.object({ id: text, domainName: text, originPath: text, customHeaders: texts })),
  behaviors: z.array(
    z.object({
      pathPattern: text,
      allowedMethods: texts,
      forwards: known(
        z.object({
          mode: z.enum(['none', 'listed', 'all', 'all-except', 'legacy']),
          headers: texts,
          authorizationInCachePolicy: z.boolean(),
          forwardsHost: z.boolean(),
        }),
      ),
      originId: text,
    }),
  ),
});

const webAcl = z.object({
  arn: text,
  name: text,
  defaultAction: text,
  defaultBlockStatus: z.number().nullable(),
  rules: z.array(
    z.object({
      name: text,
      priority: z.number(),
      action: text,
      matches: text,
      byAddress: z.enum(['listed', 'others']).exactOptional(),
      managedGroup: maybe,
      ruleOverrides: byName,
      blockStatus: z.number().nullable(),
    }),
  ),
});

const functionEntry = z.object({
  arn: text,
  configuration: known(z.object({ state: text, lastUpdateStatus: maybe, runtime: maybe }).nullable()),
  policy: known(maybe),
  reservedConcurrency: known(z.number().nullable()),
});

const slices = z.object({
  usagePlans: known(
    z.array(
      z.object({
        id: text,
        name: text,
        apiStages: z.array(z.object({ restApiId: text, stage: text })),
        keyIds: known(texts),
      }),
    ),
  ),
  apiKeys: known(z.array(z.object({ id: text, name: text, enabled: z.boolean(), stageKeys: texts }))),
  domains: known(z.array(domain)),
  domainAccessAssociations: known(z.array(z.object({ domainArn: text, vpcEndpointId: text }))),
  userPools: known(z.array(z.object({ arn: text, pool: known(userPool.nullable()) }))),
  functions: known(z.array(functionEntry)),
  vpcEndpoints: known(
    z.array(z.object({ id: text, vpcId: text, state: text, privateDnsEnabled: z.boolean(), policy: maybe })),
  ),
  webAcls: known(z.array(z.object({ arn: text, webAcl: known(webAcl.nullable()) }))),
  distributions: known(z.array(distribution)),
  gatewayAccount: known(z.object({ cloudwatchRoleArn: maybe, features: texts })),
  callerRoles: known(
    z.array(
      z.object({
        roleArn: text,
        identityPoolId: text,
        use: text,
        mayInvoke: known(z.record(z.string(), z.boolean())),
      }),
    ),
  ),
});

const account = z.object({
  schemaVersion: z.literal(1),
  accountId: text,
  partition: text,
  region: text,
  collectedAt: z.iso.datetime(),
  scannedRegions: texts,
  slices,
  restApis: known(z.array(restApi)),
});

/** A saved audit: the account in each region. Does not compile when the model has what it would drop. */
export const savedSchema = z.object({
  schemaVersion: z.literal(1),
  accounts: z.array(account).min(1),
}) satisfies z.ZodType<{ schemaVersion: 1; accounts: Account[] }>;
