import { GetAccountCommand } from '@aws-sdk/client-api-gateway';
import type { Slices } from '../model/account';
import type { Known } from '../model/known';
import type { Door } from './door';
import { optionalText, texts } from './shape';

/** API Gateway's settings of the region. */
export const readGatewayAccount = (door: Door): Promise<Known<Slices['gatewayAccount']>> =>
  door.read({
    operation: 'GetAccount',
    of: `region ${door.place.region}`,
    send: ({ apiGateway }) => apiGateway.send(new GetAccountCommand({})),
    take: ({ cloudwatchRoleArn, features }) => ({
      cloudwatchRoleArn: optionalText(cloudwatchRoleArn, 'cloudwatchRoleArn'),
      features: texts(features, 'features'),
    }),
  });
