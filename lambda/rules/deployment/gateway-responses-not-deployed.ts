import type { GatewayResponse } from '../../model/rest-api';
import { redeploy } from '../commands';
import { agree, listNames } from '../phrases';
import { apiRule } from '../rule';
import { stagesAgainstDraft } from '../stages-against-draft';
import { flag, OLDER_BEHAVIOUR } from '../verdict';

/** AWS fills it in where a response is customised without one. */
const BUILT_IN = 'template application/json {"message":$context.error.messageString}';

/** Headers and templates in any order; blanks say nothing in a template. */
const contentOf = ({ headers, templates }: GatewayResponse): string => {
  const lines = [
    ...Object.entries(headers).map(([name, value]) => `header ${name} ${value}`),
    ...Object.entries(templates).map(([type, text]) => `template ${type} ${text.replaceAll(/\s/g, '')}`),
  ];
  return JSON.stringify(lines.filter((line) => line !== BUILT_IN).sort());
};

const sameStatus = (one: number | null, other: number | null): boolean =>
  // A row that was given no status keeps the one of its type, and not every read spells that out.
  one === other || one === null || other === null;

const differs = (deployed: GatewayResponse | undefined, draft: GatewayResponse | undefined): boolean => {
  if (deployed === undefined || draft === undefined) return true;
  return contentOf(deployed) !== contentOf(draft) || !sameStatus(deployed.status, draft.status);
};

const customised = (responses: readonly GatewayResponse[]): ReadonlyMap<string, GatewayResponse> =>
  new Map(responses.filter((one) => one.customised).map((one) => [one.type, one]));

export default apiRule({
  id: 'deployment/gateway-responses-not-deployed',
  gate: 'integration',
  symptom: OLDER_BEHAVIOUR,
  reach: 'possible',
  title: 'The stage answers refused calls with older gateway responses',
  why: 'Gateway responses are frozen into the deployment. Headers added to them, such as those for CORS, reach callers after the next deployment only: until then browsers report a refused call as a CORS error and hide its 401 or 403.',
  fix: ['Deploy the API to the stage. A deployment takes all other changes of the draft along.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html',
  ],
  facts: ['GWR-2', 'DEP-2', 'DEP-14', 'CRS-11'],
  needs: [],

  *check(api, account) {
    yield* stagesAgainstDraft(
      api,
      account,
      ({ gatewayResponses }) => gatewayResponses,
      function* ({ stage, subject, ...rows }) {
        const [deployed, draft] = [customised(rows.deployed), customised(rows.draft)];
        const types = [...new Set([...deployed.keys(), ...draft.keys()])]
          .filter((type) => differs(deployed.get(type), draft.get(type)))
          .sort();
        if (types.length === 0) return;
        yield flag({
          subject,
          affected: [],
          message: `Stage ${stage.name} serves ${listNames(types)} in another form than the draft has ${agree(types.length, 'it', 'them')}.`,
          evidence: types.map((type) => ({
            operation: 'GetExport',
            field: `x-amazon-apigateway-gateway-responses ${type}`,
            value: `deployed ${deployed.has(type) ? 'customised' : 'built in'}, draft ${draft.has(type) ? 'customised' : 'built in'}`,
          })),
          fix: [redeploy(api, [stage], account.region)],
        });
      },
    );
  },
});
