import type { Deployment } from '../../model/deployment';
import { isKnown, valueOr } from '../../model/known';
import type { GatewayResponse } from '../../model/rest-api';
import { aws, json, redeploy } from '../commands';
import { allowedOrigin } from '../cors';
import { agree, listNames } from '../phrases';
import { deploymentRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, CORS_ERROR } from '../verdict';

const ALLOW_ORIGIN = 'access-control-allow-origin';

/** The refusals that methods of each kind can meet (table 1.2). */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  COGNITO_USER_POOLS: ['UNAUTHORIZED', 'ACCESS_DENIED'],
  CUSTOM: ['UNAUTHORIZED', 'ACCESS_DENIED'],
  AWS_IAM: ['ACCESS_DENIED', 'EXPIRED_TOKEN', 'INVALID_SIGNATURE', 'MISSING_AUTHENTICATION_TOKEN'],
};

const rowOf = (rows: readonly GatewayResponse[], type: string): GatewayResponse | undefined =>
  // A type that the read leaves out has the form of its family (GWR-1).
  rows.find((row) => row.type === type) ?? rows.find((row) => row.type === 'DEFAULT_4XX');

/** The whole row once more with the header: PutGatewayResponse replaces it (fix 14). */
const putWithOrigin = (deployment: Deployment, type: string, region: string): string => {
  const rows = valueOr(deployment.api.draft.gatewayResponses, valueOr(deployment.gatewayResponses, []));
  const row = rows.find((one) => one.type === type && one.customised);
  const headers = {
    ...Object.fromEntries(
      Object.entries(row?.headers ?? {}).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
    ),
    'gatewayresponse.header.Access-Control-Allow-Origin': allowedOrigin(deployment),
  };
  const templates = row?.templates ?? {};
  const status = row?.status ?? null;
  return aws('apigateway', 'put-gateway-response', region, {
    restApiId: deployment.api.id,
    responseType: type,
    ...(status === null ? {} : { statusCode: `${status}` }),
    responseParameters: json(headers),
    ...(Object.keys(templates).length === 0 ? {} : { responseTemplates: json(templates) }),
  });
};

export default deploymentRule({
  id: 'cors/error-responses-without-cors',
  gate: 'integration',
  symptom: CORS_ERROR,
  reach: 'some-calls',
  callers: 'browsers',
  title: 'Refused calls are answered without CORS headers',
  why: 'A call that API Gateway refuses itself never reaches the backend, so the CORS headers of the backend are not there. Only gateway responses can add them. Without Access-Control-Allow-Origin the browser hides the 401 or 403 from the application and reports a CORS error instead. This masks a refusal; it does not cause one.',
  fix: [
    'Add Access-Control-Allow-Origin to the gateway response DEFAULT_4XX and to each customised response of that family, and deploy.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html',
  ],
  facts: ['CRS-11', 'CRS-12', 'CRS-13', 'CRS-16', 'GWR-1', 'GWR-2'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const methods = deployment.methods.value;
    if (!methods.some(({ verb }) => verb === 'OPTIONS')) return;
    const types = new Set<string>();
    const gaps = [];
    const guarded = [];
    for (const method of methods) {
      if (method.verb === 'OPTIONS') continue;
      const { authorizationType: type, apiKeyRequired: keyed } = method;
      if (!isKnown(type)) gaps.push(type);
      if (!isKnown(keyed)) gaps.push(keyed);
      const emitted = [
        ...(TYPES[valueOr(type, 'NONE')] ?? []),
        ...(valueOr(keyed, false) ? ['INVALID_API_KEY'] : []),
      ];
      if (emitted.length > 0) guarded.push(method);
      for (const one of emitted) types.add(one);
    }
    for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
    if (guarded.length === 0) return;
    if (!isKnown(deployment.gatewayResponses)) {
      yield cannotTell(subject, deployment.gatewayResponses);
      return;
    }
    const rows = deployment.gatewayResponses.value;
    const bare = [...types].filter((type) => !(ALLOW_ORIGIN in (rowOf(rows, type)?.headers ?? {}))).sort();
    if (bare.length === 0) return;
    const draft = valueOr(api.draft.gatewayResponses, []);
    // What the draft has already needs no more than a deployment; a second PutGatewayResponse could only spoil it.
    const missing = bare.filter((type) => !(ALLOW_ORIGIN in (rowOf(draft, type)?.headers ?? {})));
    const ownRows = missing.filter((type) => rows.some((row) => row.type === type && row.customised));
    const toPut = [...(ownRows.length < missing.length ? ['DEFAULT_4XX'] : []), ...ownRows];
    yield flag({
      subject,
      affected: affectedOf(deployment, guarded),
      message: `In stage ${stage.name}, ${listNames(bare)} ${agree(bare.length, 'is', 'are')} answered without Access-Control-Allow-Origin: browsers show a CORS error instead of the refusal.`,
      evidence: bare.map((type) => ({
        operation: deployment.of === 'draft' ? 'GetGatewayResponses' : 'GetExport',
        field: `${type} responseParameters`,
        value: 'no Access-Control-Allow-Origin',
      })),
      fix: [
        toPut.length === 0
          ? { step: 'The draft has the header already: it only has to be deployed.', commands: [] }
          : {
              step: 'Add the header to the gateway responses; their other headers, status and templates stay as they are.',
              commands: toPut.map((type) => putWithOrigin(deployment, type, account.region)),
            },
        redeploy(api, [stage], account.region),
      ],
    });
  },
});
