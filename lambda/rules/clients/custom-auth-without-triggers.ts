import { activeOAuthFlows, authFlowsOf, isSdkSignIn } from '../../gateway/tokens';
import { regionOf, updateClient } from '../client-fixes';
import { clientsInUse } from '../clients-in-use';
import { aws } from '../commands';
import { listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN } from '../verdict';

const CHALLENGE_TRIGGERS: readonly string[] = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
];
const CUSTOM: readonly string[] = ['ALLOW_CUSTOM_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'];

export default deploymentRule({
  id: 'clients/custom-auth-without-triggers',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  title: 'An app client relies on custom authentication, and its triggers are missing',
  why: 'CUSTOM_AUTH asks three functions of the pool: one defines the challenges, one creates them, one verifies the answers. Without them the flow ends in an error. A client of federated users only that allows no OAuth flow cannot sign them in at all, unless custom authentication does. Taking COGNITO off the providers of a client does not stop local users from signing in through the SDK, so that it may be meant for those.',
  fix: [
    'Set the missing triggers on the pool.',
    'Or let the client use another flow: SRP, or OAuth for federated users.',
  ],
  sources: ['https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html'],
  facts: ['CLI-15', 'CLI-16', 'CLI-21'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, client, settings } of clients) {
      const flows = authFlowsOf(settings);
      const missing = CHALLENGE_TRIGGERS.filter((name) => pool.triggers[name] === undefined);
      const others =
        activeOAuthFlows(settings).length > 0 ||
        flows.some((flow) => isSdkSignIn(flow) && !CUSTOM.includes(flow));
      // The console allows custom authentication on clients that never use it: with another way in and no trigger at all, none is meant.
      const begun = missing.length < CHALLENGE_TRIGGERS.length;
      const listed = settings.explicitAuthFlows?.some((flow) => CUSTOM.includes(flow)) === true;
      const custom = listed && missing.length > 0 && (begun || !others);
      const federated =
        settings.identityProviders.length > 0 &&
        !settings.identityProviders.includes('COGNITO') &&
        settings.oauthFlows.length === 0 &&
        !flows.some((flow) => CUSTOM.includes(flow));
      if (!custom && !federated) continue;
      yield flag({
        subject: clientSubject(account, pool, client),
        key: custom ? 'triggers' : 'federated',
        // Removing COGNITO from the providers does not stop SDK sign-in of local users (CLI-15).
        ...(custom ? {} : { reach: 'possible' }),
        affected: [],
        message: custom
          ? `App client ${quote(client.name)} (${client.id}) allows custom authentication, and user pool ${pool.id} lacks ${listNames(missing)}.`
          : `App client ${quote(client.name)} (${client.id}) is for users of ${listNames(settings.identityProviders)} only, and allows neither an OAuth flow nor custom authentication to sign them in.`,
        evidence: custom
          ? [
              { operation: 'DescribeUserPoolClient', field: 'ExplicitAuthFlows', value: flows.join(', ') },
              { operation: 'DescribeUserPool', field: 'LambdaConfig', value: `lacks ${missing.join(', ')}` },
            ]
          : [
              {
                operation: 'DescribeUserPoolClient',
                field: 'SupportedIdentityProviders',
                value: settings.identityProviders.join(', '),
              },
            ],
        fix: [
          custom
            ? {
                step: `Set the triggers ${listNames(missing)} on the pool in the console (UpdateUserPool resets every setting that is not sent), or let the client use another sign-in flow. This shows those that there are:`,
                commands: [
                  aws('cognito-idp', 'describe-user-pool', regionOf(pool), {
                    userPoolId: pool.id,
                    query: 'UserPool.LambdaConfig',
                  }),
                ],
              }
            : {
                step: 'Allow an OAuth flow for the federated users, sending the complete client.',
                commands: [
                  updateClient(pool, settings, {
                    AllowedOAuthFlowsUserPoolClient: true,
                    AllowedOAuthFlows: ['code'],
                    AllowedOAuthScopes: ['openid'],
                    CallbackURLs:
                      settings.callbackUrls.length > 0 ? settings.callbackUrls : ['<CALLBACK_URL>'],
                  }),
                ],
              },
        ],
      });
    }
  },
});
