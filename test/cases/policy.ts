interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document as its author wrote it, the version left out. */
export interface Policy {
  readonly Statement: readonly Statement[];
}

const statement =
  (Effect: Statement['Effect']) =>
  (Resource: Statement['Resource'], Condition?: Statement['Condition']): Statement => ({
    Effect,
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  });

/** Statements about everybody who invokes. */
export const allow = statement('Allow');
export const deny = statement('Deny');

/** What makes a policy refuse nobody. */
export const ALLOW_ALL: Policy = { Statement: [allow('execute-api:/*')] };
