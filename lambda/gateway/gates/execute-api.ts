import type { SharedAccount } from '../../model/account';
import { executeApiArn } from '../../model/arn';
import type { RestApi } from '../../model/rest-api';
import { isNeverPublic, parseBlock } from '../policy/address';
import { passes, refuses, unsure, type Answer } from '../answer';
import { isPrivate } from '../call';
import { CONTESTED, FORBIDDEN, NO_ANSWER } from '../refusals';
import type { Address, Identity, Request } from '../request';
import { splitStage } from '../split-stage';
import { weigh } from '../weigh';
import { endpointUsed, judgeEndpointPolicy, type UsedEndpoint } from './vpc-endpoint';

type ExecuteApiAddress = Extract<Address, { by: 'execute-api' }>;

/** DOM-10; whether the switch also closes the ways through a VPC endpoint is an open question. */
const judgeSwitch = (api: RestApi, isPublicWay: boolean): Answer | null => {
  if (!api.disableExecuteApiEndpoint) return null;
  return isPublicWay
    ? refuses(
        'default-endpoint-disabled',
        FORBIDDEN,
        'The default execute-api endpoint of this API is disabled; it answers on its custom domains only.',
        'DOM-10',
      )
    : unsure(
        'The default endpoint of this API is disabled; whether that closes the way through a VPC endpoint is not settled.',
        'DOM-10',
        FORBIDDEN,
      );
};

/** PRV-8: private DNS of an endpoint takes every execute-api name of the Region for its VPC. */
const judgePublicFromVpc = (used: UsedEndpoint): Answer | null => {
  switch (used.is) {
    case 'none':
      return null;
    case 'elsewhere':
      return unsure(
        `If private DNS is on at that endpoint, this public API cannot be reached by its default name: ${used.because}.`,
        'PRV-8',
        FORBIDDEN,
      );
    case 'own':
      return used.endpoint.privateDnsEnabled
        ? refuses(
            'private-dns-shadows',
            FORBIDDEN,
            `VPC endpoint ${used.endpoint.id} has private DNS, which takes all execute-api names of the Region; this API is public and not behind it.`,
            'PRV-8',
          )
        : null;
  }
};

const judgeUnplaced = (request: Request): Answer => {
  const { ip } = request.source;
  const block = ip === null ? null : parseBlock(ip);
  return block === null || isNeverPublic(block)
    ? unsure(
        'A private API answers only calls that come through an execute-api VPC endpoint; where this call comes from is not known.',
        'PRV-7',
      )
    : refuses(
        'private-api-from-internet',
        NO_ANSWER,
        'A private API answers only calls that come through an execute-api VPC endpoint, and this one comes from the internet.',
        'PRV-15',
      );
};

const judgePrivate = (
  api: RestApi,
  address: ExecuteApiAddress,
  account: SharedAccount,
  request: Request,
  identity: Identity,
  used: UsedEndpoint,
): Answer => {
  const { through } = address;
  if (through?.form === 'alias' && !api.vpcEndpointIds.includes(through.vpcEndpointId)) {
    return refuses(
      'vpc-endpoint-not-associated',
      NO_ANSWER,
      `The name for API and endpoint exists only for endpoints that the API is associated with, and ${through.vpcEndpointId} is not.`,
      'PRV-6',
    );
  }
  if (through?.form === 'endpoint-name' && api.endpointAccessMode === 'STRICT') {
    return refuses(
      'strict-access-mode',
      CONTESTED,
      'The API is in STRICT access mode, which refuses calls whose server name is not their Host.',
      'DOM-15',
    );
  }
  switch (used.is) {
    case 'none':
      return judgeUnplaced(request);
    case 'elsewhere':
      return unsure(`What the VPC endpoint lets through is not known: ${used.because}.`, 'PRV-9');
    case 'own': {
      if (through === null && !used.endpoint.privateDnsEnabled) {
        return refuses(
          'private-dns-off',
          NO_ANSWER,
          `VPC endpoint ${used.endpoint.id} has no private DNS, so the API's plain name does not lead to it.`,
          'PRV-7',
        );
      }
      const { name, rest } = splitStage(address.path);
      const resource = executeApiArn(account, api.id, name, request.verb, rest);
      return judgeEndpointPolicy(used.endpoint, request, identity, resource, null);
    }
  }
};

/** The endpoint gate for the execute-api names of an API. */
export const judgeExecuteApi = (
  api: RestApi,
  address: ExecuteApiAddress,
  account: SharedAccount,
  request: Request,
  identity: Identity,
): Answer => {
  const { through } = address;
  const source = through === null ? request.source : { ...request.source, vpceId: through.vpcEndpointId };
  const used = endpointUsed(account, source);
  if (isPrivate(api)) {
    return weigh(
      [judgePrivate(api, address, account, request, identity, used), judgeSwitch(api, false)],
      passes('The call comes through a VPC endpoint that lets it pass.', 'PRV-2'),
    );
  }
  if (through !== null) {
    return refuses(
      'public-api-through-endpoint',
      through.form === 'alias' ? NO_ANSWER : FORBIDDEN,
      'The API is not private, so no VPC endpoint leads to it.',
      'MSG-32',
    );
  }
  return weigh(
    [judgePublicFromVpc(used), judgeSwitch(api, true)],
    passes('The host is the default endpoint of this API.', 'ORD-4'),
  );
};
