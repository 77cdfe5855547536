import { allow, deny } from '../../support/build';

/** Statements of which no rule of this family speaks: about a call that no method takes, and about something else than calls. */
export const beside = [
  deny({
    Principal: { AWS: 'arn:aws:iam::222233334444:role/other' },
    Resource: 'execute-api:/prod/GET/none',
  }),
  deny({
    Resource: 'execute-api:/prod/GET/none',
    Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  }),
  allow({ Action: 'execute-api:InvalidateCache', Principal: undefined }),
  allow({ Action: 'execute-api:InvalidateCache', Resource: undefined }),
  allow({ Action: 'execute-api:InvalidateCache', Resource: 'execute-api:/none/*' }),
  allow({
    Action: 'execute-api:InvalidateCache',
    Principal: undefined,
    NotPrincipal: { AWS: 'arn:aws:iam::222233334444:role/other' },
  }),
];
