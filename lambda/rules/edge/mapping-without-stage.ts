import { isKnown } from '../../model/known';
import { domainSubject, routeLabel, routeRead, routesOf, urlOf } from '../domain-routes';
import { listNames } from '../phrases';
import { accountRule } from '../rule';
import { apiLabel } from '../subjects';
import { cannotTell, flag, FORBIDDEN } from '../verdict';

export default accountRule({
  id: 'edge/mapping-without-stage',
  gate: 'stage',
  symptom: FORBIDDEN,
  reach: 'possible',
  callers: 'calls through the domain that leave the stage out',
  title: 'A base path mapping names no stage, so callers have to',
  why: 'A mapping may leave the stage out. Then what follows the base path in a URL is taken for the stage, as on the execute-api host, and a call that goes on with the path of a resource asks for a stage that does not exist. That is how some domains are meant to be called; people who expect the domain to stand for one stage get a bare Forbidden.',
  fix: [
    'Have clients put the stage behind the base path.',
    'Or name the stage in the mapping; calls that have the stage in their path are then refused.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html',
  ],
  facts: ['DOM-2', 'MSG-7'],
  needs: ['domains'],

  *check(account, apis) {
    for (const domain of account.slices.domains) {
      const subject = domainSubject(account, domain);
      const { routes, gaps } = routesOf(domain);
      for (const gap of gaps) yield cannotTell(subject, gap);
      for (const route of routes) {
        if (route.stage !== null) continue;
        // What is no REST API of the account, another rule says.
        const api = apis.find(({ id }) => id === route.restApiId);
        if (api === undefined) continue;
        if (!isKnown(api.stageNames)) {
          yield cannotTell(subject, api.stageNames);
          continue;
        }
        const [first] = api.stageNames.value;
        if (first === undefined) continue;
        yield flag({
          subject,
          key: route.basePath,
          affected: [],
          message: `The ${routeLabel(route)} of ${domain.name} leads to ${apiLabel(api)} and names no stage: calls get through as ${urlOf(route).replace('<STAGE_NAME>', first)}/… only, with ${listNames(api.stageNames.value)} for the stage.`,
          evidence: [{ operation: routeRead(route), field: `stage of ${route.name}`, value: 'none' }],
          fix: [
            {
              step: 'Nothing to do, where clients put the stage behind the base path. Where they do not, name the stage in the mapping, or in their URLs.',
              commands: [],
            },
          ],
        });
      }
    }
  },
});
