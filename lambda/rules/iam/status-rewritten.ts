import { isKnown, valueOr } from '../../model/known';
import { aws, json, redeploy } from '../commands';
import { deploymentRule } from '../rule';
import { stageSubject } from '../subjects';
import { cannotTell, flag, OTHER_STATUS } from '../verdict';

export default deploymentRule({
  id: 'iam/status-rewritten',
  gate: 'integration',
  symptom: OTHER_STATUS,
  reach: 'possible',
  title: 'The gateway response DEFAULT_4XX gives every refusal one status',
  why: 'A status on DEFAULT_4XX replaces the one of every response of that family that has no form of its own: a missing token, a refused policy, an unknown route and a throttled call all look the same to the client. A client that waits for 401 to refresh its token does not see it, and 403 and 404 can no longer be told apart.',
  fix: [
    'Take the status off DEFAULT_4XX and deploy, so that each refusal keeps its own.',
    'To hide one status from callers on purpose, customise that response type alone.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html',
  ],
  facts: ['GWR-1', 'GWR-2', 'CRS-12'],
  needs: [],

  *check(deployment, account) {
    const { api, stage, gatewayResponses } = deployment;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(gatewayResponses)) {
      yield cannotTell(subject, gatewayResponses);
      return;
    }
    const family = gatewayResponses.value.find(({ type }) => type === 'DEFAULT_4XX');
    if (family === undefined || !family.customised || family.status === null) return;
    const draft = valueOr(api.draft.gatewayResponses, gatewayResponses.value).find(
      ({ type, customised }) => type === 'DEFAULT_4XX' && customised,
    );
    const { headers, templates } = draft ?? family;
    yield flag({
      subject,
      affected: [],
      message: `DEFAULT_4XX of stage ${stage.name} has status ${family.status}: refusals without a form of their own are answered with it instead of 401 or 403.`,
      evidence: [
        {
          operation: deployment.of === 'draft' ? 'GetGatewayResponses' : 'GetExport',
          field: 'DEFAULT_4XX statusCode',
          value: `${family.status}`,
        },
      ],
      fix: [
        {
          step: 'Put DEFAULT_4XX without a status; its headers and templates stay as they are.',
          commands: [
            aws('apigateway', 'put-gateway-response', account.region, {
              restApiId: api.id,
              responseType: 'DEFAULT_4XX',
              ...(Object.keys(headers).length === 0
                ? {}
                : {
                    responseParameters: json(
                      Object.fromEntries(
                        Object.entries(headers).map(([name, value]) => [
                          `gatewayresponse.header.${name}`,
                          value,
                        ]),
                      ),
                    ),
                  }),
              ...(Object.keys(templates).length === 0 ? {} : { responseTemplates: json(templates) }),
            }),
          ],
        },
        redeploy(api, [stage], account.region),
      ],
    });
  },
});
