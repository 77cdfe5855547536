import type { FunctionEntry, SharedAccount } from '../../model/account';
import { parseArn } from '../../model/arn';
import type { Deployment } from '../../model/deployment';
import { isKnown } from '../../model/known';
import type { Authorizer } from '../../model/rest-api';
import { resolveVariables } from '../../model/stage-variables';
import { passes, refuses, unsure, type Answer } from '../answer';
import { matchExpression } from '../expression/match';
import { matchesNoHeader } from '../expression/satisfiable';
import { headerContent, parseIdentitySource, sentText, type IdentitySource } from '../identity-source';
import { authorizerSourceArn, functionArnOf, functionBehind, invocationOf } from '../invoke-permission';
import { AUTHORIZER_CONFIGURATION_ERROR, UNAUTHORIZED, URI_TOO_LONG } from '../refusals';
import type { Identity, Request } from '../request';
import { Secret } from '../secret';
import { weigh } from '../weigh';

/** Context variables that every call has; others may be empty. */
const ALWAYS_THERE = new Set([
  'accountId',
  'apiId',
  'domainName',
  'domainPrefix',
  'extendedRequestId',
  'httpMethod',
  'identity.sourceIp',
  'path',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'resourceId',
  'resourcePath',
  'stage',
]);

const missing = (what: string, fact: string, cause = 'identity-source-missing'): Answer =>
  refuses(cause, UNAUTHORIZED, `${what}; API Gateway refuses without calling the function.`, fact);

/** A TOKEN authorizer takes its token from a header and nowhere else (LAM-1). */
const sourceFor = (authorizer: Authorizer, stored: string): IdentitySource => {
  const source = parseIdentitySource(stored);
  return authorizer.kind === 'TOKEN' && source.from !== 'header' ? { from: 'nowhere' } : source;
};

const judgeSource = (
  source: IdentitySource,
  stored: string,
  deployment: Deployment,
  request: Request,
  identity: Identity,
): Answer | null => {
  switch (source.from) {
    case 'nowhere':
      return missing(
        `The identity source ${stored} can match no request`,
        'LAM-3',
        'identity-source-malformed',
      );
    case 'header':
      return headerContent(request, identity.credential, source.name).holds === 'nothing'
        ? missing(`The header ${source.name} is an identity source, and the call has none`, 'LAM-4')
        : null;
    case 'querystring': {
      const value = Object.hasOwn(request.query, source.name) ? request.query[source.name] : undefined;
      return value === undefined || value === ''
        ? missing(`The query parameter ${source.name} is an identity source, and the call has none`, 'LAM-4')
        : null;
    }
    case 'stage-variable': {
      const value = Object.hasOwn(deployment.variables, source.name)
        ? deployment.variables[source.name]
        : undefined;
      return value === undefined || value === ''
        ? missing(
            `The stage variable ${source.name} is an identity source, and stage ${deployment.stage.name} does not define it`,
            'LAM-7',
            'stage-variable-undefined',
          )
        : null;
    }
    case 'context':
      return ALWAYS_THERE.has(source.name)
        ? null
        : unsure(
            `Whether the context variable ${source.name} has a value here is not known.`,
            'LAM-4',
            UNAUTHORIZED,
          );
  }
};

/** LAM-2: the expression of a TOKEN authorizer is matched against the whole header value. */
const judgeExpression = (authorizer: Authorizer, request: Request, identity: Identity): Answer | null => {
  const { validationExpression: expression } = authorizer;
  const [stored = ''] = authorizer.identitySources;
  const source = parseIdentitySource(stored);
  if (authorizer.kind !== 'TOKEN' || expression === null || expression === '') return null;
  if (source.from !== 'header') return null;
  const text = sentText(headerContent(request, identity.credential, source.name));
  const outcome =
    text === null
      ? matchesNoHeader(expression)
        ? 'differs'
        : 'cannot-tell'
      : matchExpression(expression, text instanceof Secret ? text.reveal() : text);
  switch (outcome) {
    case 'matches':
      return null;
    case 'differs':
      return missing(
        `The value of ${source.name} does not match the token validation expression of authorizer ${authorizer.name}`,
        'LAM-2',
        'validation-mismatch',
      );
    case 'cannot-tell':
      return unsure(
        `Whether the value of ${source.name} matches the token validation expression could not be worked out.`,
        'LAM-2',
        UNAUTHORIZED,
      );
  }
};

/** Authentication by a Lambda authorizer: what API Gateway asks before it calls the function (LAM-1 to LAM-7). */
export const authenticateByFunction = (
  authorizer: Authorizer,
  deployment: Deployment,
  request: Request,
  identity: Identity,
): Answer => {
  const sources = authorizer.identitySources;
  if (sources.length === 0) {
    // AWS stores no TOKEN authorizer without its header, so what was read is not all there is.
    return authorizer.kind === 'TOKEN'
      ? unsure(`The token source of authorizer ${authorizer.name} is not known.`, 'LAM-1', UNAUTHORIZED)
      : passes('The authorizer has no identity source, so every call reaches its function.', 'LAM-4');
  }
  const answers = sources.map((stored) =>
    judgeSource(sourceFor(authorizer, stored), stored, deployment, request, identity),
  );
  return weigh(
    [...answers, judgeExpression(authorizer, request, identity)],
    passes('Every identity source of the authorizer is there.', 'LAM-4'),
  );
};

