import { bearing } from './people';
import { STAGE } from './seed';
import type { Call } from './world';

export const ORDERS = '/orders';

/** `GET /orders` of an API, without any credential. */
export const getOrders = (restApiId: string, more: Partial<Call> = {}): Call => ({
  restApiId,
  stage: STAGE,
  verb: 'GET',
  path: ORDERS,
  headers: {},
  ...more,
});

export const getOrdersWith = (restApiId: string, token: string, more: Partial<Call> = {}): Call =>
  getOrders(restApiId, { headers: bearing(token), ...more });
