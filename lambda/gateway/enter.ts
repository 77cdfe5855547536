import type { Account, SharedAccount } from '../model/account';
import { executeApiArn } from '../model/arn';
import type { DomainName } from '../model/edge';
import { keptWith } from '../model/kept';
import { isKnown, known, type Known } from '../model/known';
import type { RestApi, Stage } from '../model/rest-api';
import { passes, refuses, unsure, type Answer } from './answer';
import { isPrivate } from './call';
import { domainsFor, routeOnDomain, type DomainRoute } from './domain-routing';
import { isPrivateDomain, judgeDomain } from './gates/domain';
import { judgeExecuteApi } from './gates/execute-api';
import { judgeHeaderSize } from './gates/header-size';
import { CONTESTED, FORBIDDEN } from './refusals';
import type { Address, Identity, Request } from './request';
import { splitStage } from './split-stage';
import { weigh } from './weigh';

/** How far a call gets before a method is looked for. */
export interface Entry {
  readonly endpoint: Answer;
  /** `null`: no API is known whose stages could be asked. */
  readonly stage: Answer | null;
  readonly target: {
    readonly api: RestApi;
    readonly stage: Stage;
    readonly path: string;
    readonly viaDomainArn: string | null;
  } | null;
  /** The API that the address names, even where its stage is not there. */
  readonly api: RestApi | null;
}

/** By id in lower case: an id is part of a host's name, and those of a template have capitals. */
const indexOf = keptWith(
  (apis: readonly RestApi[]): ReadonlyMap<string, RestApi> =>
    new Map(apis.map((api) => [api.id.toLowerCase(), api])),
);

const apiOf = (account: Account, id: string): Known<RestApi | null> =>
  isKnown(account.restApis)
    ? known(indexOf(account.restApis.value).get(id.toLowerCase()) ?? null)
    : account.restApis;

interface Staged {
  readonly answer: Answer;
  readonly stage: Stage | null;
}

/** MSG-7, RTE-3. */
const findStage = (api: RestApi, name: string): Staged => {
  if (!isKnown(api.stages)) {
    return {
      answer: unsure(`The stages could not be read: ${api.stages.detail}.`, 'MSG-7', FORBIDDEN),
      stage: null,
    };
  }
  const stage = api.stages.value.find((one) => one.name === name);
  if (stage !== undefined) return { answer: passes(`The API has a stage ${name}.`, 'ORD-5'), stage };
  const names = api.stages.value.map((one) => one.name);
  const because =
    name === ''
      ? 'The address names no stage: its first path segment must be one.'
      : `The API has no stage "${name}"${names.length === 0 ? '; it was never deployed' : `; it has ${names.join(', ')}`}.`;
  return {
    answer: refuses(names.length === 0 ? 'never-deployed' : 'stage-unknown', FORBIDDEN, because, 'MSG-7'),
    stage: null,
  };
};

const withStage = (
  endpoint: Answer,
  api: RestApi,
  staged: Staged,
  path: string,
  viaDomainArn: string | null,
): Entry => ({
  endpoint,
  stage: staged.answer,
  api,
  target: staged.stage === null ? null : { api, stage: staged.stage, path, viaDomainArn },
});

const stopped = (endpoint: Answer, api: RestApi | null = null): Entry => ({
  endpoint,
  stage: null,
  target: null,
  api,
});

const notRead = (id: string, api: Known<RestApi | null>): Answer =>
  unsure(
    isKnown(api)
      ? `API ${id} is not among the APIs that were read.`
      : `The APIs could not be read: ${api.detail}.`,
    'ORD-4',
  );

const enterByExecuteApi = (
  address: Extract<Address, { by: 'execute-api' }>,
  request: Request,
  account: Account,
  identity: Identity,
): Entry => {
  if (address.restApiId === null) {
    return stopped(
      refuses(
        'api-not-named',
        FORBIDDEN,
        "The host is a VPC endpoint's own name; without a Host or x-apigw-api-id header it leads to no API.",
        'PRV-7',
      ),
    );
  }
  if (address.region !== account.region) {
    return stopped(unsure(`The address is in ${address.region}, and ${account.region} was read.`, 'ORD-4'));
  }
  const found = apiOf(account, address.restApiId);
  if (!isKnown(found) || found.value === null) return stopped(notRead(address.restApiId, found));
  const api = found.value;
  const endpoint =
    judgeHeaderSize(request, identity, isPrivate(api) ? 'private' : 'public') ??
    judgeExecuteApi(api, address, account, request, identity);
  const { name, rest } = splitStage(address.path);
  return withStage(endpoint, api, findStage(api, name), rest, null);
};

