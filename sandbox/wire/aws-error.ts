/** An error as AWS would answer it; each protocol renders it in its own shape. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export type Protocol = 'rest-json' | 'rest-xml' | 'json' | 'query' | 'ec2-query';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const faultOf = ({ status }: AwsError): string => (status < 500 ? 'Sender' : 'Receiver');

export interface RenderedError {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const renderXml = (error: AwsError, requestId: string, wrap: (inner: string) => string): RenderedError => ({
  contentType: 'text/xml',
  headers: {},
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${wrap(
    element('Code', error.code) + element('Message', escapeXml(error.message)),
  ).replace('REQUEST-ID', requestId)}`,
});

type Render = (error: AwsError, requestId: string, service: string) => RenderedError;

/** CloudFront and the query services. */
const renderErrorResponse: Render = (error, requestId) =>
  renderXml(error, requestId, (inner) =>
    element(
      'ErrorResponse',
      element('Error', element('Type', faultOf(error)) + inner) + element('RequestId', 'REQUEST-ID'),
    ),
  );

const RENDERERS: Readonly<Record<Protocol, Render>> = {
  // A denial comes from the IAM front end, which writes its message with a capital.
  'rest-json': ({ code, message }) => ({
    contentType: 'application/json',
    headers: { 'x-amzn-errortype': code },
    body: JSON.stringify({ [code === 'AccessDeniedException' ? 'Message' : 'message']: message }),
  }),
  json: ({ code, message }) => ({
    contentType: 'application/x-amz-json-1.1',
    headers: { 'x-amzn-errortype': `${code}:` },
    body: JSON.stringify({ __type: code, message }),
  }),
  'ec2-query': (error, requestId) =>
    renderXml(error, requestId, (inner) =>
      element('Response', element('Errors', element('Error', inner)) + element('RequestID', 'REQUEST-ID')),
    ),
  'rest-xml': (error, requestId, service) =>
    service === 's3'
      ? renderXml(error, requestId, (inner) => element('Error', inner + element('RequestId', 'REQUEST-ID')))
      : renderErrorResponse(error, requestId, service),
  query: renderErrorResponse,
};

export const renderError = (
  error: AwsError,
  protocol: Protocol,
  requestId: string,
  service: string,
): RenderedError => RENDERERS[protocol](error, requestId, service);
