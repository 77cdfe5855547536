import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';

/** The region of the standard chain (environment, then the profile's); `null`: none is set. */
export const defaultRegion = async (): Promise<string | null> => {
  try {
    return await new STSClient({}).config.region();
  } catch {
    // The SDK throws when it finds none, and says no more than that.
    return null;
  }
};

/** Names of the regions that are enabled for the account, sorted. Throws what the SDK throws. */
export const enabledRegions = async (askedIn: string): Promise<readonly string[]> => {
  const { Regions = [] } = await new EC2Client({ region: askedIn }).send(new DescribeRegionsCommand({}));
  return Regions.flatMap(({ RegionName: name }) => (name === undefined ? [] : [name])).sort();
};