/** DOM-18. */
const isHealthCheck = (path: string): boolean => path === '/ping' || path === '/sping';

const enterRouted = (
  domain: DomainName,
  route: Extract<DomainRoute, { to: 'api' }>,
  request: Request,
  account: Account,
  identity: Identity,
): Entry => {
  const found = apiOf(account, route.restApiId);
  if (!isKnown(found) || found.value === null) {
    const gone = isKnown(found) ? ' It may be gone, which would be answered 403 Forbidden.' : '';
    const missing = notRead(route.restApiId, found);
    return stopped({ ...missing, because: `${route.because} ${missing.because}${gone}`, fact: 'DOM-6' });
  }
  const api = found.value;
  const { name, rest } =
    route.stage === null ? splitStage(route.path) : { name: route.stage, rest: route.path };
  const viaDomainArn = isPrivateDomain(domain) ? domain.arn : null;
  const resource = executeApiArn(account, api.id, name, request.verb, rest);
  const endpoint = weigh(
    [
      judgeHeaderSize(request, identity, isPrivate(api) ? 'private' : 'public'),
      ...judgeDomain(domain, account, request, identity, resource),
      isPrivateDomain(domain) === isPrivate(api)
        ? null
        : refuses(
            'domain-type-mismatch',
            CONTESTED,
            `Domain ${domain.name} and API ${api.id} are not both public or both private.`,
            'DOM-23',
          ),
    ],
    passes(route.because, route.fact),
  );
  return withStage(endpoint, api, findStage(api, name), rest, viaDomainArn);
};

const unknownHost = (host: string, account: SharedAccount): Answer => {
  const { distributions } = account.slices;
  const distribution = isKnown(distributions)
    ? distributions.value.find((one) => one.domainName === host || one.aliases.includes(host))
    : undefined;
  return distribution === undefined
    ? unsure(`${host} is no custom domain of this account and Region, as far as was read.`, 'ORD-4')
    : unsure(
        `${host} is CloudFront distribution ${distribution.id}; what it forwards decides, so ask about the origin's own URL.`,
        'MIS-11',
      );
};

const enterByHost = (
  address: Extract<Address, { by: 'host' }>,
  request: Request,
  account: Account,
  identity: Identity,
): Entry => {
  const { domains } = account.slices;
  if (!isKnown(domains)) {
    return stopped(unsure(`The custom domains could not be read: ${domains.detail}.`, 'ORD-4'));
  }
  const [domain, ...others] = domainsFor(domains.value, address.host);
  if (domain === undefined) return stopped(unknownHost(address.host, account));
  if (others.length > 0) {
    return stopped(
      unsure(`Several domains are called ${address.host}; the VPC endpoint's association decides.`, 'DOM-20'),
    );
  }
  if (isHealthCheck(address.path)) {
    return stopped(unsure(`On custom domains ${address.path} is taken by health checks.`, 'DOM-18'));
  }
  const route = routeOnDomain(domain, address.path, request.headers);
  switch (route.to) {
    case 'unknown':
      return stopped(unsure(route.because, route.fact));
    case 'nowhere':
      return stopped(
        weigh(
          [
            ...(isPrivateDomain(domain) ? [] : judgeDomain(domain, account, request, identity, domain.arn)),
            refuses('domain-without-route', FORBIDDEN, route.because, route.fact),
          ],
          passes(route.because, route.fact),
        ),
      );
    case 'api':
      return enterRouted(domain, route, request, account, identity);
  }
};

/** Endpoint and stage: from the address to an API's stage (ORD-2 to ORD-5). */
export const enter = (request: Request, account: Account, identity: Identity): Entry => {
  const { address } = request;
  return address.by === 'execute-api'
    ? enterByExecuteApi(address, request, account, identity)
    : enterByHost(address, request, account, identity);
};
