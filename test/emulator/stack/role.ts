import {
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Emulator } from '../harness/emulator';
import { given } from '../shop/clients';

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

export const listOf = (value: string | readonly string[]): readonly string[] => [value].flat();

/** The policy of the deployed function's role, as it may be changed and put back. */
export interface Role {
  readonly statements: readonly Statement[];
  replace(statements: readonly Statement[]): Promise<void>;
  close(): void;
}

export const readRole = async (emulator: Emulator, functionName: string): Promise<Role> => {
  const [iam, lambda] = [new IAMClient(emulator.client()), new LambdaClient(emulator.client())];
  const { Role: arn } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  lambda.destroy();
  const RoleName = given(arn, 'Role').split('/').at(-1);
  const { PolicyNames: [PolicyName, ...others] = [] } = await iam.send(
    new ListRolePoliciesCommand({ RoleName }),
  );
  if (others.length > 0) throw new Error(`the role has more policies: ${others.join(', ')}`);
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  const document = JSON.parse(decodeURIComponent(PolicyDocument)) as {
    readonly Version: string;
    readonly Statement: readonly Statement[];
  };
  return {
    statements: document.Statement,
    replace: async (statements) => {
      const changed = JSON.stringify({ ...document, Statement: statements });
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: changed }));
    },
    close: () => iam.destroy(),
  };
};

/** The statements without an action, wherever it stands. */
export const withoutAction = (statements: readonly Statement[], action: string): readonly Statement[] =>
  statements.flatMap((statement) => {
    const Action = listOf(statement.Action).filter((one) => one !== action);
    return Action.length === 0 ? [] : [{ ...statement, Action }];
  });

/** The statements without one resource of an action; the other actions keep it. */
export const withoutResource = (
  statements: readonly Statement[],
  action: string,
  resource: string,
): readonly Statement[] =>
  statements.flatMap((statement) => {
    if (!listOf(statement.Action).includes(action)) return [statement];
    const Resource = listOf(statement.Resource).filter((one) => one !== resource);
    return [
      ...withoutAction([statement], action),
      ...(Resource.length === 0 ? [] : [{ ...statement, Action: action, Resource }]),
    ];
  });
