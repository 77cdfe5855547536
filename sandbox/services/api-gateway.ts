import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { Service } from '../service';
import { API_OPERATIONS } from './api-gateway-apis';
import { DOMAIN_OPERATIONS } from './api-gateway-domains';
import { KEY_OPERATIONS } from './api-gateway-keys';
import { STAGE_OPERATIONS } from './api-gateway-stages';
import { TEST_INVOKE_OPERATIONS } from './test-invoke';

export const API_GATEWAY: Service = {
  name: 'api-gateway',
  signingName: 'apigateway',
  iamPrefix: 'apigateway',
  protocol: 'rest-json',
  client: new APIGatewayClient({ region: 'us-east-1' }),
  denied: { code: 'AccessDeniedException', status: 403 },
  throttled: { code: 'TooManyRequestsException', status: 429, message: 'Too Many Requests' },
  operations: [
    ...API_OPERATIONS,
    ...STAGE_OPERATIONS,
    ...KEY_OPERATIONS,
    ...DOMAIN_OPERATIONS,
    ...TEST_INVOKE_OPERATIONS,
  ],
};
