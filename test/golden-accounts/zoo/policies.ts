import { allow, deny, method, policy, preflight, restApi, gatewayResponse } from '../../support/build';
import type { Method } from '../../../lambda/model/method';
import type { RestApi } from '../../../lambda/model/rest-api';
import type { Area } from '../area';

const get = method('GET', '/orders');
const signed = method('GET', '/orders', { authorizationType: 'AWS_IAM' });
const under = (
  name: string,
  text: string,
  methods: readonly Method[] = [get],
  endpointType = 'REGIONAL',
): RestApi => restApi(name, { endpointTypes: [endpointType], methods, policy: text });
const when = (operator: string, key: string, ...values: readonly string[]) => ({
  Condition: { [operator]: { [key]: values } },
});

/** Resource policies that keep everybody out, each for a reason of its own. */
export const policies: Area = {
  restApis: [
    under('inverted', policy(deny(), allow())),
    under('blocklist', policy(deny(when('IpAddress', 'aws:SourceIp', '198.51.100.0/24')))),
    under('astray', policy(allow({ Resource: 'execute-api:/production/*' }))),
    under('named', policy(allow({ Principal: { AWS: 'arn:aws:iam::222233334444:role/clerk' } }))),
    under('intranet', policy(allow(when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')))),
    under('address', policy(allow(when('IpAddress', 'aws:SourceIp', '10.2.0.0/16'))), [get], 'PRIVATE'),
    under('formerly', policy(allow(), deny(when('StringNotEquals', 'aws:SourceVpce', 'vpce-0names')))),
    under('verbs', policy(allow({ Resource: 'execute-api:/*/GET/*' })), [get, preflight('/orders')]),
    under('torn', '{"Version": "2012-10-17", "Statement": ['),
    under('federated', policy(allow({ Principal: { Federated: 'arn:aws:iam::222233334444:role/clerk' } })), [
      signed,
    ]),
    under(
      'abroad',
      policy(
        allow({
          Principal: { AWS: 'arn:aws:iam::555566667777:role/partner' },
          Resource: 'execute-api:/prod/GET/order',
        }),
        allow({ Principal: { AWS: 'arn:aws:iam::222233334444:role/clerk' } }),
      ),
      [signed],
    ),
  ],
};

/** Preflights and error responses of APIs that browsers call. */
export const browsers: Area = {
  restApis: [
    restApi('guarded', {
      methods: [method('POST', '/orders'), method('OPTIONS', '/orders', { authorizationType: 'AWS_IAM' })],
    }),
    restApi('partly', { methods: [method('POST', '/orders'), preflight('/orders'), method('PUT', '/me')] }),
    restApi('narrow', {
      methods: [signed, preflight('/orders', "'Content-Type'")],
      gatewayResponses: [gatewayResponse('DEFAULT_4XX', { status: 404 })],
    }),
  ],
};
