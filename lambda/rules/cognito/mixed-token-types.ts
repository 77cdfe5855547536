import { opens } from '../../gateway/tokens';
import { tokenSupply } from '../../gateway/trusted-pools';
import { cognitoGuards, splitByToken, scopesRead } from '../cognito-guards';
import { agree, listMethods, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'cognito/mixed-token-types',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'some-calls',
  title: 'Methods behind one authorizer take ID tokens here and access tokens there',
  why: 'The scopes of a method decide which token it takes: with scopes an access token, without an ID token. A client that can have both and sends one everywhere gets 401 on the methods that want the other. Where people call one side and machines the other, each holds the token that its side takes, and nothing is amiss.',
  fix: [
    'Decide on one kind: list scopes on all methods behind the authorizer, or on none, and deploy the API to the stage.',
    'Until then, clients must send the ID token to methods without scopes and the access token to the others.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
  ],
  facts: ['COG-1', 'COG-2', 'COG-5', 'COG-6', 'CLI-25', 'CLI-26'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const subject = stageSubject(account, api, stage);
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(subject, gap);
    for (const { authorizer, methods, trusted } of guards) {
      // Browsers send no token with a preflight: it belongs to neither side.
      const split = splitByToken(methods.filter(({ verb }) => verb !== 'OPTIONS'));
      for (const gap of split.gaps) yield cannotTell(subject, gap);
      const scoped = split.scoped.map(({ method }) => method);
      const { scopeless } = split;
      if (scoped.length === 0 || scopeless.length === 0) continue;
      // People here and machines there, each with the token of their side, meet no refusal; nor is it this fault where a side has no
      // token at all.
      const { tokens, unknown } = tokenSupply(trusted);
      const ofPeople = new Set(tokens.filter((token) => opens(token, [])).map(({ clientId }) => clientId));
      const onBothSides = tokens.some(
        (token) =>
          ofPeople.has(token.clientId) &&
          (token.scopesMayChange || split.scoped.some(({ scopes }) => opens(token, scopes))),
      );
      if (!onBothSides) {
        for (const gap of unknown) yield cannotTell(subject, gap);
        continue;
      }
      yield flag({
        subject,
        key: authorizer.name,
        affected: affectedOf(deployment, [...scopeless, ...scoped]),
        message: `Behind authorizer ${quote(authorizer.name)}, ${listMethods(scopeless)} ${agree(scopeless.length, 'takes', 'take')} ID tokens and ${listMethods(scoped)} ${agree(scoped.length, 'takes', 'take')} access tokens.`,
        evidence: [
          {
            operation: scopesRead(deployment),
            field: 'authorizationScopes',
            value: `none on ${scopeless.length}, some on ${scoped.length}`,
          },
        ],
        fix: [
          {
            step: 'Send the ID token to methods without scopes and the access token to the others. To settle it, list scopes on all methods behind the authorizer, or on none, and deploy the API to the stage.',
            commands: [],
          },
        ],
      });
    }
  },
});
