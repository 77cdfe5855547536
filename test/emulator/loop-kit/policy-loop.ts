import { getOrders, ORDERS } from './calls';
import { defineLoop, type Loop } from './loop';
import { deploy, makeDeployedApi, setPolicy, type MethodSeed } from './seed';
import type { Call, World } from './world';

type Statement = Readonly<Record<string, unknown>>;

/** A statement about every call of everybody, unless said. */
export const statement = (effect: 'Allow' | 'Deny', given: Statement = {}): Statement => ({
  Effect: effect,
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
  ...given,
});

export const policyOf = (statements: readonly Statement[]): object => ({
  Version: '2012-10-17',
  Statement: statements,
});

const setAndDeploy = async (world: World, restApiId: string, policy: readonly Statement[]): Promise<void> => {
  await setPolicy(world, restApiId, policyOf(policy));
  await deploy(world, restApiId);
};

/** Open methods behind a policy that lets everybody in, until it has these statements. */
export const policyLoop = (
  given: Pick<Loop, 'fault' | 'rule' | 'silentBecause' | 'fill' | 'overTls'> & {
    /** What is behind the policy; `GET /orders` unless said. */
    readonly methods?: readonly MethodSeed[];
    readonly statements: (world: World) => readonly Statement[];
    /** How everybody calls. */
    readonly as?: Partial<Call>;
  },
): Loop => {
  const { methods = [{ verb: 'GET', path: ORDERS }], statements, as = {}, ...named } = given;
  return defineLoop({
    family: 'policy on NONE',
    ...named,
    seed: async (world) => {
      const restApiId = await makeDeployedApi(world, ...methods);
      await setAndDeploy(world, restApiId, [statement('Allow')]);
      return { restApiId };
    },
    call: async (_, { restApiId }) => getOrders(restApiId, { ...as, restApiId }),
    breakIt: (world, { restApiId }) => setAndDeploy(world, restApiId, statements(world)),
    ...(named.rule === null
      ? { byHand: (world: World, { restApiId }) => setAndDeploy(world, restApiId, [statement('Allow')]) }
      : {}),
  });
};
