import { examplePath, route } from '../../gateway/route';
import { isKnown, valueOr } from '../../model/known';
import { methodLabel, type Method } from '../../model/method';
import type { Canary, RestApi, Stage } from '../../model/rest-api';
import { aws, patches, redeploy } from '../commands';
import { onlyOf } from '../only';
import { agree, listMethods, listNames } from '../phrases';
import { apiRule } from '../rule';
import { pairMethods } from '../snapshot-differences';
import { stagesAgainstDraft } from '../stages-against-draft';
import {
  BEARER_FOR_SIGNATURE,
  cannotTell,
  flag,
  MISSING_AUTHENTICATION_TOKEN,
  UNAUTHORIZED,
  type FixStep,
  type MethodRef,
  type Symptom,
  REFUSED,
} from '../verdict';

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** The verbs whose calls the method would take once it is deployed. */
const verbsOf = (method: Method, draft: readonly Method[]): readonly string[] =>
  method.verb === 'ANY'
    ? VERBS.filter((verb) => !draft.some((other) => other.path === method.path && other.verb === verb))
    : [method.verb];

/** Paths that stand for all that a method takes: a greedy parameter takes one segment and several. */
const pathsOf = ({ path }: Method): readonly string[] => {
  const shortest = examplePath(path);
  return path.endsWith('+}') ? [shortest, `${shortest}/x-1`] : [shortest];
};

/** The deployed methods that take the calls of one that is not deployed; `refused`: some call finds none. */
const takersOf = (
  method: Method,
  draft: readonly Method[],
  deployed: readonly Method[],
): { readonly takers: readonly Method[]; readonly refused: boolean } => {
  const routed = verbsOf(method, draft).flatMap((verb) =>
    pathsOf(method).map((path) => route(deployed, verb, path)),
  );
  return {
    takers: [...new Set(routed.filter((taker) => taker !== null))],
    refused: routed.some((taker) => taker === null),
  };
};

const withAuthorization = (method: Method): string =>
  `${methodLabel(method)} (authorization ${isKnown(method.authorizationType) ? method.authorizationType.value : 'not readable'})`;

/** What a caller meets at the wrong method, when all of them ask for the same. */
const symptomAt = (takers: readonly Method[]): Symptom => {
  const types = new Set(takers.map((taker) => valueOr(taker.authorizationType, '')));
  const type = onlyOf(types);
  if (type === 'COGNITO_USER_POOLS') return UNAUTHORIZED;
  if (type === 'AWS_IAM') return MISSING_AUTHENTICATION_TOKEN;
  return REFUSED;
};

/** Names of other stages that serve all of these: there, somebody deployed them. */
const stagesWith = (api: RestApi, stage: Stage, methods: readonly Method[]): readonly string[] =>
  valueOr(api.stages, [])
    .filter(
      ({ snapshot }) =>
        isKnown(snapshot.methods) && pairMethods(methods, snapshot.methods.value).onlyLeft.length === 0,
    )
    .map(({ name }) => name)
    .filter((name) => name !== stage.name);

const refsTo = (api: RestApi, stage: Stage, methods: readonly Method[]): readonly MethodRef[] =>
  methods.map((method) => ({ restApiId: api.id, stage: stage.name, method: methodLabel(method) }));

const stepsFor = (api: RestApi, stage: Stage, methods: readonly Method[], region: string): FixStep[] => {
  const unfinished = methods.filter(({ integration }) => isKnown(integration) && integration.value === null);
  const steps: FixStep[] = [];
  if (unfinished.length > 0) {
    steps.push({
      step: `Give ${listMethods(unfinished)} an integration first: AWS refuses to deploy a method without one.`,
      commands: [],
    });
  }
  steps.push(redeploy(api, [stage], region));
  return steps;
};

