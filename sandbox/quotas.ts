/** Tokens of `capacity`, refilled at `perSecond`. */
interface Bucket {
  readonly name: string;
  readonly capacity: number;
  readonly perSecond: number;
}

const rate = (name: string, perSecond: number, capacity = perSecond): Bucket => ({
  name,
  capacity,
  perSecond,
});

const COGNITO_CATEGORY: Readonly<Record<string, Bucket>> = {
  ListUserPools: rate('UserPoolRead', 15),
  DescribeUserPool: rate('UserPoolRead', 15),
  ListUserPoolClients: rate('UserPoolClientRead', 15),
  DescribeUserPoolClient: rate('UserPoolClientRead', 15),
  ListResourceServers: rate('UserPoolResourceRead', 20),
  ListIdentityProviders: rate('UserPoolResourceRead', 20),
  DescribeUserPoolDomain: rate('UserPoolResourceRead', 20),
};

export interface CallToCount {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** The user pool asked about, for the quotas that count by pool. */
  readonly userPoolId: string | undefined;
}

/** Documented quotas of the control planes, each per account and region. A call takes one token of every bucket. */
const bucketsOf = ({ service, operation, userPoolId }: CallToCount): readonly Bucket[] => {
  switch (service) {
    case 'api-gateway':
    case 'apigatewayv2': {
      const total = rate('api-gateway', 10, 40);
      return operation === 'GetResources' ? [total, rate('GetResources', 2.5, 5)] : [total];
    }
    case 'cognito-identity-provider': {
      const category = COGNITO_CATEGORY[operation];
      if (category === undefined) return [];
      const perPool = category.name !== 'UserPoolRead' && userPoolId !== undefined;
      return perPool ? [category, rate(`${operation} ${userPoolId}`, 5)] : [category];
    }
    case 'lambda':
      return operation === 'GetPolicy' ? [rate('lambda GetPolicy', 15)] : [rate('lambda', 15)];
    case 'wafv2':
      return [rate(`wafv2 ${operation}`, 5)];
    case 'ec2':
      return [rate(`ec2 ${operation}`, 20, 100)];
    default:
      return [];
  }
};

/** Token buckets by region. */
export class Quotas {
  readonly #levels = new Map<string, { tokens: number; at: number }>();

  constructor(readonly now: () => number) {}

  /** True when the call is within its quotas; a refused call takes no token. */
  admits(call: CallToCount): boolean {
    const levels = bucketsOf(call).map((bucket) => this.#level(call.region, bucket));
    if (levels.some(({ tokens }) => tokens < 1)) return false;
    for (const level of levels) level.tokens -= 1;
    return true;
  }

  #level(region: string, { name, capacity, perSecond }: Bucket): { tokens: number } {
    const key = `${region} ${name}`;
    const now = this.now();
    const level = this.#levels.get(key) ?? { tokens: capacity, at: now };
    level.tokens = Math.min(capacity, level.tokens + ((now - level.at) / 1000) * perSecond);
    level.at = now;
    this.#levels.set(key, level);
    return level;
  }
}
