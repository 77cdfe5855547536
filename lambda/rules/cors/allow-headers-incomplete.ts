import { examplePath, route } from '../../gateway/route';
import { isKnown, valueOr, type Unreadable } from '../../model/known';
import type { Deployment } from '../../model/deployment';
import type { Integration, Method } from '../../model/method';
import { draftMethodOf } from '../authorizer-fixes';
import { aws, patches, redeploy } from '../commands';
import { ALLOW_ORIGIN, guardOf } from '../cors';
import { credentialHeaders, headerName } from '../credential-headers';
import { resourceIdOf } from '../keyed-methods';
import { agree, listMethods, listNames, nearest, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, CORS_ERROR } from '../verdict';

const ALLOW_HEADERS = 'access-control-allow-headers';
const PARAMETER = 'method.response.header.Access-Control-Allow-Headers';

interface Answer {
  readonly statusCode: string;
  /** The mapping; `null`: there is none. */
  readonly stored: string | null;
  /** Names as they are listed. */
  readonly listed: readonly string[];
}

/** What a mock answers to preflights; `null`: nothing, or what is mapped from the request, so that it depends on the call. */
const answerOf = ({ answers }: Integration): Answer | null => {
  const answer = answers.find(({ headers }) => ALLOW_ORIGIN in headers || ALLOW_HEADERS in headers);
  if (answer === undefined) return null;
  const { statusCode, headers } = answer;
  const stored = headers[ALLOW_HEADERS] ?? null;
  const text = /^'(.*)'$/s.exec(stored?.trim() ?? "''")?.[1];
  if (text === undefined) return null;
  const names = text.split(',').map((name) => name.trim());
  return { statusCode, stored, listed: names.filter((name) => name !== '') };
};

/** Names that a list does not cover; `*` stands for all but Authorization. */
const uncovered = (names: readonly string[], { listed }: Answer): readonly string[] => {
  const allowed = listed.map((name) => name.toLowerCase());
  return names.filter(
    (name) => !allowed.includes(name) && !(allowed.includes('*') && name !== 'authorization'),
  );
};

interface Lack {
  readonly preflight: Method;
  readonly answer: Answer;
  readonly methods: readonly Method[];
  readonly missing: readonly string[];
  /** What the preflight lists in place of one of them, by a slip. */
  readonly slips: readonly string[];
}

/** What the draft answers, which a change starts from: it may have the header by now, and others besides. */
const draftAnswer = (deployment: Deployment, { preflight, answer }: Lack): Answer | null => {
  const { integration } = draftMethodOf(deployment, preflight);
  if (!isKnown(integration) || integration.value === null) return answer;
  return integration.value.type === 'MOCK' ? answerOf(integration.value) : null;
};

const addHeaders = (deployment: Deployment, lack: Lack, region: string): readonly string[] => {
  const answer = draftAnswer(deployment, lack);
  const names = answer === null ? [] : uncovered(lack.missing, answer);
  if (answer === null || names.length === 0) return [];
  const { statusCode, stored, listed } = answer;
  const on = {
    restApiId: deployment.api.id,
    resourceId: resourceIdOf(deployment, lack.preflight.path),
    httpMethod: 'OPTIONS',
    statusCode,
  };
  const path = `/responseParameters/${PARAMETER}`;
  return [
    ...(stored === null
      ? [
          aws('apigateway', 'update-method-response', region, {
            ...on,
            patchOperations: patches({ op: 'add', path, value: 'false' }),
          }),
        ]
      : []),
    aws('apigateway', 'update-integration-response', region, {
      ...on,
      patchOperations: patches({
        op: stored === null ? 'add' : 'replace',
        path,
        value: `'${[...listed, ...names.map(headerName)].join(',')}'`,
      }),
    }),
  ];
};

