import { PLAIN_POOL, SDK_CLIENT } from '../build-user-pool';
import type { ReportedAccounts } from '../reported-account';

const COGNITO = { cognito: { type: 'COGNITO_USER_POOLS', pools: ['Users'] } } as const;

/** Refusals whose cause is the client: the audit must not invent one. */
export const clientAccounts: ReportedAccounts = {
  c150: {
    sketch: { methods: { 'GET /getPartner/{PK}/{SK}': 'NONE' }, stages: { dev: {} } },
    expected: { silent: true },
  },
  c146: {
    sketch: { methods: { 'ANY /items': 'AWS_IAM', 'ANY /items/{proxy+}': 'AWS_IAM' } },
    assumed: ['paths as Amplify makes them'],
    expected: { silent: true },
  },
  c143: {
    sketch: {
      methods: { 'GET /items': 'cognito', 'POST /items': 'cognito', 'GET /items/{id}': 'cognito' },
      authorizers: COGNITO,
      pools: {
        Users: {
          clients: {
            app: {
              ...SDK_CLIENT,
              AccessTokenValidity: 60,
              IdTokenValidity: 60,
              RefreshTokenValidity: 3650,
              TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
            },
          },
        },
      },
    },
    assumed: ['three methods for /*'],
    expected: { silent: true },
  },
  c142: {
    sketch: { methods: { 'POST /ping': 'cognito' }, authorizers: COGNITO, pools: { Users: PLAIN_POOL } },
    expected: { silent: true },
  },
  c148: {
    sketch: { methods: { 'GET /': 'AWS_IAM' } },
    expected: { silent: true },
  },
  c141: {
    sketch: { methods: { 'GET /playlists': 'cognito' }, authorizers: COGNITO, pools: { Users: PLAIN_POOL } },
    expected: { silent: true },
  },
};
