import type { Account, FunctionEntry } from '../model/account';
import { isKnown, known, type Unreadable } from '../model/known';
import type { RestApi } from '../model/rest-api';
import type { UserPoolEntry } from '../model/user-pool';
import { referencesOf, type References } from '../collect/references';
import type { Assembly } from './assembly';
import { domainsOf } from './domains';
import { functionsOf } from './functions';
import { distributionsOf, gatewayAccountOf, vpcEndpointsOf } from './network';
import { notRead } from './not-read';
import { isStandIn } from './properties';
import { restApisOf } from './rest-apis';
import { usagePlansOf } from './usage-plans';
import { userPoolsOf } from './user-pools';
import { webAclsOf, withWebAcls } from './web-acls';

const asksForScopes = ({ draft }: RestApi): boolean =>
  isKnown(draft.methods) &&
  draft.methods.value.some(
    ({ scopes }) => !isKnown(scopes) || scopes.value.some((scope) => scope.includes('/')),
  );

/** Pools that authorizers name and the template does not make exist or not: nobody can tell. */
const withOtherPools = (
  assembly: Assembly,
  held: readonly UserPoolEntry[],
  named: ReadonlySet<string>,
): readonly UserPoolEntry[] => [
  ...held.filter(({ arn }) => named.has(arn)),
  ...[...named]
    .filter((arn) => !held.some((one) => one.arn === arn))
    .map((arn) => ({ arn, pool: assembly.whyUnknown(arn, 'AWS::Cognito::UserPool', 'user pool') })),
];

const withOtherFunctions = (
  assembly: Assembly,
  held: readonly FunctionEntry[],
  named: ReadonlySet<string>,
): readonly FunctionEntry[] => [
  ...held,
  ...[...named]
    .filter((arn) => !held.some((one) => one.arn === arn))
    .map((arn) => {
      const gap = assembly.whyUnknown(arn, 'AWS::Lambda::Function', 'function');
      return { arn, configuration: gap, policy: gap, reservedConcurrency: gap };
    }),
];

const union = (references: readonly References[]): References => ({
  userPoolArns: new Set(references.flatMap(({ userPoolArns }) => [...userPoolArns])),
  functionArns: new Set(references.flatMap(({ functionArns }) => [...functionArns])),
  webAclArns: new Set(references.flatMap(({ webAclArns }) => [...webAclArns])),
});

/** Functions whose address is not known have no entry, so that the reason is told here. */
const unknownFunctions = (assembly: Assembly, apis: readonly RestApi[]): readonly Unreadable[] =>
  apis.flatMap(({ draft }) =>
    isKnown(draft.authorizers)
      ? draft.authorizers.value.flatMap(({ uri }) => {
          const gap = uri !== null && isStandIn(uri) ? assembly.whyUnresolved(uri) : null;
          return gap === null ? [] : [gap];
        })
      : [],
  );

/** What an assembly deploys, as the account that it makes; `leftOut` is in the template and not in the account. */
export const accountOf = (
  assembly: Assembly,
  collectedAt: Date,
): { readonly account: Account; readonly leftOut: readonly Unreadable[] } => {
  const { place } = assembly;
  const apis = withWebAcls(assembly, restApisOf(assembly));
  const named = union(apis.map(referencesOf));
  const { usagePlans, apiKeys } = usagePlansOf(assembly, apis);
  const account: Account = {
    ...place,
    schemaVersion: 1,
    collectedAt: collectedAt.toISOString(),
    scannedRegions: [place.region],
    restApis: known(apis),
    slices: {
      usagePlans,
      apiKeys,
      domains: domainsOf(assembly, apis),
      domainAccessAssociations: known([]),
      userPools: known(
        withOtherPools(assembly, userPoolsOf(assembly, apis.some(asksForScopes)), named.userPoolArns),
      ),
      functions: known(withOtherFunctions(assembly, functionsOf(assembly), named.functionArns)),
      vpcEndpoints: vpcEndpointsOf(assembly, apis),
      webAcls: known(webAclsOf(assembly, named.webAclArns)),
      distributions: distributionsOf(assembly),
      gatewayAccount: gatewayAccountOf(assembly, apis),
      callerRoles: known([]),
    },
  };
  return {
    account,
    leftOut: [...notRead(assembly), ...assembly.leftOut(), ...unknownFunctions(assembly, apis)],
  };
};
