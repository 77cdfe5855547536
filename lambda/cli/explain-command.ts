import { explain, meetingOf, type Explanation } from '../explain/explain';
import { ExplainInputError, type ExplainInput } from '../explain/input';
import { askBesides, type Wishes } from '../explain/on-request';
import { holdsAddress, requestedAddress } from '../explain/requested';
import { verifySignature } from '../explain/verify';
import { stepsInWords } from '../findings/not-yet-made';
import { gatherAccount } from '../gather-account';
import type { Address } from '../gateway/request';
import type { Account } from '../model/account';
import { parseUserPoolArn } from '../model/arn';
import { isKnown } from '../model/known';
import type { AccountSource } from '../source';
import { oneLine, jsonText } from '../report/escape';
import { explainText } from '../report/explain-text';
import type { Opened } from './audit-command';
import { parseJsonFile } from './files';
import { lookOf } from './formats';
import type { Io } from './io';
import type { Wanted } from './open-sources';
import { UsageError } from './usage-error';

export interface ExplainOptions {
  readonly url?: string;
  readonly curl?: string;
  readonly method?: string;
  readonly tokenStdin?: boolean;
  readonly verify?: boolean;
  readonly testInvoke?: boolean;
  readonly user?: string;
  readonly claims?: string;
  readonly header: readonly string[];
  readonly sourceIp?: string;
  readonly sourceVpce?: string;
  readonly apiKeyId?: string;
  readonly signedBy?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly from?: string;
  readonly template?: string;
  readonly parameter?: readonly string[];
  readonly account?: string;
  readonly sandbox?: boolean;
  readonly format: 'text' | 'json';
}

/** Flags by the field that complains. */
const FLAGS: Readonly<Record<string, string>> = {
  url: '--url',
  curl: '--curl',
  method: '--method',
  token: '--token-stdin',
  claims: '--claims',
  headers: '--header',
  sourceIp: '--source-ip',
  sourceVpce: '--source-vpce',
  apiKeyId: '--api-key-id',
  signedBy: '--signed-by',
};

const readInput = async (options: ExplainOptions, io: Io): Promise<ExplainInput> => {
  const fromStdin = options.tokenStdin === true || options.curl === '-' ? (await io.readInput()).trim() : '';
  const curl = options.curl === '-' ? fromStdin : options.curl;
  if (options.tokenStdin === true && fromStdin === '') {
    throw new UsageError('--token-stdin: standard input is empty.');
  }
  return {
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(curl === undefined ? {} : { curl }),
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.tokenStdin === true ? { token: fromStdin } : {}),
    ...(options.claims === undefined ? {} : { claims: await parseJsonFile(options.claims) }),
    headers: options.header,
    ...(options.sourceIp === undefined ? {} : { sourceIp: options.sourceIp }),
    ...(options.sourceVpce === undefined ? {} : { sourceVpce: options.sourceVpce }),
    ...(options.apiKeyId === undefined ? {} : { apiKeyId: options.apiKeyId }),
    ...(options.signedBy === undefined ? {} : { signedBy: options.signedBy }),
  };
};

/** The execute-api host names region and API, so nothing else has to be read; a custom domain may lead anywhere. */
const scopeOf = (address: Address, options: ExplainOptions): Wanted => {
  const named = address.by === 'execute-api' ? address : null;
  const region = options.region ?? named?.region;
  const isLive = options.from === undefined && options.template === undefined && options.sandbox !== true;
  // What is saved or in the sandbox is searched as a whole: it costs nothing. A template goes where the address is.
  const isPlaced = options.region !== undefined || isLive || options.template !== undefined;
  return {
    region: region === undefined || !isPlaced ? [] : [region],
    api: isLive && named !== null && named.restApiId !== null ? [named.restApiId] : [],
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.template === undefined ? {} : { template: options.template }),
    ...(options.parameter === undefined ? {} : { parameter: options.parameter }),
    ...(options.account === undefined ? {} : { account: options.account }),
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
    onRequest: options.testInvoke === true || options.user !== undefined,
  };
};