/** The stage takes over what its canary serves; the canary stays and gets no more calls. */
const promote = (api: RestApi, stage: Stage, { variableOverrides }: Canary, region: string): FixStep => ({
  step: 'Promote the canary, which has what is missing: the stage takes over its deployment and its variables.',
  commands: [
    aws('apigateway', 'update-stage', region, {
      restApiId: api.id,
      stageName: stage.name,
      patchOperations: patches(
        { op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' },
        ...(Object.keys(variableOverrides).length === 0
          ? []
          : [{ op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' } as const]),
        { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
      ),
    }),
  ],
});

export default apiRule({
  id: 'deployment/method-not-deployed',
  gate: 'route',
  symptom: MISSING_AUTHENTICATION_TOKEN,
  otherwise: BEARER_FOR_SIGNATURE,
  reach: 'every-call',
  title: 'A method of the API is not in the deployment that the stage serves',
  why: 'A stage serves the copy of the API that was made at its deployment. A method added later exists in the console and for templates, but not for callers: they get Missing Authentication Token, the answer to any unknown path or verb. Where another deployed method matches the path, it takes the calls, with its own authorization.',
  fix: [
    'Deploy the API to the stage. A deployment takes all other changes of the draft along.',
    'Have the pipeline make a deployment whenever methods change.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/promote-canary-deployment.html',
  ],
  facts: ['DEP-1', 'DEP-2', 'DEP-10', 'DEP-24', 'MSG-8', 'MSG-9', 'MSG-10', 'RTE-1', 'RTE-2'],
  needs: [],

  *check(api, account) {
    yield* stagesAgainstDraft(
      api,
      account,
      ({ methods }) => methods,
      function* ({ stage, subject, deployed, draft }) {
        const missing = pairMethods(draft, deployed).onlyLeft.map((method) => ({
          method,
          ...takersOf(method, draft, deployed),
        }));
        const evidence = [
          { operation: 'GetStages', field: 'deploymentId', value: stage.deploymentId ?? 'none' },
        ];

        const lost = missing.filter(({ takers }) => takers.length === 0).map(({ method }) => method);
        if (lost.length > 0) {
          const canary = stage.canary?.percentTraffic === 0 ? null : stage.canary;
          const served = canary?.snapshot.methods;
          if (served?.state === 'unreadable') yield cannotTell(subject, served);
          const found =
            served !== undefined && isKnown(served) ? pairMethods(lost, served.value).both.length : 0;
          const inCanary = served !== undefined && (!isKnown(served) || found > 0);
          const elsewhere = stagesWith(api, stage, lost);
          yield flag({
            subject,
            ...(inCanary ? { reach: 'some-calls' } : {}),
            affected: refsTo(api, stage, lost),
            message: `${listMethods(lost)} ${agree(lost.length, 'exists', 'exist')} in the draft but not in the deployment that stage ${stage.name} serves${inCanary ? '; calls that its canary takes may find them' : ''}.${
              elsewhere.length === 0
                ? ''
                : ` ${agree(elsewhere.length, 'Stage', 'Stages')} ${listNames(elsewhere)} ${agree(elsewhere.length, 'serves', 'serve')} ${agree(lost.length, 'it', 'them')}.`
            }`,
            evidence: [
              ...evidence,
              { operation: 'GetDeployment', field: 'apiSummary', value: `no ${listMethods(lost)}` },
            ],
            fix:
              canary !== null && found === lost.length
                ? [promote(api, stage, canary, account.region)]
                : stepsFor(api, stage, lost, account.region),
          });
        }

        const taken = missing.filter(({ takers }) => takers.length > 0);
        if (taken.length > 0) {
          const methodsTaken = taken.map(({ method }) => method);
          const takers = [...new Set(taken.flatMap((one) => one.takers))];
          const partly = taken.some(({ refused }) => refused);
          yield flag({
            subject,
            key: 'taken by another method',
            reach: 'possible',
            symptom: symptomAt(takers),
            affected: refsTo(api, stage, methodsTaken),
            message: `${listMethods(methodsTaken)} ${agree(taken.length, 'is', 'are')} not deployed to stage ${stage.name}: ${partly ? 'some of the' : 'the'} calls go to ${listNames(takers.map(withAuthorization))} instead${partly ? ', the others are refused' : ''}.`,
            evidence: [
              ...evidence,
              { operation: 'GetDeployment', field: 'apiSummary', value: `no ${listMethods(methodsTaken)}` },
            ],
            fix: stepsFor(api, stage, methodsTaken, account.region),
          });
        }
      },
    );
  },
});