export default deploymentRule({
  id: 'cors/allow-headers-incomplete',
  gate: 'authentication',
  symptom: CORS_ERROR,
  reach: 'every-call',
  callers: 'browsers',
  title: 'The CORS preflight does not allow the header that carries the credentials',
  why: 'A browser sends a header to another origin only if the answer to the preflight lists it in Access-Control-Allow-Headers. When the list lacks the header that the method reads its token or key from, the browser does not make the call at all. By the Fetch standard, a list of * does not cover Authorization.',
  fix: ['Add the header to Access-Control-Allow-Headers of the OPTIONS method, and deploy.'],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html'],
  facts: ['CRS-6', 'CRS-7', 'CRS-8', 'CRS-10'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const all = deployment.methods.value;
    const gaps: Unreadable[] = [];
    const byPreflight = new Map<Method, Method[]>();
    for (const method of all) {
      const preflight = route(all, 'OPTIONS', examplePath(method.path));
      if (preflight?.verb !== 'OPTIONS') continue;
      const others = byPreflight.get(preflight);
      if (others === undefined) byPreflight.set(preflight, [method]);
      else others.push(method);
    }
    const lacks: Lack[] = [];
    for (const [preflight, methods] of byPreflight) {
      if (!isKnown(preflight.integration)) {
        gaps.push(preflight.integration);
        continue;
      }
      // A proxy's backend answers (CRS-10), and a guarded OPTIONS fails earlier.
      const { asksFor, gaps: unread } = guardOf(preflight);
      if (preflight.integration.value?.type !== 'MOCK' || asksFor !== null) continue;
      if (unread.length > 0) {
        gaps.push(...unread);
        continue;
      }
      const answer = answerOf(preflight.integration.value);
      if (answer === null) continue;
      const missing = new Set<string>();
      const losing: Method[] = [];
      for (const method of methods) {
        const needed = credentialHeaders(deployment, method);
        gaps.push(...needed.gaps);
        const absent = uncovered(needed.headers, answer);
        if (absent.length === 0) continue;
        losing.push(method);
        for (const name of absent) missing.add(name);
      }
      if (losing.length > 0) {
        const slips = [...missing].flatMap((name) => nearest(name, answer.listed) ?? []);
        lacks.push({ preflight, answer, methods: losing, missing: [...missing], slips });
      }
    }
    for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
    if (lacks.length === 0) return;

    const lost = lacks.flatMap(({ methods }) => methods);
    const missing = [...new Set(lacks.flatMap((one) => one.missing))].map(headerName);
    const slips = [...new Set(lacks.flatMap((one) => one.slips))].map(quote);
    // Browsers differ in how they take `*` (CRS-8), and a signature may stand in the query string.
    const certain = lacks.some(
      ({ answer, methods }) =>
        !answer.listed.includes('*') &&
        methods.some((method) => valueOr(method.authorizationType, 'NONE') !== 'AWS_IAM'),
    );
    const starred = lacks.every(({ answer }) => answer.listed.includes('*'));
    const unlisted = starred
      ? 'which the * in Access-Control-Allow-Headers of the preflight does not cover by the Fetch standard, though not every browser keeps to that'
      : 'which Access-Control-Allow-Headers of the preflight does not list';
    const commands = lacks.flatMap((lack) => addHeaders(deployment, lack, account.region));
    yield flag({
      subject,
      ...(certain ? {} : { reach: 'some-calls' }),
      affected: affectedOf(deployment, lost),
      message: `${listMethods(lost)} in stage ${stage.name} ${agree(lost.length, 'reads', 'read')} credentials from ${listNames(missing)}, ${unlisted}${slips.length === 0 ? '' : `: it lists ${listNames(slips)}, likely by a slip`}.`,
      evidence: lacks.map(({ preflight, answer }) => ({
        operation: deployment.of === 'draft' ? 'GetResources' : 'GetExport',
        field: `OPTIONS ${preflight.path} Access-Control-Allow-Headers`,
        value: answer.stored ?? 'none',
      })),
      fix: [
        ...(commands.length === 0
          ? []
          : [{ step: 'Add the header to those that the preflight allows.', commands }]),
        redeploy(api, [stage], account.region),
      ],
    });
  },
});
