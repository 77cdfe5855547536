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

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

const actionsOf = ({ Statement }: PolicyDocument): readonly string[] =>
  Statement.flatMap(({ Action }) => listOf(Action));

/** What the deployed function's role may read, tell and keep, as it may be changed and put back. */
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
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const policies = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { PolicyName, document: JSON.parse(decodeURIComponent(PolicyDocument)) as PolicyDocument };
    }),
  );
  // The other one lets the function invoke itself, which it asks for only when its time is up.
  const reading = policies.find(({ document }) => actionsOf(document).includes('apigateway:GET'));
  if (reading === undefined) throw new Error(`no policy of the role reads: ${PolicyNames.join(', ')}`);
  const { PolicyName, document } = reading;
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
