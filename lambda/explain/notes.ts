import { isPrivate } from '../gateway/call';
import type { Arrival, Decision } from '../gateway/decide';
import type { GateId } from '../gateway/gates';
import type { MatrixRow } from '../gateway/matrix';
import { isNeverPublic, parseBlock } from '../gateway/policy/address';
import type { Credential, Identity, Request } from '../gateway/request';
import { isKnown } from '../model/known';

export interface NotesInput {
  readonly decision: Decision;
  readonly arrival: Arrival;
  readonly request: Request;
  readonly identity: Identity;
  readonly requires: MatrixRow['requires'] | null;
  readonly hadFragment: boolean;
}

/** §2.4: which token the console's test and which a real call takes. */
const puzzle = (requires: NotesInput['requires']): readonly string[] => {
  switch (requires) {
    case 'id-token':
      return [
        "This method has no authorization scopes, so it takes ID tokens, in the console's authorizer test and from every client alike. Postman's OAuth helper attaches the access token unless told otherwise, and that is refused.",
      ];
    case 'access-token':
      return [
        "This method has authorization scopes, so callers need an access token, while the console's authorizer test takes ID tokens only: it knows no method and no scopes (TST-1). That a token passes there says nothing of this call.",
      ];
    case 'none':
    case 'iam':
    case 'api-key':
    case 'lambda-authorizer':
    case 'cannot-tell':
    case null:
      return [];
  }
};

const isReached = ({ decision }: NotesInput, gate: GateId): boolean =>
  decision.gates.some((one) => one.gate === gate && one.outcome !== 'not-reached');

/** Only a method that asks for a signature looks at it, and before that the policy of a VPC endpoint takes its word for who signed (PRV-3). */
const aboutSignature = (
  { scope }: Extract<Credential, { kind: 'signed' }>,
  input: NotesInput,
): readonly string[] => {
  const looked = input.requires === 'iam' && isReached(input, 'authentication');
  if (!looked && input.request.source.vpceId === null) return [];
  return looked && scope !== null
    ? [
        'Of the signature, service, Region and date were looked at; that the right key made it over this host, path and body is taken to hold.',
      ]
    : ['The signature is taken to hold for host, Region and time.'];
};

const assumptions = (input: NotesInput): readonly string[] => {
  const { identity, request, arrival } = input;
  const { credential } = identity;
  const notes: string[] = [];
  if (credential.kind === 'token' && credential.signature === 'assumed') {
    notes.push('The signature of the token was not verified; it is taken to hold.');
  }
  if (credential.kind === 'token' && credential.claims.expiresAt === null) {
    notes.push('The claims have no expiry (exp); the token is taken to be valid still.');
  }
  if ((credential.kind === 'token' || credential.kind === 'opaque') && credential.header === null) {
    notes.push('The token is taken to be sent in the header that the method reads.');
  }
  if (credential.kind === 'signed') notes.push(...aboutSignature(credential, input));
  const { deployment } = arrival;
  if (deployment !== null && !isKnown(deployment.gatewayResponses)) {
    notes.push('The gateway responses could not be read; if one is customised, status and body may differ.');
  }
  const { source } = request;
  if (source.ip === null && source.vpceId === null) {
    const policy = deployment === null || !isKnown(deployment.policy) ? null : deployment.policy.value;
    if (policy !== null) notes.push('Where the call comes from was not said (--source-ip, --source-vpce).');
  }
  const block = source.ip === null ? null : parseBlock(source.ip);
  const { api } = arrival.entry;
  if (block !== null && isNeverPublic(block) && source.vpceId === null && api !== null && !isPrivate(api)) {
    notes.push(
      'The source address is a private one. A public endpoint sees the public address of the network instead, so it was left out.',
    );
  }
  return notes;
};

/** MSG-9: one text, two causes. */
const twoCauses = ({ decision }: NotesInput): readonly string[] =>
  decision.outcome === 'refused' && decision.errorType === 'IncompleteSignatureException'
    ? [
        'API Gateway answers with the same text when a path or verb is unknown and when a method wants a signature (MSG-9).',
      ]
    : [];

export const notesOn = (input: NotesInput): readonly string[] => [
  ...twoCauses(input),
  ...puzzle(input.requires),
  ...(input.hadFragment
    ? ['The URL has a "#": what follows it is never sent. Write %23 for the character.']
    : []),
  ...assumptions(input),
];
