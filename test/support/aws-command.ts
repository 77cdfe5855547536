import * as apigateway from '@aws-sdk/client-api-gateway';
import * as apigatewayv2 from '@aws-sdk/client-apigatewayv2';
import * as cloudfront from '@aws-sdk/client-cloudfront';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import * as ec2 from '@aws-sdk/client-ec2';
import * as lambda from '@aws-sdk/client-lambda';
import * as wafv2 from '@aws-sdk/client-wafv2';
import { NormalizedSchema } from '@smithy/core/schema';
import { callOf, shellWords } from './shell-words';

type Schema = Parameters<typeof NormalizedSchema.of>[0];

const SERVICES: Readonly<Record<string, object>> = {
  apigateway,
  apigatewayv2,
  cloudfront,
  'cognito-idp': cognito,
  ec2,
  lambda,
  wafv2,
};

/** Of every command, besides the members of its input. */
const GLOBAL = new Set(['region', 'query', 'output']);

const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** The input of an operation, from the schemas that the SDK itself sends by. */
const inputOf = (service: string, operation: string): NormalizedSchema | null => {
  const exported = Object.entries(SERVICES[service] ?? {});
  const [, schema] = exported.find(([name]) => name.toLowerCase() === `${plain(operation)}$`) ?? [];
  if (!Array.isArray(schema) || schema[0] !== 9) return null;
  const input: unknown = schema[4];
  return NormalizedSchema.of((typeof input === 'function' ? input() : input) as Schema);
};

/** What a JSON value has that the schema has not. */
const misfits = (schema: NormalizedSchema, value: unknown, at: string): readonly string[] => {
  if (schema.isStructSchema()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no structure`];
    const members = schema.getMemberSchemas();
    return Object.entries(value).flatMap(([name, member]) => {
      const of = members[name];
      return of === undefined ? [`${at}.${name} does not exist`] : misfits(of, member, `${at}.${name}`);
    });
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((item, index) => misfits(schema.getValueSchema(), item, `${at}[${index}]`));
  }
  if (schema.isMapSchema()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no map`];
    return Object.entries(value).flatMap(([key, item]) =>
      misfits(schema.getValueSchema(), item, `${at}.${key}`),
    );
  }
  const type = schema.isBooleanSchema() ? 'boolean' : schema.isNumericSchema() ? 'number' : 'string';
  return typeof value === type ? [] : [`${at} is ${typeof value}, not ${type}`];
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isNested = (schema: NormalizedSchema): boolean =>
  schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema();

const optionFaults = (schema: NormalizedSchema, option: string, value: string | null): readonly string[] => {
  if (value === null) return schema.isBooleanSchema() ? [] : [`--${option} has no value`];
  if (value.startsWith('file://')) return [];
  // What an earlier command left in the shell.
  if (/^\$[A-Z_]+$/.test(value)) return [];
  // Version 1 of the command line fetches such an argument.
  if (/^https?:/.test(value)) return [`--${option} begins with a URL`];
  if (schema.isBooleanSchema()) return [`--${option} is a switch`];
  if (!isNested(schema)) return [];
  const given = parsed(value);
  return given === undefined ? [`--${option} is no JSON`] : misfits(schema, given, option);
};

export interface Command {
  readonly service: string;
  readonly operation: string;
  /** Option without dashes in front to its value; `null` for switches. */
  readonly options: ReadonlyMap<string, string | null>;
}

/** A printed line, taken apart as the shell and the command line do it. */
export const parseCommand = (line: string): Command => {
  const [program, service = '', operation = '', ...words] = shellWords(callOf(line));
  if (program !== 'aws') throw new Error(`${line} does not call aws`);
  const options = new Map<string, string | null>();
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at] ?? '';
    if (!name.startsWith('--')) throw new Error(`${name} belongs to no option: ${line}`);
    const next = words[at + 1];
    const hasValue = next !== undefined && !next.startsWith('--');
    options.set(name.slice(2), hasValue ? next : null);
    if (hasValue) at += 1;
  }
  return { service, operation, options };
};

/** Whether the SDK is there to compare with. */
export const hasSchemas = (service: string): boolean => service in SERVICES;

/** What AWS's own description of the operation does not know or does not allow. */
export const commandFaults = ({ service, operation, options }: Command): readonly string[] => {
  const input = inputOf(service, operation);
  if (input === null) return [`${service} has no operation ${operation}`];
  const members = Object.entries(input.getMemberSchemas());
  const faults = [...options].flatMap(([option, value]) => {
    if (GLOBAL.has(option)) return [];
    if (option === 'cli-input-json') {
      if (value?.startsWith('file://') === true) return [];
      return misfits(input, parsed(value ?? ''), option);
    }
    const [, member] = members.find(([name]) => plain(name) === plain(option)) ?? [];
    return member === undefined ? [`${operation} has no --${option}`] : optionFaults(member, option, value);
  });
  const id = options.get('statement-id');
  return typeof id === 'string' && !/^[A-Za-z0-9_-]{1,100}$/.test(id)
    ? [...faults, `the statement id ${id} has characters that Lambda refuses`]
    : faults;
};
