/** What a condition key holds in a request. `unknown`: outside what configuration or the request tells. */
export type KeyValue = readonly string[] | 'absent' | 'unknown';

/** By key in lower case. `aws:principaltag` stands for every tag that is not listed itself. */
export type ContextKeys = ReadonlyMap<string, KeyValue>;

const TAG = 'aws:principaltag/';

/** A key that nobody set, and that API Gateway's page of condition keys does not list, is unknown. */
export const keyValue = (keys: ContextKeys, key: string): KeyValue => {
  const name = key.toLowerCase();
  return keys.get(name) ?? (name.startsWith(TAG) ? keys.get('aws:principaltag') : undefined) ?? 'unknown';
};

/** Only on private APIs (§5.4). */
export const VPC_KEYS: readonly string[] = ['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip'];

/** Only where the call is signed and the method asks for it: AWS_IAM (§5.4). */
export const PRINCIPAL_KEYS: readonly string[] = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltag',
  'aws:principaltype',
  'aws:userid',
  'aws:username',
  'aws:tokenissuetime',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
];

export const isPrincipalKey = (key: string): boolean => {
  const name = key.toLowerCase();
  return PRINCIPAL_KEYS.includes(name) || name.startsWith(TAG);
};

export const isVpcKey = (key: string): boolean => VPC_KEYS.includes(key.toLowerCase());

/** What is known of one request, for its condition keys. Left out: unknown. */
export interface RequestFacts {
  readonly endpoint: 'public' | 'private';
  /** True for AWS_IAM methods only: elsewhere a signature does not count (§5.4). */
  readonly signed: boolean;
  /** ISO 8601. */
  readonly at: string;
  /** The caller's address as API Gateway sees it; not used on private APIs, where the endpoint rewrites it (POL-27). */
  readonly sourceIp?: string | undefined;
  readonly sourceVpc?: string | undefined;
  readonly sourceVpce?: string | undefined;
  readonly vpcSourceIp?: string | undefined;
  /** `null`: the client sends none. */
  readonly referer?: string | null | undefined;
  readonly userAgent?: string | null | undefined;
  /** `null`: not through a private custom domain. */
  readonly viaDomainArn?: string | null;
  /** Principal keys that are known, in lower case. */
  readonly principal?: ReadonlyMap<string, KeyValue>;
}

const given = (value: string | null | undefined): KeyValue =>
  value === undefined ? 'unknown' : value === null ? 'absent' : [value];

/** The condition keys of one request, present or absent by endpoint and authorization type as API Gateway's table says (§5.4). */
export const requestKeys = (facts: RequestFacts): ContextKeys => {
  const isPrivate = facts.endpoint === 'private';
  const seconds = Math.floor(Date.parse(facts.at) / 1000);
  return new Map<string, KeyValue>([
    ['aws:currenttime', [facts.at]],
    ['aws:epochtime', [String(seconds)]],
    ['aws:securetransport', ['true']],
    ['aws:sourceip', isPrivate ? 'unknown' : given(facts.sourceIp)],
    ['aws:sourcevpc', isPrivate ? given(facts.sourceVpc) : 'absent'],
    ['aws:sourcevpce', isPrivate ? given(facts.sourceVpce) : 'absent'],
    ['aws:vpcsourceip', isPrivate ? given(facts.vpcSourceIp) : 'absent'],
    ['aws:referer', given(facts.referer)],
    ['aws:useragent', given(facts.userAgent)],
    ['execute-api:viadomainarn', isPrivate ? given(facts.viaDomainArn) : 'absent'],
    ...PRINCIPAL_KEYS.map((key) => [key, facts.signed ? 'unknown' : 'absent'] as const),
    ...(facts.signed ? (facts.principal ?? []) : []),
  ]);
};
