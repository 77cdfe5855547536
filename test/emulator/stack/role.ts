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

/** Something taken away, and what is left. */
export interface Cut {
  readonly taken: readonly string[];
  readonly left: readonly Statement[];
}

/** Each statement taken away whole, and each action of those that hold several. */
export const cutsOf = (statements: readonly Statement[]): readonly Cut[] =>
  statements.flatMap((statement) => {
    const actions = listOf(statement.Action);
    const others = statements.filter((one) => one !== statement);
    const one = (action: string): Cut => ({
      taken: [action],
      left: [...others, { ...statement, Action: actions.filter((other) => other !== action) }],
    });
    return [{ taken: actions, left: others }, ...(actions.length === 1 ? [] : actions.map(one))];
  });
