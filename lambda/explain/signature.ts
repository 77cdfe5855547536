import type { SignatureScope } from '../gateway/request';

type Headers = Readonly<Record<string, string>>;

/** Longer or stranger names are no Region and no service; they are not repeated. */
const nameOf = (text: string | undefined): string =>
  /^[a-z0-9-]{1,40}$/.test(text ?? '') ? (text ?? '') : '…';

const dayOf = (text: string | undefined): string => (/^\d{8}$/.test(text ?? '') ? (text ?? '') : '…');

/** `20261123T100000Z`, or a date as HTTP writes it; `null`: neither. */
const dateOf = (text: string): Date | null => {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const iso = basic === null ? text : `${basic.slice(1, 4).join('-')}T${basic.slice(4).join(':')}Z`;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
};

const isFilled = (text: string | undefined): text is string => text !== undefined && text !== '';

/** Does the value of an Authorization header name Signature Version 4, or 4a? */
export const isSignature = (value: string): boolean => value.startsWith('AWS4-');

/** What a signature in the Authorization header says of itself. Signature and access key stay behind. */
export const readSignature = (value: string, headers: Headers): SignatureScope => {
  const parameters = new Map(
    value
      .slice(value.indexOf(' ') + 1)
      .split(',')
      .map((one) => one.trim())
      .map((one) => [one.slice(0, Math.max(0, one.indexOf('='))), one.slice(one.indexOf('=') + 1)] as const),
  );
  const date = headers['x-amz-date'] ?? headers['date'];
  const signedAt = date === undefined ? null : dateOf(date);
  const [missing] = ['Credential', 'SignedHeaders', 'Signature'].filter(
    (name) => !isFilled(parameters.get(name)),
  );
  const scope = (parameters.get('Credential') ?? '').split('/').slice(1);
  const is4a = value.startsWith('AWS4-ECDSA');
  const [day, region, service] = is4a ? [scope[0], undefined, scope[1]] : scope;
  const isWhole = scope.length === (is4a ? 3 : 4);
  return {
    region: is4a ? null : nameOf(region),
    service: nameOf(service),
    day: dayOf(day),
    signedAt,
    lacks: missing ?? (isWhole ? (signedAt === null ? 'a date (X-Amz-Date)' : null) : 'a whole Credential'),
  };
};

/** What curl signs for, by the value of its option `--aws-sigv4`; what is left out there it takes from the host. `null`: not for AWS. */
export const readCurlSignature = (option: string, host: string): SignatureScope | null => {
  const [provider = '', , givenRegion = '', givenService = ''] = option.split(':');
  if (provider.toLowerCase() !== 'aws') return null;
  const [service, region] = host.split('.');
  const fromHost = givenService === '';
  return {
    service: nameOf(fromHost ? service : givenService),
    region: nameOf(givenRegion === '' && fromHost ? region : givenRegion),
    day: null,
    signedAt: null,
    lacks: null,
  };
};

/** Is the call signed in its query, as presigned URLs are? */
export const isPresigned = (query: Readonly<Record<string, string>>): boolean =>
  Object.keys(query).some((name) => name.toLowerCase() === 'x-amz-signature');
