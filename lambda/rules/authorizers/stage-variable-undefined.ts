import type { Method } from '../../model/method';
import { referencedVariables } from '../../model/stage-variables';
import type { Authorizer } from '../../model/rest-api';
import { setStageVariable } from '../authorizer-fixes';
import { guardsOf } from '../cognito-guards';
import { listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, stageSubject } from '../subjects';
import {
  AUTHORIZER_CONFIGURATION_ERROR,
  cannotTell,
  flag,
  UNAUTHORIZED,
  type Reach,
  type Symptom,
} from '../verdict';

interface Use {
  readonly variable: string;
  readonly field: 'providerARNs' | 'authorizerUri' | 'identitySource';
  readonly stored: string;
}

const IDENTITY_VARIABLE = /^\$?stageVariables\.([A-Za-z0-9_]+)$/;

const usesOf = (authorizer: Authorizer): readonly Use[] => {
  const of = (field: Use['field'], stored: string): readonly Use[] =>
    referencedVariables(stored).map((variable) => ({ variable, field, stored }));
  return [
    ...authorizer.providerArns.flatMap((arn) => of('providerARNs', arn)),
    ...(authorizer.uri === null ? [] : of('authorizerUri', authorizer.uri)),
    ...authorizer.identitySources.flatMap((stored) => {
      const whole = IDENTITY_VARIABLE.exec(stored.trim())?.[1];
      return whole === undefined
        ? of('identitySource', stored)
        : [{ variable: whole, field: 'identitySource' as const, stored }];
    }),
  ];
};

const SYMPTOMS: Readonly<Record<Use['field'], Symptom>> = {
  identitySource: UNAUTHORIZED,
  providerARNs: UNAUTHORIZED,
  authorizerUri: AUTHORIZER_CONFIGURATION_ERROR,
};

const WHAT: Readonly<Record<Use['field'], string>> = {
  identitySource: 'its identity source',
  providerARNs: 'its user pool',
  authorizerUri: 'its function',
};

/** A variable that is missing, for authorizers that it closes alike. */
interface Lack {
  readonly variable: string;
  readonly reach: Reach;
  readonly uses: { readonly use: Use; readonly authorizer: Authorizer }[];
  readonly methods: Set<Method>;
}

export default deploymentRule({
  id: 'authorizers/stage-variable-undefined',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'An authorizer refers to a stage variable that the stage does not define',
  why: 'Stage variables in an authorizer are filled in for each stage. Where the stage, or its canary, does not define one, the user pool or function has no name and an identity source is always missing, so no call can be authorised.',
  fix: ['Define the variable on the stage. It is in force at once, without a deployment.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html',
  ],
  facts: ['COG-23', 'LAM-7', 'LAM-17', 'DEP-3', 'DEP-21'],
  needs: [],

  *check(deployment, account) {
    const { api, stage, variables } = deployment;
    const subject = stageSubject(account, api, stage);
    const lacks = new Map<string, Lack>();
    for (const type of ['COGNITO_USER_POOLS', 'CUSTOM'] as const) {
      const { guards, gaps } = guardsOf(deployment, type);
      for (const gap of gaps) yield cannotTell(subject, gap);
      for (const { authorizer, methods } of guards) {
        const undefinedUses = usesOf(authorizer).filter(
          ({ variable }) => !Object.hasOwn(variables, variable),
        );
        for (const use of undefinedUses) {
          // Another listed pool may still admit its own tokens; what AWS does then is not said (COG-23).
          const others =
            use.field === 'providerARNs' &&
            authorizer.providerArns.some(
              (arn) => !undefinedUses.some(({ field, stored }) => field === 'providerARNs' && stored === arn),
            );
          const reach = others ? 'some-calls' : 'every-call';
          // A flag says one thing of all its methods: where one authorizer has another pool and the next has none, they are two.
          const key = others ? `${use.variable} beside another pool` : use.variable;
          const lack: Lack = lacks.get(key) ?? {
            variable: use.variable,
            reach,
            uses: [],
            methods: new Set(),
          };
          lack.uses.push({ use, authorizer });
          for (const method of methods) lack.methods.add(method);
          lacks.set(key, lack);
        }
      }
    }
    for (const [key, { variable, reach, uses, methods }] of lacks) {
      const [first] = uses;
      if (first === undefined) continue;
      const names = [...new Set(uses.map(({ authorizer }) => quote(authorizer.name)))];
      const where = [...new Set(uses.map(({ use }) => WHAT[use.field]))];
      yield flag({
        subject,
        key,
        reach,
        symptom: SYMPTOMS[first.use.field],
        affected: affectedOf(deployment, [...methods]),
        message: `Stage ${stage.name} does not define the stage variable ${quote(variable)}, by which authorizer ${listNames(names)} names ${listNames(where)}.`,
        evidence: [
          { operation: 'GetAuthorizers', field: first.use.field, value: first.use.stored },
          { operation: 'GetStages', field: 'variables', value: `none is ${variable}` },
        ],
        fix: [
          {
            step: 'Define the variable on the stage. It is in force at once.',
            commands: [setStageVariable(deployment, variable, '<VALUE>', account.region)],
          },
        ],
      });
    }
  },
});
