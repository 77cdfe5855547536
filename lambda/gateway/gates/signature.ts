import { passes, refuses, unsure, type Answer } from '../answer';
import {
  INCOMPLETE_SIGNATURE,
  INVALID_SIGNATURE,
  MISSING_AUTHENTICATION_TOKEN,
  signatureOutOfTime,
} from '../refusals';
import type { Credential, SignatureScope } from '../request';

const SERVICE = 'execute-api';
/** MSG-17: how far a signature's date may be from the time of the call. */
const WINDOW_MS = 5 * 60_000;

/** `20261123T100000Z`, as signatures write it. */
const stampOf = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

const judgeScope = ({ service, region, day, signedAt }: SignatureScope, wanted: string): Answer | null => {
  const wrong = [
    service === null || service === SERVICE ? null : `for service ${service}, not ${SERVICE}`,
    region === null || region === wanted ? null : `for Region ${region}, not ${wanted}`,
    day === null || signedAt === null || stampOf(signedAt).startsWith(day)
      ? null
      : `for ${day}, which is not the day of its date`,
  ].filter((one) => one !== null);
  return wrong.length === 0
    ? null
    : refuses('signature-scope', INVALID_SIGNATURE, `The call is signed ${wrong.join(', and ')}.`, 'MIS-2');
};

const judgeTime = ({ signedAt }: SignatureScope, at: Date): Answer | null => {
  if (signedAt === null) return null;
  const age = at.getTime() - signedAt.getTime();
  if (Math.abs(age) <= WINDOW_MS) return null;
  const stamp = stampOf(signedAt);
  return refuses(
    'signature-time',
    signatureOutOfTime(stamp, age > 0 ? 'expired' : 'not yet current'),
    `The call is signed as of ${stamp}, more than five minutes ${age > 0 ? 'ago' : 'ahead'}.`,
    'MSG-17',
  );
};

/**
 * What can be told of a signature without its key: scope and date (IAM-4). That it was made with the key of the principal, over this
 * host, path and body, is taken to hold. `region`: the API's.
 */
export const judgeSignature = (
  { scope, sentIn }: Extract<Credential, { kind: 'signed' }>,
  at: Date,
  region: string,
): Answer => {
  if (sentIn === 'query') {
    return unsure(
      'The signature is in the query, and whether API Gateway takes one from there is not documented.',
      'IAM-4',
      MISSING_AUTHENTICATION_TOKEN,
    );
  }
  if (scope === null) {
    return passes('The call is signed; the signature is taken to hold for this host and Region.', 'IAM-4');
  }
  if (scope.lacks !== null) {
    return refuses(
      'signature-incomplete',
      INCOMPLETE_SIGNATURE,
      `The call is to be signed with Signature Version 4, and ${scope.lacks} is missing.`,
      'MSG-10',
    );
  }
  return (
    judgeScope(scope, region) ??
    judgeTime(scope, at) ??
    passes(
      'The call is signed for this service and Region, and in time; that the right key signed this very call is taken to hold.',
      'IAM-4',
    )
  );
};
