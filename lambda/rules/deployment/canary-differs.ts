import { isKnown, valueOr } from '../../model/known';
import { methodLabel } from '../../model/method';
import { aws, patches } from '../commands';
import { agree, listMethods, listNames, quote } from '../phrases';
import { apiRule } from '../rule';
import {
  differingAuthorizers,
  differingMethods,
  distinctGaps,
  pairMethods,
  type Side,
} from '../snapshot-differences';
import { apiSubject, stageSubject } from '../subjects';
import { cannotTell, flag, REFUSED } from '../verdict';

export default apiRule({
  id: 'deployment/canary-differs',
  gate: 'authentication',
  symptom: REFUSED,
  reach: 'some-calls',
  title: 'The canary of the stage asks callers for something else than the stage does',
  why: 'While a stage has a canary, each call is sent at random to the deployment of the stage or to that of the canary. Where the two differ in methods or authorization, the same request passes now and is refused the next time.',
  fix: [
    'Promote the canary, or remove it, so that all calls meet one deployment.',
    'A deployment made while a canary exists changes the canary only.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/promote-canary-deployment.html',
  ],
  facts: ['DEP-21', 'DEP-22', 'DEP-23', 'DEP-24'],
  needs: [],

  *check(api, account) {
    if (!isKnown(api.stages)) {
      yield cannotTell(apiSubject(account, api), api.stages);
      return;
    }
    for (const stage of api.stages.value) {
      const { canary } = stage;
      // At 0 the canary is idle, at 100 it takes every call: neither is a matter of chance.
      if (canary === null || canary.percentTraffic <= 0 || canary.percentTraffic >= 100) continue;
      const subject = stageSubject(account, api, stage);
      const [base, other] = [stage.snapshot.methods, canary.snapshot.methods];
      if (!isKnown(base)) {
        yield cannotTell(subject, base);
        continue;
      }
      if (!isKnown(other)) {
        yield cannotTell(subject, other);
        continue;
      }
      const sides: readonly [Side, Side] = [
        { snapshot: stage.snapshot, variables: stage.variables },
        { snapshot: canary.snapshot, variables: { ...stage.variables, ...canary.variableOverrides } },
      ];
      const pairing = pairMethods(base.value, other.value);
      const methods = differingMethods(pairing.both, sides);
      const authorizers = differingAuthorizers(sides);
      for (const gap of distinctGaps([...methods.gaps, ...authorizers.gaps])) yield cannotTell(subject, gap);

      // What the draft has and the stage lacks is deployment/method-not-deployed.
      const drafted = valueOr(api.draft.methods, []);
      const onlyCanary = pairMethods(pairing.onlyRight, drafted).onlyLeft;
      const differing = methods.differences.map(({ method }) => method);
      const parts = [
        differing.length === 0
          ? null
          : `the authorization of ${listMethods(differing)} ${agree(differing.length, 'differs', 'differ')}`,
        pairing.onlyLeft.length === 0 ? null : `only the stage has ${listMethods(pairing.onlyLeft)}`,
        onlyCanary.length === 0 ? null : `only the canary has ${listMethods(onlyCanary)}`,
        authorizers.differences.length === 0
          ? null
          : `${agree(authorizers.differences.length, 'authorizer', 'authorizers')} ${listNames(
              authorizers.differences.map(({ authorizer }) => quote(authorizer.name)),
            )} ${agree(authorizers.differences.length, 'is', 'are')} set up differently`,
      ].filter((part) => part !== null);
      if (parts.length === 0) continue;
      const affected = new Set([
        ...differing,
        ...pairing.onlyLeft,
        ...onlyCanary,
        ...authorizers.differences.flatMap((one) => one.methods),
      ]);
      yield flag({
        subject,
        affected: [...affected].map((method) => ({
          restApiId: api.id,
          stage: stage.name,
          method: methodLabel(method),
        })),
        message: `${canary.percentTraffic}% of the calls of stage ${stage.name} go to its canary: ${parts.join('; ')}.`,
        evidence: [
          {
            operation: 'GetStages',
            field: 'canarySettings.percentTraffic',
            value: `${canary.percentTraffic}`,
          },
          {
            operation: 'GetStages',
            field: 'canarySettings.deploymentId',
            value: `${canary.deploymentId ?? 'none'}, stage ${stage.deploymentId ?? 'none'}`,
          },
          ...[...methods.differences, ...authorizers.differences].flatMap((one) =>
            one.differences.map(({ field, left, right }) => ({
              operation: 'GetDeployment',
              field: `${'method' in one ? methodLabel(one.method) : one.authorizer.name} ${field}`,
              value: `stage ${left}, canary ${right}`,
            })),
          ),
        ],
        fix: [
          {
            step: 'Stop sending calls to the canary. To keep its version instead, promote the canary.',
            commands: [
              aws('apigateway', 'update-stage', account.region, {
                restApiId: api.id,
                stageName: stage.name,
                patchOperations: patches({
                  op: 'replace',
                  path: '/canarySettings/percentTraffic',
                  value: '0.0',
                }),
              }),
            ],
          },
        ],
      });
    }
  },
});
