import { examplePath, route } from '../../gateway/route';
import { isKnown, valueOr } from '../../model/known';
import { methodsByPath } from '../../model/queries';
import { redeploy } from '../commands';
import { addPreflight, isDrafted, needsPreflight } from '../cors';
import { credentialHeaders, headerName } from '../credential-headers';
import { methodsRead } from '../keyed-methods';
import { agree, listNames } from '../phrases';
import { deploymentRule } from '../rule';
import { distinctGaps, gapsAmong } from '../snapshot-differences';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, MISSING_AUTHENTICATION_TOKEN } from '../verdict';

export default deploymentRule({
  id: 'cors/preflight-missing',
  gate: 'route',
  symptom: MISSING_AUTHENTICATION_TOKEN,
  reach: 'possible',
  callers: 'browsers',
  title: 'Some resources of the API answer CORS preflights and others do not',
  why: 'A resource without OPTIONS and without ANY refuses the preflight of a browser as an unknown route, unless a path parameter or {proxy+} that matches the path takes it. The browser then reports a CORS error and never makes the call. Other resources of this API do answer, so browsers seem to be meant to call it.',
  fix: [
    'Add an OPTIONS method that answers the preflight, and deploy.',
    'Nothing to do, if browsers do not call these resources from another origin.',
  ],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html'],
  facts: ['CRS-4', 'RTE-1', 'RTE-2', 'MSG-8'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const methods = deployment.methods.value;
    const answering = methods.filter(({ verb }) => verb === 'OPTIONS');
    if (answering.length === 0) return;
    const unserved = [...methodsByPath(methods)].filter(
      ([path]) =>
        route(methods, 'OPTIONS', examplePath(path)) === null &&
        // deployment/method-not-deployed says that.
        !isDrafted(deployment, path),
    );
    const byPath = unserved.filter(([, own]) => own.some((method) => valueOr(needsPreflight(method), false)));
    const untold = unserved.filter((entry) => !byPath.includes(entry)).flatMap(([, own]) => own);
    for (const gap of distinctGaps(gapsAmong(untold.map(needsPreflight)))) yield cannotTell(subject, gap);
    if (byPath.length === 0) return;
    const paths = byPath.map(([path]) => path);
    const lostPaths = new Set(paths);
    const lost = methods.filter(({ path }) => lostPaths.has(path));
    yield flag({
      subject,
      affected: affectedOf(deployment, lost),
      message: `${listNames(paths)} in stage ${stage.name} ${agree(paths.length, 'has', 'have')} no method that takes a preflight, while ${listNames(answering.map(({ path }) => path))} ${agree(answering.length, 'has', 'have')} one.`,
      evidence: byPath.map(([path, own]) => ({
        operation: methodsRead(deployment),
        field: path,
        value: `${own.map(({ verb }) => verb).join(', ')}, no OPTIONS`,
      })),
      fix: [
        {
          step: 'Add an OPTIONS method without authorization that answers the preflight.',
          commands: byPath.flatMap(([path, own]) =>
            addPreflight(
              deployment,
              path,
              account.region,
              own.flatMap((method) => credentialHeaders(deployment, method).headers.map(headerName)),
            ),
          ),
        },
        redeploy(api, [stage], account.region),
      ],
    });
  },
});
