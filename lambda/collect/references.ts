import { deploymentsOf } from '../model/deployment';
import { isKnown } from '../model/known';
import { providersOf } from '../model/queries';
import type { RestApi, Snapshot } from '../model/rest-api';
import { resolveVariables } from '../model/stage-variables';
import { functionArnOf } from './functions';

/** What an API names outside itself, stage variables put in. */
export interface References {
  readonly userPoolArns: ReadonlySet<string>;
  readonly functionArns: ReadonlySet<string>;
  readonly webAclArns: ReadonlySet<string>;
}

interface View extends Snapshot {
  readonly variables: Readonly<Record<string, string>>;
}

const viewsOf = (api: RestApi): readonly View[] => {
  if (!isKnown(api.stages) || api.stages.value.length === 0) return [{ ...api.draft, variables: {} }];
  return api.stages.value.flatMap((stage) => deploymentsOf(api, stage));
};

/** Everything that the draft, the stages and their canaries name, each with the variables of its stage. */
export const referencesOf = (api: RestApi): References => {
  const userPoolArns = new Set<string>();
  const functionArns = new Set<string>();
  for (const { authorizers, variables } of viewsOf(api)) {
    if (!isKnown(authorizers)) continue;
    for (const authorizer of authorizers.value) {
      for (const { arn } of providersOf(authorizer, variables)) if (arn !== null) userPoolArns.add(arn);
      const uri = authorizer.uri === null ? null : resolveVariables(authorizer.uri, variables);
      const functionArn = uri === null ? null : functionArnOf(uri);
      if (functionArn !== null) functionArns.add(functionArn);
    }
  }
  const stages = isKnown(api.stages) ? api.stages.value : [];
  const webAclArns = new Set(stages.flatMap(({ webAclArn }) => (webAclArn === null ? [] : [webAclArn])));
  return { userPoolArns, functionArns, webAclArns };
};
