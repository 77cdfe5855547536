import { tokensOfClient } from '../../gateway/tokens';
import type { Validity } from '../../model/user-pool';
import { updateClient } from '../client-fixes';
import { clientsInUse } from '../clients-in-use';
import { listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag } from '../verdict';

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
const SHORT = 10 * SECONDS.minutes;

/** Zero and unset mean Cognito's default (CLI-17). */
const secondsOf = (validity: Validity, byDefault: number): number =>
  validity.value === null || validity.value === 0 ? byDefault : validity.value * SECONDS[validity.unit];

const inWords = (seconds: number): string => {
  const count = seconds >= SECONDS.hours ? seconds / SECONDS.hours : seconds / SECONDS.minutes;
  const unit = seconds >= SECONDS.hours ? 'hour' : 'minute';
  return `${Number(count.toFixed(1))} ${unit}${count === 1 ? '' : 's'}`;
};

export default deploymentRule({
  id: 'clients/short-token-lifetime',
  gate: 'authentication',
  symptom: { status: 401, responseType: null, body: '{"message":"The incoming token has expired"}' },
  reach: 'possible',
  title: 'The tokens of an app client expire within minutes, or outlive their refresh token',
  why: 'API Gateway refuses an expired token with 401. With a lifetime of ten minutes or less every client that does not refresh at once meets that soon after sign-in; a refresh token that ends before the access token cannot renew it.',
  fix: [
    'Set longer lifetimes on the client, sending the complete client; tokens issued from then on have them.',
  ],
  scanners: {
    asks: 'access tokens live for a short time',
    checks: ['Spectral owasp:api2:2023-short-lived-access-tokens'],
    both: 'Short access tokens are fine with a refresh token that outlives them and a client that uses it: an hour is the default of Cognito.',
  },
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html',
  ],
  facts: ['CLI-17'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, client, settings } of clients) {
      const tokens = tokensOfClient(pool, client, settings);
      const access = secondsOf(settings.accessTokenValidity, SECONDS.hours);
      const id = secondsOf(settings.idTokenValidity, SECONDS.hours);
      const refresh = secondsOf(settings.refreshTokenValidity, 30 * SECONDS.days);
      const faults: string[] = [];
      if (access <= SHORT && tokens.some(({ kind }) => kind === 'access')) {
        faults.push(`access tokens live ${inWords(access)}`);
      }
      const people = tokens.some(({ flow }) => flow !== 'client_credentials');
      if (id <= SHORT && tokens.some(({ kind }) => kind === 'id')) {
        faults.push(`ID tokens live ${inWords(id)}`);
      }
      if (people && refresh < access) {
        faults.push(`refresh tokens live ${inWords(refresh)}, less than access tokens (${inWords(access)})`);
      }
      if (faults.length === 0) continue;
      yield flag({
        subject: clientSubject(account, pool, client),
        affected: [],
        message: `App client ${quote(client.name)} (${client.id}) of user pool ${pool.id}: ${listNames(faults)}.`,
        evidence: [
          { operation: 'DescribeUserPoolClient', field: 'AccessTokenValidity', value: inWords(access) },
          { operation: 'DescribeUserPoolClient', field: 'IdTokenValidity', value: inWords(id) },
          { operation: 'DescribeUserPoolClient', field: 'RefreshTokenValidity', value: inWords(refresh) },
        ],
        fix: [
          {
            step: "Set Cognito's default lifetimes, or your own, sending the complete client.",
            commands: [
              updateClient(pool, settings, {
                AccessTokenValidity: 1,
                IdTokenValidity: 1,
                RefreshTokenValidity: 30,
                TokenValidityUnits: { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' },
              }),
            ],
          },
        ],
      });
    }
  },
});
