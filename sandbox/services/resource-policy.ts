import type { ParsedRestApi } from '../account-file';
import type { Context } from '../service';

type Document = Readonly<Record<string, unknown>>;

const SHORT_FORM = 'execute-api:/';

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Resources that begin `execute-api:/` are stored in full; others, `execute-api:*` among them, stay as written. */
const expanded = (resource: unknown, apiArn: string): unknown =>
  typeof resource === 'string' && resource.startsWith(SHORT_FORM)
    ? `${apiArn}/${resource.slice(SHORT_FORM.length)}`
    : resource;

/** A list of one is stored as its only item. */
const collapsed = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? value[0] : value;

const storedMember = (name: string, value: unknown, apiArn: string): unknown => {
  if (name === 'Resource' || name === 'NotResource') {
    return collapsed(
      Array.isArray(value) ? value.map((item) => expanded(item, apiArn)) : expanded(value, apiArn),
    );
  }
  return name === 'Action' || name === 'NotAction' ? collapsed(value) : value;
};

const storedStatement = (statement: unknown, apiArn: string): unknown =>
  isDocument(statement)
    ? Object.fromEntries(
        Object.entries(statement).map(([name, value]) => [name, storedMember(name, value, apiArn)]),
      )
    : statement;

/** A resource policy as API Gateway keeps it. */
export const storedPolicy = (
  document: Document,
  apiId: string,
  { account, regionName }: Pick<Context, 'account' | 'regionName'>,
): Document => {
  const apiArn = `arn:${account.partition}:execute-api:${regionName}:${account.accountId}:${apiId}`;
  const statements = document['Statement'];
  return {
    ...document,
    Statement: Array.isArray(statements)
      ? statements.map((statement) => storedStatement(statement, apiArn))
      : storedStatement(statements, apiArn),
  };
};

/** The text that GetRestApi sends: JSON with every quote as `\"` and every slash as `\/`. */
export const escapedPolicy = (document: Document): string =>
  JSON.stringify(document).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('/', '\\/');

/** The document behind an escaped text, by the one way in which clients read it. */
const unescapedPolicy = (policy: string): Document =>
  JSON.parse(JSON.parse(`"${policy}"`) as string) as Document;

/** The draft's policy as a document, stored form; `null`: none. */
export const draftPolicy = (
  api: Pick<ParsedRestApi, 'policy' | 'policyDocument' | 'id'>,
  context: Context,
): Document | null => {
  if (api.policyDocument !== undefined) return storedPolicy(api.policyDocument, api.id ?? '', context);
  return api.policy === undefined ? null : unescapedPolicy(api.policy);
};
