import { parseArn } from '../model/arn';
import { aws } from './commands';

/** Statement ids take letters, digits, hyphens and underscores (fix 22). */
const statementIdOf = (wanted: string, policy: string | null): string => {
  const id = wanted.replaceAll(/[^A-Za-z0-9_-]/g, '-');
  let free = id;
  // An id that is taken is refused with 409.
  for (let number = 2; policy?.includes(`"${free}"`) === true; number += 1) free = `${id}-${number}`;
  return free;
};

/** Function name or ARN without qualifier, and the qualifier. */
const partsOf = (functionArn: string): { readonly name: string; readonly qualifier: string | null } => {
  // arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME:QUALIFIER
  const parts = functionArn.split(':');
  return { name: parts.slice(0, 7).join(':'), qualifier: parts[7] ?? null };
};

/** Lets a service invoke a function, on the qualifier it is called with (LAM-16). */
export const addPermission = (
  functionArn: string,
  policy: string | null,
  given: { readonly statementId: string; readonly principal: string; readonly sourceArn: string },
): string => {
  const { name, qualifier } = partsOf(functionArn);
  return aws('lambda', 'add-permission', parseArn(functionArn)?.region ?? null, {
    functionName: name,
    ...(qualifier === null ? {} : { qualifier }),
    statementId: statementIdOf(given.statementId, policy),
    action: 'lambda:InvokeFunction',
    principal: given.principal,
    sourceArn: given.sourceArn,
  });
};