const verified = async (input: ExplainInput, io: Io): Promise<ExplainInput> => {
  if (input.token === undefined) throw new UsageError('--verify needs the token itself: --token-stdin.');
  const found = await verifySignature(input.token);
  if (found.signature !== 'unverifiable') return { ...input, signature: found.signature };
  await io.stderr.write(`The signature could not be verified: ${oneLine(found.because)}.\n`);
  return input;
};

const TEST_INVOKE =
  'TestInvokeAuthorizer is a POST (apigateway:POST) and invokes the authorizer; the function of a Lambda authorizer runs.\n';

/** The explanation with what AWS said to the wishes among its notes. */
const withAsked = async (
  explanation: Explanation,
  given: { readonly input: ExplainInput; readonly account: Account; readonly source: AccountSource },
  wishes: Wishes,
  io: Io,
): Promise<Explanation> => {
  if (!wishes.testInvoke && wishes.user === null) return explanation;
  const { input, account, source } = given;
  if (source.onRequest === undefined) {
    throw new UsageError(
      `${wishes.testInvoke ? '--test-invoke' : '--user'} asks AWS, and neither a saved account nor a template can be asked.`,
    );
  }
  if (wishes.testInvoke) await io.stderr.write(TEST_INVOKE);
  const asked = await askBesides(meetingOf(input, account, io.clock), source.onRequest, wishes);
  return { ...explanation, notes: [...explanation.notes, ...asked] };
};

/** Pools that a template makes get their ids later, so that no token of today is theirs: it would be refused for nothing. */
const checkIssuer = ({ request }: Explanation, { slices, region }: Account): void => {
  const issuer = request.token?.issuer ?? null;
  if (issuer === null || !isKnown(slices.userPools)) return;
  const ids = slices.userPools.value.map(({ arn }) => parseUserPoolArn(arn)?.poolId ?? '');
  if (ids.some((id) => id !== '' && issuer.endsWith(`/${id}`))) return;
  throw new UsageError(
    `The token was issued by ${oneLine(issuer)}, and the user pools of a template have no ids yet. Give --claims with the logical ids: "iss": "https://cognito-idp.${region}.amazonaws.com/${oneLine(ids[0] ?? `${region}_UserPool`)}", and the app client's in "aud" or "client_id".`,
  );
};

const EXIT_CODES: Readonly<Record<Explanation['decision']['outcome'], number>> = {
  admitted: 0,
  refused: 1,
  'cannot-tell': 2,
};

/** Says what API Gateway would answer to one request. Answers the exit code. */
export const runExplain = async (
  options: ExplainOptions,
  open: (scope: Wanted) => Promise<Opened>,
  io: Io,
): Promise<number> => {
  try {
    const given = await readInput(options, io);
    if (given.url === undefined && given.curl === undefined) {
      throw new UsageError('Give the request: --url URL, or --curl with the command.');
    }
    const address = requestedAddress(given);
    const input = options.verify === true ? await verified(given, io) : given;
    const { sources, close } = await open(scopeOf(address, options));
    try {
      const read = await Promise.all(
        sources.map(async (source) => ({ source, account: await gatherAccount(source) })),
      );
      const place = read.find(({ account }) => holdsAddress(account, address)) ?? read[0];
      if (place === undefined) throw new UsageError('There is no account to look into.');
      const wishes = { testInvoke: options.testInvoke === true, user: options.user ?? null };
      const explained = explain(input, place.account, io.clock);
      if (place.source.kind === 'template') checkIssuer(explained, place.account);
      const explanation = await withAsked(
        place.source.kind === 'template' ? { ...explained, fix: stepsInWords(explained.fix) } : explained,
        { input, ...place },
        wishes,
        io,
      );
      const text =
        options.format === 'json'
          ? jsonText(explanation)
          : explainText(explanation, lookOf(io.stdout, io.env));
      await io.stdout.write(text);
      return EXIT_CODES[explanation.decision.outcome];
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof ExplainInputError)) throw error;
    const flag = FLAGS[error.field] ?? error.field;
    throw new UsageError(`${flag}${error.message.slice(error.field.length)}.`);
  }
};
