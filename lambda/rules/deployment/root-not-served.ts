import { examplePath, route } from '../../gateway/route';
import { isKnown } from '../../model/known';
import type { Method } from '../../model/method';
import { methodsByPath } from '../../model/queries';
import { redeploy } from '../commands';
import { agree, listNames } from '../phrases';
import { deploymentRule } from '../rule';
import { stageSubject } from '../subjects';
import { BEARER_FOR_SIGNATURE, cannotTell, flag, MISSING_AUTHENTICATION_TOKEN } from '../verdict';

const GREEDY = /\/\{[^}/]+\+\}$/;

/** The parents of greedy resources that no method serves, for a verb that the greedy one takes. */
const unservedParents = (methods: readonly Method[]): readonly string[] => {
  const unserved = new Set<string>();
  for (const { path, verb } of methods) {
    if (!GREEDY.test(path) || verb === 'OPTIONS') continue;
    const parent = path.replace(GREEDY, '') || '/';
    if (methodsByPath(methods).has(parent)) continue;
    if (route(methods, verb === 'ANY' ? 'GET' : verb, examplePath(parent)) === null) unserved.add(parent);
  }
  return [...unserved].sort();
};

export default deploymentRule({
  id: 'deployment/root-not-served',
  gate: 'route',
  symptom: MISSING_AUTHENTICATION_TOKEN,
  otherwise: BEARER_FOR_SIGNATURE,
  reach: 'possible',
  title: 'A {proxy+} resource is served but its parent path is not',
  why: 'A greedy path parameter matches everything below its parent, but not the parent itself. A call to the parent finds no method and gets Missing Authentication Token, although the stage and the URL are right.',
  fix: [
    'Add the method to the parent resource too, with the integration and the authorization of the greedy one, and deploy.',
    'Nothing to do, if nobody calls that path.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html',
  ],
  facts: ['MIS-7', 'MSG-8', 'MSG-9', 'MSG-10', 'RTE-1'],
  needs: [],

  *check(deployment, account) {
    const { api, stage, methods } = deployment;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(methods)) {
      yield cannotTell(subject, methods);
      return;
    }
    const parents = unservedParents(methods.value);
    if (parents.length === 0) return;
    yield flag({
      subject,
      affected: [],
      message: `Stage ${stage.name} serves what lies below ${listNames(parents)}, but no method for ${agree(parents.length, 'that path itself', 'these paths themselves')}: a call there is refused as an unknown route.`,
      evidence: parents.map((parent) => ({
        operation: deployment.of === 'draft' ? 'GetResources' : 'GetDeployment',
        field: parent,
        value: 'no method',
      })),
      fix: [
        {
          step: `Add the method to ${listNames(parents)} too, with the integration and the authorization of the {proxy+} method below.`,
          commands: [],
        },
        redeploy(api, [stage], account.region),
      ],
    });
  },
});
