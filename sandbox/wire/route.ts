import type { Operation, Service } from '../service';
import type { Incoming } from './incoming';
import { decodeForm, decodeJson, decodeRest, httpBindingOf, type HttpBinding } from './schema';

/** Which operation a request calls, with the SDK's input object; `operation: null` for one that the sandbox does not serve. */
export interface Routed {
  readonly service: Service;
  readonly name: string;
  readonly operation: Operation | null;
  readonly input: Readonly<Record<string, unknown>>;
}

type Labels = Readonly<Record<string, string>>;

const LABEL = /^\{(\w+)(\+?)\}$/;

const matchPath = (template: string, path: string): Labels | null => {
  const labels: Record<string, string> = {};
  const given = path.split('/');
  const wanted = template.split('/');
  for (const [index, segment] of wanted.entries()) {
    const [, label, greedy] = LABEL.exec(segment) ?? [];
    const rest = greedy === '+' ? given.slice(index).join('/') : given[index];
    if (rest === undefined || (label !== undefined && rest === '')) return null;
    if (label === undefined && rest !== segment) return null;
    if (label !== undefined) labels[label] = decodeURIComponent(rest);
    if (greedy === '+') return labels;
  }
  return given.length === wanted.length ? labels : null;
};

const carries = (query: URLSearchParams, wanted: URLSearchParams): boolean =>
  [...wanted].every(([name, value]) => query.get(name) === value);

const matchBinding = (
  binding: HttpBinding,
  method: string,
  path: string,
  query: URLSearchParams,
): Labels | null =>
  binding.method === method && carries(query, binding.query) ? matchPath(binding.path, path) : null;

/** S3 is addressed path-style here: the first segment is the bucket, which no URI template mentions. */
const splitBucket = (path: string): { readonly bucket: string; readonly rest: string } => {
  const [, bucket = '', ...rest] = path.split('/');
  return { bucket: decodeURIComponent(bucket), rest: `/${rest.join('/')}` };
};

const routeRest = (service: Service, incoming: Incoming): Routed | null => {
  const { bucket, rest } = splitBucket(incoming.path);
  const isS3 = service.name === 's3';
  for (const operation of service.operations) {
    const binding = httpBindingOf(operation.schema);
    const labels =
      binding && matchBinding(binding, incoming.method, isS3 ? rest : incoming.path, incoming.query);
    if (labels === null) continue;
    const input = decodeRest(operation.schema, {
      ...incoming,
      labels: isS3 ? { ...labels, Bucket: bucket } : labels,
    });
    return { service, name: operation.name, operation, input };
  }
  return null;
};

const named = (service: Service, name: string): Operation | null =>
  service.operations.find((operation) => operation.name === name) ?? null;

/** The operation among the services that share a signing name; `null` when the request is for none of their protocols. */
export const route = async (services: readonly Service[], incoming: Incoming): Promise<Routed | null> => {
  for (const service of services) {
    switch (service.protocol) {
      case 'rest-json':
      case 'rest-xml': {
        const routed = routeRest(service, incoming);
        if (routed !== null) return routed;
        break;
      }
      case 'json': {
        const [target, name] = (incoming.headers['x-amz-target'] ?? '').split('.');
        if (target !== service.target || name === undefined) break;
        const operation = named(service, name);
        const input =
          operation === null ? {} : await decodeJson(operation.schema, service.client, incoming.body);
        return { service, name, operation, input };
      }
      case 'query':
      case 'ec2-query': {
        const form = new URLSearchParams(incoming.body.toString());
        const name = form.get('Action');
        if (name === null) break;
        const operation = named(service, name);
        const input =
          operation === null ? {} : decodeForm(operation.schema, form, service.protocol === 'ec2-query');
        return { service, name, operation, input };
      }
    }
  }
  return null;
};
