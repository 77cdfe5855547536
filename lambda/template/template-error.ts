/** Why a file is no template, or no assembly of them: one sentence that names the file and the thing. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
