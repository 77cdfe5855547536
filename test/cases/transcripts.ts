import type { ExplainInput } from '../../lambda/explain/input';
import { API_ID, REGION } from './places';

/** One call that a report tells of, and what the asker saw. */
export interface Asked {
  readonly report: string;
  readonly ask: ExplainInput;
  /** `null`: the report quotes the body alone. */
  readonly status: number | null;
  /** What the report quotes of the body, word for word. */
  readonly body: readonly string[];
  /** What was chosen here. */
  readonly chosen?: string;
}

const at = (path: string): string => `https://${API_ID}.execute-api.${REGION}.amazonaws.com${path}`;

const ISSUER = `https://cognito-idp.${REGION}.amazonaws.com/${REGION}_Users`;
const ANYONE = '198.51.100.7';

/** Seconds since 1970 of the time at which all is asked. */
const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000;

const idClaims = { token_use: 'id', iss: ISSUER, aud: 'app', exp: NOW + 3600 };
const accessClaims = {
  token_use: 'access',
  iss: ISSUER,
  client_id: 'app',
  scope: 'aws.cognito.signin.user.admin',
  exp: NOW + 3600,
};

const FORBIDDEN = ['{"message":"Forbidden"}'];
const UNAUTHORIZED = ['{"message":"Unauthorized"}'];
const NOT_AUTHORIZED =
  '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: ';

export const asked: readonly Asked[] = [
  {
    report: 'c005',
    ask: { url: at('/prod/RestaurantsInfo'), claims: accessClaims },
    status: null,
    body: UNAUTHORIZED,
  },
  {
    report: 'c013',
    ask: { url: at('/dev/orders'), headers: ['x-api-key: EXAMPLE-not-a-real-value'] },
    status: 403,
    body: ['Forbidden'],
  },
  {
    report: 'c015',
    ask: { url: at('/prod/screenshots'), method: 'POST', headers: ['x-api-key: EXAMPLE-not-a-real-value'] },
    status: null,
    body: FORBIDDEN,
  },
  {
    report: 'c019',
    ask: { url: at('/dev/contracts'), sourceIp: ANYONE },
    status: 403,
    body: [NOT_AUTHORIZED, '/dev/GET/contracts'],
  },
  {
    report: 'c020',
    ask: { url: at('/latest/iiif/2/a/full'), sourceIp: ANYONE, headers: ['User-Agent: curl/8.5.0'] },
    status: 403,
    body: [NOT_AUTHORIZED, '/latest/GET/iiif/2/'],
  },
  {
    report: 'c021',
    ask: { url: at('/test/helloworld'), sourceIp: ANYONE },
    status: 403,
    body: [NOT_AUTHORIZED, '/test/GET/helloworld'],
  },
  {
    report: 'c029',
    ask: { url: at('/api/'), method: 'POST' },
    status: 403,
    body: ['Missing Authentication Token'],
  },
  {
    report: 'c060',
    ask: { url: at('/prod/items'), headers: ['Authorization: id_token=eyJraWQiOiJrIn0.e30.c2ln'] },
    status: 403,
    body: ["Authorization header requires 'Credential' parameter"],
    chosen: 'how the token was sent: with an equal sign in the value, as the text of the answer tells',
  },
  { report: 'c063', ask: { url: 'https://api.example.com/items' }, status: null, body: FORBIDDEN },
  {
    report: 'c095',
    ask: { url: at('/prod') },
    status: 403,
    body: ['{"message":"Missing Authentication Token"}'],
  },
  {
    report: 'c097',
    ask: { url: at('/api/') },
    status: null,
    body: ['{"message":"Missing Authentication Token"}'],
  },
  { report: 'c120', ask: { url: at('/prod/items') }, status: 401, body: ['Unauthorized'] },
  { report: 'c125', ask: { url: at('/prod/wallboard') }, status: null, body: FORBIDDEN },
  {
    report: 'c126',
    ask: { url: at('/prod/items'), headers: ['Authorization: Bearer eyJraWQiOiJrIn0.e30.c2ln'] },
    status: 403,
    body: ['key=value pair (missing equal-sign) in Authorization header'],
  },
  { report: 'c142', ask: { url: at('/prod/ping'), method: 'POST' }, status: null, body: UNAUTHORIZED },
  {
    report: 'c143',
    ask: { url: at('/prod/items'), claims: { ...idClaims, exp: NOW - 60 } },
    status: 401,
    body: ['{"message":"The incoming token has expired"}'],
  },
  {
    report: 'c148',
    ask: {
      url: at('/prod/'),
      headers: [
        `Authorization: AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20251231/${REGION}/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
        'X-Amz-Date: 20251231T235400Z',
      ],
    },
    status: 403,
    body: ['Signature expired'],
    chosen: 'a signature six minutes old, as the report says that it works for five',
  },
  {
    report: 'c150',
    ask: { url: at('/dev/getPartner/PARTNER#1/INFO') },
    status: 403,
    body: ['Missing Authentication Token'],
    chosen: 'the keys in the path; only the # in one of them is from the report',
  },
];
