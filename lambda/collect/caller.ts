import { GetCallerIdentityCommand, type GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { parseArn } from '../model/arn';
import { classifyError, errorName } from './aws-errors';
import { CallCount } from './call-count';
import { makeClients, type ClientSettings } from './clients';
import { makePacer } from './pace';
import { ShapeError, text } from './shape';

/** The account that the credentials belong to. */
export interface Caller {
  /** Twelve digits. */
  readonly accountId: string;
  /** aws, aws-cn, aws-us-gov. */
  readonly partition: string;
}

/** AWS does not tell who we are. `name` is the name of AWS's or the SDK's own error, such as `ExpiredToken`. */
export class SignInError extends Error {
  constructor(error: unknown) {
    super(`AWS did not tell whose credentials these are: ${classifyError(error).detail}`);
    this.name = errorName(error);
  }
}

/** @throws ShapeError */
export const toCaller = ({ Account, Arn }: GetCallerIdentityResponse): Caller => {
  const accountId = text(Account, 'Account');
  const arn = parseArn(text(Arn, 'Arn'));
  if (!/^\d{12}$/.test(accountId)) throw new ShapeError('Account');
  if (arn === null || arn.partition === '') throw new ShapeError('Arn');
  return { accountId, partition: arn.partition };
};

/** @throws SignInError */
export const readCaller = async (settings: ClientSettings): Promise<Caller> => {
  const { sts } = makeClients(settings, makePacer(), new CallCount());
  try {
    return toCaller(await sts.send(new GetCallerIdentityCommand({})));
  } catch (error) {
    throw new SignInError(error);
  }
};
