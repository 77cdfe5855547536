/** What a run did that AWS charges for. */
export interface Spent {
  /** Calls of the APIs. */
  readonly calls: number;
  /** Tokens by client credentials. */
  readonly machineTokens: number;
  /** Invocations of a Lambda function at most. */
  readonly invocations: number;
  /** Web ACLs with a rule or two, each for less than an hour. */
  readonly webAcls: number;
}

/**
 * US dollars, list prices of us-east-1 without any free tier: a million REST API calls, a thousand tokens, a million invocations; an hour of
 * a web ACL and of two rules, which are 5 and 1 dollars a month.
 */
const PRICES: Readonly<Record<keyof Spent, number>> = {
  calls: 3.5 / 1e6,
  machineTokens: 2.25 / 1e3,
  invocations: 0.2 / 1e6,
  webAcls: (5 + 2 * 1) / 730,
};

/** About what a run costs, in US dollars; app clients of machines are charged for by the second and stand for minutes. */
export const costOf = ({ calls, machineTokens, invocations, webAcls }: Spent): number =>
  calls * PRICES.calls +
  machineTokens * PRICES.machineTokens +
  invocations * PRICES.invocations +
  webAcls * PRICES.webAcls;

export const costText = (spent: Spent): string =>
  `${spent.calls} calls, ${spent.machineTokens} machine tokens, ${spent.webAcls} web ACLs: about ${costOf(spent).toFixed(2)} US dollars at list prices.`;
