import type { Slices } from '../model/account';
import type { VpcEndpoint } from '../model/edge';
import { isKnown, known, type Known } from '../model/known';
import type { RestApi } from '../model/rest-api';
import type { Assembly } from './assembly';
import { policyAt } from './policies';
import { everyOne, fields, flagAt, gapAt, standInAt, textAt } from './properties';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';

/** Names of endpoints that a private API and its policy write out. */
const endpointsNamed = ({ vpcEndpointIds, draft }: RestApi): readonly string[] => [
  ...vpcEndpointIds,
  ...(isKnown(draft.policy) ? (draft.policy.value?.match(/\bvpce-[A-Za-z0-9-]+/g) ?? []) : []),
];

/**
 * The endpoints for API Gateway that the template makes. Those that it does not make may exist as well, so that nothing is said of
 * endpoints where a private API does not name which ones lead to it, or names another one.
 */
export const vpcEndpointsOf = (
  assembly: Assembly,
  apis: readonly RestApi[],
): Known<readonly VpcEndpoint[]> => {
  const ours = assembly.all(ENDPOINT).filter((endpoint) => {
    const service = textAt(endpoint, 'ServiceName');
    return isKnown(service) && service.value?.endsWith('.execute-api') === true;
  });
  const endpoints = everyOne(ours, (endpoint) =>
    fields({
      id: known(`vpce-${endpoint.id}`),
      vpcId: known(standInAt(endpoint, 'VpcId') ?? ''),
      state: known('available'),
      privateDnsEnabled: flagAt(endpoint, 'PrivateDnsEnabled'),
      policy: policyAt(endpoint, 'PolicyDocument', endpoint.stack),
    }),
  );
  if (!isKnown(endpoints)) return endpoints;
  const ids = new Set(endpoints.value.map(({ id }) => id));
  const leaning = apis.find(
    (api) =>
      api.endpointTypes.includes('PRIVATE') &&
      (api.vpcEndpointIds.length === 0 || endpointsNamed(api).some((id) => !ids.has(id))),
  );
  return leaning === undefined
    ? endpoints
    : gapAt(
        { id: leaning.id, type: ENDPOINT },
        '',
        'it is private, and the template does not make all VPC endpoints that may lead to it',
      );
};

const logs = ({ stages }: RestApi): boolean =>
  isKnown(stages) &&
  stages.value.some(({ methodSettings }) =>
    Object.values(methodSettings).some(
      ({ loggingLevel }) => loggingLevel === 'ERROR' || loggingLevel === 'INFO',
    ),
  );

/** A template that makes usage plans is for where they are enabled; of one without them nothing is said. */
const features = ['UsagePlans'];

/** API Gateway's account settings: of the whole region, and mostly made once by another template. */
export const gatewayAccountOf = (
  assembly: Assembly,
  apis: readonly RestApi[],
): Known<Slices['gatewayAccount']> => {
  const [settings] = assembly.all('AWS::ApiGateway::Account');
  if (settings !== undefined) {
    return known({ cloudwatchRoleArn: standInAt(settings, 'CloudWatchRoleArn'), features });
  }
  const logging = apis.find(logs);
  return logging === undefined
    ? known({ cloudwatchRoleArn: null, features })
    : gapAt(
        { id: logging.id, type: 'AWS::ApiGateway::Account' },
        '',
        'its stages write logs, and the template does not say with which role; the account may have one',
      );
};

/** Distributions are not read: where the template has one, nothing is said of what it forwards. */
export const distributionsOf = (assembly: Assembly): Known<Slices['distributions']> => {
  const [first] = assembly.all('AWS::CloudFront::Distribution');
  return first === undefined
    ? known([])
    : gapAt(first, '', 'CloudFront distributions are not read from templates');
};
