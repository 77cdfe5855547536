import type { Service } from '../service';
import { renderError, type AwsError, type Protocol } from './aws-error';
import {
  encodeEc2,
  encodeJson,
  encodeQuery,
  encodeRest,
  type EncodedAnswer,
  type OperationSchema,
} from './schema';

/** An HTTP answer, with the word for the call log. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** `ok` or an AWS error code. */
  readonly outcome: string;
}

const CONTENT_TYPES: Readonly<Record<Protocol, string>> = {
  'rest-json': 'application/json',
  'rest-xml': 'text/xml',
  json: 'application/x-amz-json-1.1',
  query: 'text/xml',
  'ec2-query': 'text/xml;charset=UTF-8',
};

type Encode = (
  service: Service,
  schema: OperationSchema,
  output: unknown,
  requestId: string,
) => EncodedAnswer;

const ok = (body: EncodedAnswer['body']): EncodedAnswer => ({ status: 200, headers: {}, body });

const rest: Encode = ({ client }, schema, output) => encodeRest(schema, client, output);

const ENCODERS: Readonly<Record<Protocol, Encode>> = {
  'rest-json': rest,
  'rest-xml': rest,
  json: ({ client }, schema, output) => ok(encodeJson(schema, client, output)),
  query: ({ xmlNamespace = '' }, schema, output, requestId) =>
    ok(encodeQuery(schema, xmlNamespace, output, requestId)),
  'ec2-query': ({ xmlNamespace = '' }, schema, output, requestId) =>
    ok(encodeEc2(schema, xmlNamespace, output, requestId)),
};

/** What an operation answered, on the wire of its service. */
export const answer = (
  service: Service,
  schema: OperationSchema,
  output: unknown,
  requestId: string,
): Reply => {
  const { status, headers, body } = ENCODERS[service.protocol](service, schema, output, requestId);
  return {
    status,
    headers: { 'content-type': CONTENT_TYPES[service.protocol], 'x-amzn-requestid': requestId, ...headers },
    body,
    outcome: 'ok',
  };
};

export const errorReply = (
  error: AwsError,
  protocol: Protocol,
  requestId: string,
  service: string,
): Reply => {
  const { contentType, headers, body } = renderError(error, protocol, requestId, service);
  return {
    status: error.status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId, ...headers },
    body,
    outcome: error.code,
  };
};