const broken = (cause: string, because: string, fact: string): Answer =>
  refuses(cause, AUTHORIZER_CONFIGURATION_ERROR, because, fact);

const judgeState = (entry: FunctionEntry, name: string): Answer | null => {
  if (!isKnown(entry.configuration)) {
    return unsure(
      `The authorizer's function could not be read: ${entry.configuration.detail}.`,
      'MSG-24',
      AUTHORIZER_CONFIGURATION_ERROR,
    );
  }
  const configuration = entry.configuration.value;
  if (configuration === null) return broken('function-missing', `Function ${name} does not exist.`, 'MSG-24');
  if (configuration.state === 'Failed') {
    return broken('function-missing', `Function ${name} is in state Failed.`, 'MIS-22');
  }
  // An inactive function is woken by the call that fails, so the next one may pass.
  if (configuration.state !== 'Active') {
    return unsure(
      `Function ${name} is in state ${configuration.state}.`,
      'MIS-22',
      AUTHORIZER_CONFIGURATION_ERROR,
    );
  }
  if (isKnown(entry.reservedConcurrency) && entry.reservedConcurrency.value === 0) {
    return broken('function-missing', `Function ${name} has a reserved concurrency of 0.`, 'MIS-21');
  }
  return null;
};

const judgePermission = (
  entry: FunctionEntry,
  name: string,
  authorizer: Authorizer,
  deployment: Deployment,
  account: SharedAccount,
): Answer => {
  const doubt = (detail: string): Answer =>
    unsure(
      `Whether API Gateway may invoke function ${name} is not known: ${detail}.`,
      'LAM-14',
      AUTHORIZER_CONFIGURATION_ERROR,
    );
  if (authorizer.credentials !== null) {
    return doubt(
      `it calls through the role ${authorizer.credentials}, and what that role may do was not read`,
    );
  }
  if (!isKnown(entry.policy)) return doubt(entry.policy.detail);
  const may = invocationOf(entry.policy.value, {
    service: 'apigateway.amazonaws.com',
    sourceArn: authorizerSourceArn(account, deployment.api.id, authorizer.id),
    sourceAccount: account.accountId,
    functionArn: entry.arn,
  });
  if (may === 'allowed') return passes(`API Gateway may invoke function ${name}.`, 'LAM-14');
  if (may !== 'refused') return doubt(may.detail);
  return broken(
    'invoke-not-permitted',
    `The policy of function ${name} does not let API Gateway invoke it for this authorizer.`,
    'LAM-14',
  );
};

/** Can API Gateway call the function at all (LAM-14 to LAM-18)? */
export const judgeInvocation = (
  authorizer: Authorizer,
  deployment: Deployment,
  account: SharedAccount,
): Answer => {
  const uri = authorizer.uri === null ? null : resolveVariables(authorizer.uri, deployment.variables);
  if (authorizer.uri !== null && uri === null) {
    return broken(
      'stage-variable-undefined',
      `The function of authorizer ${authorizer.name} is named by a stage variable that stage ${deployment.stage.name} does not define.`,
      'LAM-17',
    );
  }
  const arn = uri === null ? null : functionArnOf(uri);
  if (arn === null) {
    return unsure(
      `Authorizer ${authorizer.name} calls something other than a Lambda function.`,
      'LAM-16',
      AUTHORIZER_CONFIGURATION_ERROR,
    );
  }
  const { functions } = account.slices;
  const entry = isKnown(functions) ? functionBehind(arn, functions.value, account) : functions;
  if (!isKnown(entry)) {
    return unsure(
      `The authorizer's function is not known: ${entry.detail}.`,
      'LAM-14',
      AUTHORIZER_CONFIGURATION_ERROR,
    );
  }
  const name = parseArn(arn)?.resource.replace(/^function:/, '') ?? arn;
  return judgeState(entry.value, name) ?? judgePermission(entry.value, name, authorizer, deployment, account);
};

const LONGEST_ARN = 1600;

/** LAM-13: what the function is asked about must fit. `arn`: the execute-api ARN of the call, its path as sent. */
export const judgeMethodArn = (arn: string): Answer | null => {
  const bytes = Buffer.byteLength(arn);
  return bytes <= LONGEST_ARN
    ? null
    : refuses(
        'uri-too-long',
        URI_TOO_LONG,
        `The ARN of the call comes to ${String(bytes)} bytes, and a Lambda authorizer is asked about ${String(LONGEST_ARN)} at most.`,
        'LAM-13',
      );
};

/** Authorization by a Lambda authorizer: its function must be callable, and its answer is the function's own. */
export const authorizeByFunction = (
  authorizer: Authorizer,
  deployment: Deployment,
  account: SharedAccount,
  identity: Identity,
): Answer => {
  const invocation = judgeInvocation(authorizer, deployment, account);
  if (invocation.outcome !== 'passes') return invocation;
  return identity.lambdaAuthorizer === 'allows'
    ? passes(`${invocation.because} It is taken to allow the call.`, 'POL-2')
    : unsure(
        `${invocation.because} What it answers is not written in any configuration: Unauthorized is 401, a Deny is 403, an error is 500.`,
        'LAM-19',
      );
};
