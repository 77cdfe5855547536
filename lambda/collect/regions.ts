import { DescribeRegionsCommand, type DescribeRegionsResult } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { classifyError } from './aws-errors';
import { CallCount } from './call-count';
import { makeClients, type ClientSettings } from './clients';
import type { Pacer } from './pace';
import { permissionOf } from './permissions';
import { list, ShapeError, text } from './shape';

/** The region of the standard chain (environment, then the profile's); `null`: none is set. */
export const defaultRegion = async (): Promise<string | null> => {
  try {
    return await new STSClient({}).config.region();
  } catch {
    // The SDK throws when it finds none, and says no more than that.
    return null;
  }
};

/** AWS does not tell which regions the account has. */
export class RegionsError extends Error {
  /** The IAM action to allow; `null`: something else is wrong. */
  readonly permission: string | null;

  constructor(error: unknown) {
    const { outcome, detail, action } = classifyError(error);
    super(`AWS did not tell which regions the account has: ${detail}`);
    this.name = 'RegionsError';
    this.permission = outcome === 'denied' ? (action ?? permissionOf('DescribeRegions')) : null;
  }
}

/** @throws ShapeError */
const toNames = ({ Regions }: DescribeRegionsResult): readonly string[] => {
  const names = list(Regions, 'Regions').map(({ RegionName }) => text(RegionName, 'Regions[].RegionName'));
  if (names.length === 0) throw new ShapeError('Regions: an account has at least one');
  return names.sort();
};

/**
 * Names of the regions that are enabled for the account, sorted.
 *
 * @throws RegionsError
 */
export const enabledRegions = async (settings: ClientSettings, pacer: Pacer): Promise<readonly string[]> => {
  const { ec2 } = makeClients(settings, pacer, new CallCount());
  try {
    return toNames(await ec2.send(new DescribeRegionsCommand({})));
  } catch (error) {
    throw new RegionsError(error);
  }
};
