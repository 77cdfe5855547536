import type { ParsedRestApi } from '../account-file';
import { pageOf } from '../paging';
import type { Context } from '../service';
import { AwsError } from '../wire/aws-error';

/** Default and greatest page size of nearly every list of API Gateway. */
const USUAL = 25;
const MOST = 500;

export const notFound = (message: string): AwsError => new AwsError('NotFoundException', 404, message);

export const badRequest = (message: string): AwsError => new AwsError('BadRequestException', 400, message);

export interface PositionRequest {
  readonly limit?: number | undefined;
  readonly position?: string | undefined;
}

/** One page in API Gateway's form: the items and, unless it is the last, the position of the next. */
export const positioned = <T>(
  all: readonly T[],
  { limit, position }: PositionRequest,
  list: string,
  context: Context,
): { readonly items: readonly T[]; readonly position?: string } => {
  if (limit !== undefined && !(limit > 0)) throw badRequest('limit must be greater than 0');
  const { items, next } = pageOf(all, {
    limit,
    token: position,
    usual: USUAL,
    cap: Math.min(MOST, context.pageSize),
    list,
    invalidToken: () => badRequest('Invalid position parameter specified'),
  });
  return next.token === undefined ? { items } : { items, position: next.token };
};

/** Ids are case sensitive. */
export const restApiOf = (id: string | undefined, { region, account }: Context): ParsedRestApi => {
  const found = region.restApis.find((api) => api.id === id);
  if (found === undefined) throw notFound(`Invalid API identifier specified ${account.accountId}:${id}`);
  return found;
};

type Stage = ParsedRestApi['stages'][number];

export const stageOf = (api: ParsedRestApi, name: string | undefined): Stage => {
  const found = api.stages.find(({ stageName }) => stageName === name);
  if (found === undefined) throw notFound('Invalid stage identifier specified');
  return found;
};

type Deployment = ParsedRestApi['deployments'][number];

export const deploymentOf = (api: ParsedRestApi, id: string | undefined): Deployment => {
  const found = api.deployments.find((deployment) => deployment.id === id);
  if (found === undefined) throw notFound('Invalid Deployment identifier specified');
  return found;
};

/** Leaves members out. */
export const without = <T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
