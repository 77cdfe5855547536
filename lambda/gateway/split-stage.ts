/** The first segment of an execute-api path, which names the stage, and the rest (RTE-3). */
export const splitStage = (path: string): { readonly name: string; readonly rest: string } => {
  const [name = '', ...rest] = path.replace(/^\/+/, '').split('/');
  return { name, rest: `/${rest.join('/')}` };
};

/** What stands in front of a path: base path and stage, as far as there are any. */
export const joinSegments = (...segments: readonly string[]): string =>
  segments.map((segment) => (segment === '' ? '' : `/${segment}`)).join('');
