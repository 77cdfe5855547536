import type { Account } from '../../../lambda/model/account';
import { mapKnown } from '../../../lambda/model/known';
import type { RestApi, Snapshot } from '../../../lambda/model/rest-api';

/**
 * What each deployment froze: MiniStack serves the draft, and its exports and summaries show something else again. So the draft is
 * read whenever a deployment is made, and stands for what a stage of that deployment serves.
 */
export interface DeployedDrafts {
  /** A deployment was made just now. */
  note(restApiId: string, deploymentId: string): Promise<void>;
  /** The account with its stages serving what was deployed to them. */
  serve(account: Account): Account;
  forget(): void;
}

const apisOf = ({ restApis }: Account): readonly RestApi[] => {
  if (restApis.state !== 'known') throw new Error(`MiniStack does not list its APIs: ${restApis.detail}`);
  return restApis.value;
};

/** `read` reads one API as it is at this moment. */
export const keepDeployedDrafts = (read: (restApiId: string) => Promise<Account>): DeployedDrafts => {
  const frozen = new Map<string, Snapshot>();
  const snapshotOf = (api: RestApi, deploymentId: string | null): Snapshot =>
    frozen.get(`${api.id} ${deploymentId}`) ?? api.draft;
  return {
    note: async (restApiId, deploymentId) => {
      const [api] = apisOf(await read(restApiId));
      if (api !== undefined) frozen.set(`${restApiId} ${deploymentId}`, api.draft);
    },
    serve: (account) => ({
      ...account,
      restApis: mapKnown(account.restApis, (apis) =>
        apis.map((api) => ({
          ...api,
          stages: mapKnown(api.stages, (stages) =>
            stages.map((stage) => ({
              ...stage,
              snapshot: snapshotOf(api, stage.deploymentId),
              canary: stage.canary && {
                ...stage.canary,
                snapshot: snapshotOf(api, stage.canary.deploymentId),
              },
            })),
          ),
        })),
      ),
    }),
    forget: () => frozen.clear(),
  };
};
