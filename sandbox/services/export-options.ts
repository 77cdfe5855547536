export type ExportType = 'oas30' | 'swagger';

export const isExportType = (text: string | undefined): text is ExportType =>
  text === 'oas30' || text === 'swagger';

/** What the export shows beside plain OpenAPI (DEP-12, DEP-14). */
export interface Extensions {
  /** Policy, gateway responses, key source, binary media types. */
  readonly settings: boolean;
  readonly integrations: boolean;
  readonly authorizers: boolean;
}

const DOCUMENTED = ['apigateway', 'integrations', 'authorizers'];

/** `null` when a name is none of the documented ones. */
export const parseExtensions = (text: string | undefined): Extensions | null => {
  const names = (text ?? '').split(',').filter((name) => name !== '');
  if (names.some((name) => !DOCUMENTED.includes(name))) return null;
  const all = names.includes('apigateway');
  return {
    settings: all,
    integrations: all || names.includes('integrations'),
    authorizers: all || names.includes('authorizers'),
  };
};
