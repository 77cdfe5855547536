import type { Deployment } from '../../model/deployment';
import { isKnown } from '../../model/known';
import type { Method } from '../../model/method';
import type { MethodSetting } from '../../model/rest-api';
import { passes, refuses, unsure, type Answer } from '../answer';
import { CACHE_CONTROL_REFUSED } from '../refusals';
import type { Identity, Request } from '../request';

/** Settings are named `~1pets/GET` or `pets/GET`, and `*` + `/*` for all. */
const settingOf = (deployment: Deployment, method: Method, verb: string): MethodSetting | undefined => {
  const { methodSettings } = deployment.stage;
  const path = method.path.slice(1);
  const keys = [
    `${path}/${verb}`,
    `${method.path}/${verb}`,
    `~1${path.replaceAll('/', '~1')}/${verb}`,
    `${path.replaceAll('/', '~1')}/${verb}`,
    '*/*',
  ];
  const key = keys.find((one) => Object.hasOwn(methodSettings, one));
  return key === undefined ? undefined : methodSettings[key];
};

/** MIS-15: a browser's reload asks to bypass the cache, and the stage lets only some callers do that. */
const judgeCacheControl = (
  deployment: Deployment,
  method: Method,
  request: Request,
  identity: Identity,
): Answer | null => {
  if (!deployment.stage.cacheClusterEnabled || request.verb !== 'GET') return null;
  if (!/max-age\s*=\s*0(?!\d)/i.test(request.headers['cache-control'] ?? '')) return null;
  const setting = settingOf(deployment, method, request.verb);
  if (setting === undefined || !setting.cachingEnabled || !setting.requireAuthorizationForCacheControl)
    return null;
  if (setting.unauthorizedCacheControlHeaderStrategy !== 'FAIL_WITH_403') return null;
  const because =
    'The call asks to bypass the cache (Cache-Control: max-age=0), and the stage answers 403 to callers who may not';
  return identity.credential.kind === 'signed'
    ? unsure(`${because}; whether this principal may is not known.`, 'MIS-15', CACHE_CONTROL_REFUSED)
    : refuses('cache-control-refused', CACHE_CONTROL_REFUSED, `${because}.`, 'MIS-15');
};

/** The last gate: API Gateway's part is over, and the backend's begins (MSG-36). */
export const judgeIntegration = (
  deployment: Deployment,
  method: Method,
  request: Request,
  identity: Identity,
): Answer => {
  const cache = judgeCacheControl(deployment, method, request, identity);
  if (cache !== null) return cache;
  const integration = isKnown(method.integration) ? method.integration.value : null;
  if (
    integration?.credentials?.startsWith('arn:aws:iam::*:') === true &&
    identity.credential.kind !== 'signed'
  ) {
    return unsure(
      "The integration calls its backend with the caller's own credentials, and this caller has none.",
      'MIS-17',
    );
  }
  return passes(
    integration?.type === 'MOCK'
      ? 'API Gateway answers by itself.'
      : 'The call is handed to the backend, whose own 401 or 403 would come through as it is.',
    'MSG-36',
  );
};
