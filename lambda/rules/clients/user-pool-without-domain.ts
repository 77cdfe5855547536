import { activeOAuthFlows, obtainableTokens, opens, signsInThroughSdk } from '../../gateway/tokens';
import { isKnown } from '../../model/known';
import { regionOf } from '../client-fixes';
import { needsOf } from '../clients-in-use';
import { poolsInUse } from '../cognito-guards';
import { aws } from '../commands';
import { agree, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, userPoolSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN, type Reach } from '../verdict';

export default deploymentRule({
  id: 'clients/user-pool-without-domain',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  callers: 'callers that get tokens by OAuth',
  title: 'App clients use OAuth flows, and their user pool has no domain that serves them',
  why: 'The sign-in page and the token endpoint live on the domain of the pool. Without an active domain there is nothing to call, so clients that use the code, implicit or client credentials flow get no token.',
  fix: [
    'Give the pool a prefix domain; it serves within a minute.',
    'Or repair the domain that is not active.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html',
  ],
  facts: ['CLI-18'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { pools, gaps } = poolsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, methods } of pools) {
      const subject = userPoolSubject(account, pool);
      if (!isKnown(pool.clients)) {
        yield cannotTell(subject, pool.clients);
        continue;
      }
      const users: string[] = [];
      let needed = false;
      for (const client of pool.clients.value) {
        if (!isKnown(client.settings)) {
          yield cannotTell(subject, client.settings);
          continue;
        }
        const flows = activeOAuthFlows(client.settings.value);
        if (flows.length === 0) continue;
        users.push(`${quote(client.name)} (${client.id})`);
        needed ||= flows.includes('client_credentials') || !signsInThroughSdk(client.settings.value);
      }
      if (users.length === 0) continue;
      const domain = pool.customDomain ?? pool.domain;
      let fault = 'has no domain';
      let status = 'none';
      if (domain !== null) {
        if (!isKnown(pool.domainStatus)) {
          yield cannotTell(subject, pool.domainStatus);
          continue;
        }
        if (pool.domainStatus.value === null || pool.domainStatus.value === 'ACTIVE') continue;
        status = pool.domainStatus.value;
        fault = `has the domain ${quote(domain)}, whose status is ${status}`;
      }
      const { tokens } = obtainableTokens(pool);
      const lost = needsOf(methods).filter(({ scopes }) => {
        const fitting = tokens.filter((token) => opens(token, scopes));
        return fitting.length > 0 && !fitting.some(({ flow }) => flow === 'sdk');
      });
      // The CDK and Amplify switch OAuth on for every client, also where nobody uses it.
      const dispensable = !needed && lost.length === 0;
      // An update keeps what it replaces in service, as far as AWS says.
      const reach: Reach = dispensable || status === 'UPDATING' ? 'possible' : 'some-calls';
      const use = dispensable
        ? `may get tokens by OAuth, and as well through the SDK, which asks for no domain`
        : `${agree(users.length, 'gets its', 'get their')} tokens by OAuth`;
      yield flag({
        subject,
        reach,
        affected: affectedOf(
          deployment,
          lost.map(({ method }) => method),
        ),
        message: `User pool ${quote(pool.name)} (${pool.id}) ${fault}, and app ${agree(users.length, 'client', 'clients')} ${listNames(users)} ${use}.`,
        evidence: [
          { operation: 'DescribeUserPool', field: 'Domain', value: domain ?? 'none' },
          ...(domain === null
            ? []
            : [{ operation: 'DescribeUserPoolDomain', field: 'Status', value: status }]),
        ],
        fix:
          domain === null
            ? [
                {
                  step: dispensable
                    ? 'Nothing to do, where applications sign in through the SDK. Where they use OAuth, give the pool a domain.'
                    : 'Give the pool a prefix domain, a name that is free in the Region.',
                  commands: dispensable
                    ? []
                    : [
                        aws('cognito-idp', 'create-user-pool-domain', regionOf(pool), {
                          userPoolId: pool.id,
                          domain: '<DOMAIN_PREFIX>',
                        }),
                      ],
                },
              ]
            : [
                {
                  step: 'See what keeps the domain from becoming active; where it stays so, delete it and create it again.',
                  commands: [aws('cognito-idp', 'describe-user-pool-domain', regionOf(pool), { domain })],
                },
              ],
      });
    }
  },
});
