import { examplePath, route } from '../../gateway/route';
import { isKnown, valueOr, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { methodsByPath } from '../../model/queries';
import { aws, patches, redeploy, type Patch } from '../commands';
import { addPreflight, answersCors, guardOf, isDrafted, needsPreflight, type Guard } from '../cors';
import { methodsRead, resourceIdOf } from '../keyed-methods';
import { agree, listMethods, listNames } from '../phrases';
import { deploymentRule } from '../rule';
import { distinctGaps, gapsAmong } from '../snapshot-differences';
import { affectedOf, stageSubject } from '../subjects';
import {
  cannotTell,
  flag,
  INVALID_API_KEY,
  MISSING_AUTHENTICATION_TOKEN,
  UNAUTHORIZED,
  type Symptom,
} from '../verdict';

/** A path whose preflight meets a guarded method. */
interface Refused {
  readonly path: string;
  readonly taker: Method;
  readonly asksFor: NonNullable<Guard['asksFor']>;
  readonly how: 'own OPTIONS' | 'own ANY' | 'other resource';
  /** Browsers do call the API, and the method serves preflights alone or another path. */
  readonly isCertain: boolean;
}

const SYMPTOMS: Readonly<Record<Refused['asksFor'], Symptom>> = {
  'a token': UNAUTHORIZED,
  'a signature': MISSING_AUTHENTICATION_TOKEN,
  'an API key': INVALID_API_KEY,
};

const openMethod = (method: Method): readonly Patch[] => {
  const operations: Patch[] = [];
  const { authorizationType: type, apiKeyRequired: keyed } = method;
  if (isKnown(type) && type.value !== 'NONE') {
    operations.push({ op: 'replace', path: '/authorizationType', value: 'NONE' });
  }
  if (isKnown(keyed) && keyed.value) {
    operations.push({ op: 'replace', path: '/apiKeyRequired', value: 'false' });
  }
  return operations;
};

export default deploymentRule({
  id: 'cors/preflight-needs-authorization',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  callers: 'browsers',
  title: 'CORS preflights meet a method that asks for credentials',
  why: 'Before a call from another origin, a browser sends an OPTIONS request without Authorization header, cookies and API key. When the method that takes it asks for any of them, the preflight is refused and the browser reports a CORS error without making the call. A resource without OPTIONS hands the preflight to its ANY method, or to a path parameter or {proxy+} that matches.',
  fix: [
    'Turn off authorization and API key on the OPTIONS method; where there is none, add one that answers the preflight, and deploy.',
    'In templates, keep default authorizers away from OPTIONS methods.',
  ],
  scanners: {
    asks: 'every method asks for credentials, OPTIONS among them',
    checks: [
      'Powerpipe api_gateway_method_authorization_type_configured',
      'Checkov CKV2_AWS_70',
      'cfn_nag W59',
    ],
    both: 'A browser sends no credentials with a preflight, so an OPTIONS method must stay open; suppress the check for OPTIONS and keep it for the other verbs.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html',
  ],
  facts: ['CRS-1', 'CRS-2', 'CRS-3', 'CRS-4', 'RTE-1', 'RTE-2'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const methods = deployment.methods.value;
    const cors = answersCors(deployment);
    const refused: Refused[] = [];
    const gaps: Unreadable[] = [];
    for (const [path, own] of methodsByPath(methods)) {
      const taker = route(methods, 'OPTIONS', examplePath(path));
      if (taker === null) continue;
      const { asksFor, gaps: unread } = guardOf(taker);
      if (asksFor === null) {
        gaps.push(...unread);
        continue;
      }
      const how =
        taker.path !== path ? 'other resource' : taker.verb === 'OPTIONS' ? 'own OPTIONS' : 'own ANY';
      // Signed and keyed methods serve machines more often than browsers: without a sign of CORS they say nothing.
      const needsSign = asksFor !== 'a token';
      if (!isKnown(cors) && (needsSign || how === 'other resource')) {
        gaps.push(cors);
        continue;
      }
      const isMeant = isKnown(cors) && cors.value;
      if (needsSign && !isMeant) continue;
      if (how === 'other resource') {
        const needs = own.map(needsPreflight);
        if (!needs.some((need) => valueOr(need, false))) {
          gaps.push(...gapsAmong(needs));
          continue;
        }
      }
      refused.push({ path, taker, asksFor, how, isCertain: isMeant && how !== 'own ANY' });
    }
    for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);

    const certain = refused.filter(({ isCertain }) => isCertain);
    const possible = refused.filter(({ isCertain }) => !isCertain);
    for (const [group, reach] of [
      [certain, 'every-call'],
      [possible, 'possible'],
    ] as const) {
      const [first] = group;
      if (first === undefined) continue;
      const asks = new Map(group.map(({ taker, asksFor }) => [taker, asksFor]));
      const takers = [...asks.keys()];
      const paths = group.map(({ path }) => path);
      const refusedPaths = new Set(paths);
      const asked = [...new Set(asks.values())];
      const lost = methods.filter(({ path }) => refusedPaths.has(path));
      const own = takers.filter(({ verb, path }) => verb === 'OPTIONS' && refusedPaths.has(path));
      const without = group.filter(({ how, path }) => how !== 'own OPTIONS' && !isDrafted(deployment, path));
      yield flag({
        subject,
        ...(reach === 'possible' ? { key: 'ANY', reach } : {}),
        symptom: SYMPTOMS[first.asksFor],
        affected: affectedOf(deployment, lost),
        message: `Preflights of ${listNames(paths)} in stage ${stage.name} are taken by ${listMethods(takers)}, which ${agree(takers.length, 'asks', 'ask')} for ${listNames(asked)}: browsers send none and ${reach === 'possible' ? 'are refused, if they call from another origin' : 'are refused'}.`,
        evidence: [...asks].map(([taker, asksFor]) => ({
          operation: methodsRead(deployment),
          field: `${taker.verb} ${taker.path}`,
          value: asksFor,
        })),
        fix: [
          ...(own.length === 0
            ? []
            : [
                {
                  step: 'Let OPTIONS answer without credentials; the other methods keep theirs.',
                  commands: own.map((method) =>
                    aws('apigateway', 'update-method', account.region, {
                      restApiId: api.id,
                      resourceId: resourceIdOf(deployment, method.path),
                      httpMethod: 'OPTIONS',
                      patchOperations: patches(...openMethod(method)),
                    }),
                  ),
                },
              ]),
          ...(without.length === 0
            ? []
            : [
                {
                  step: 'Add an OPTIONS method without authorization that answers the preflight.',
                  commands: without.flatMap(({ path }) => addPreflight(deployment, path, account.region)),
                },
              ]),
          redeploy(api, [stage], account.region),
        ],
      });
    }
  },
});
