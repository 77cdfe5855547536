import { reachOf, whyUnreachable } from '../../../lambda/gateway/reach';
import { judgeAccount, judgeApi } from '../../../lambda/findings/judge';
import { refKey, type Raised } from '../../../lambda/findings/raised';
import type { Account } from '../../../lambda/model/account';
import { deploymentsOf } from '../../../lambda/model/deployment';
import { known, mapKnown, valueOr } from '../../../lambda/model/known';
import { methodLabel, type Method } from '../../../lambda/model/method';
import { catalogue } from '../../../lambda/rules/catalogue';
import { tryEverything, type Tried } from './enumerate';

/** How often each pair of answers came up, so that a proof that never meets a case is seen. */
export type Tally = Map<string, number>;

const reachOfRaised = ({ rule, flag }: Raised): string => flag.reach ?? rule.reach;

const raisedOn = (account: Account): readonly Raised[] => {
  const { restApis, schemaVersion: _, ...shared } = account;
  const apis = valueOr(restApis, []);
  const summaries = apis.map((api) => ({
    id: api.id,
    name: api.name,
    endpointTypes: api.endpointTypes,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    stageNames: mapKnown(api.stages, (stages) => stages.map(({ name }) => name)),
  }));
  const judgements = [
    ...apis.map((api) => judgeApi(catalogue, api, shared)),
    judgeAccount(catalogue, shared, known(summaries)),
  ];
  const [crash] = judgements.flatMap(({ crashes }) => crashes);
  if (crash !== undefined) throw new Error(`rule ${crash.ruleId} failed at ${crash.at}: ${crash.message}`);
  return judgements.flatMap(({ raised }) => raised);
};

/**
 * A stage that no domain leads to, of an API that some domain leads to, is not listed as affected: it may be left over on purpose. The
 * note on the API says what is served where.
 */
const speaksOfEndpoint = (raised: readonly Raised[], apiId: string): boolean =>
  raised.some(({ rule, flag }) => rule.gate === 'endpoint' && flag.subject.restApiId === apiId);

const naming = (all: readonly Raised[], key: string): readonly string[] =>
  all.filter(({ flag }) => flag.affected.some((ref) => refKey(ref) === key)).map(({ rule }) => rule.id);

const EVERY_VERB = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Of the accounts made here, only an ANY among methods for every verb has no call left; said without asking how calls are routed. */
const isCrowdedOut = ({ verb, path }: Method, methods: readonly Method[]): boolean =>
  verb === 'ANY' &&
  EVERY_VERB.every((one) => methods.some((other) => other.verb === one && other.path === path));

/** The contradictions between gateway, reach and rules on one account; none is what the proof wants. */
export const contradictions = (account: Account, tally: Tally): readonly string[] => {
  const { restApis, schemaVersion: _, ...shared } = account;
  const found: string[] = [];
  const raised = raisedOn(account).filter(({ of }) => of !== 'draft');
  const deadly = raised.filter(
    (one) => reachOfRaised(one) === 'every-call' && one.rule.callers === undefined,
  );
  for (const api of valueOr(restApis, [])) {
    for (const stage of valueOr(api.stages, [])) {
      const [served] = deploymentsOf(api, stage);
      if (served === undefined) continue;
      for (const method of valueOr(served.methods, [])) {
        const reach = reachOf(served, method, shared);
        const tried: Tried = tryEverything(account, served, method);
        const label = methodLabel(method);
        const key = refKey({ restApiId: api.id, stage: stage.name, method: label });
        tally.set(`${reach}, ${tried}`, (tally.get(`${reach}, ${tried}`) ?? 0) + 1);
        const closed = whyUnreachable(served, method, shared);
        const why = closed.map(({ gate, because }) => `${gate}: ${because}`);
        if (reach === 'unreachable' && tried === 'some-admitted') {
          found.push(`${label} is called unreachable (${why.join('; ')}), and a request gets in`);
        }
        // Private APIs: an endpoint and a policy that both want something particular of the call are not tried together.
        if (reach === 'cannot-tell' && tried === 'some-admitted' && !api.endpointTypes.includes('PRIVATE')) {
          found.push(`a request gets in at ${label}, and reach cannot tell`);
        }
        if (reach === 'takes-no-call') {
          if (tried === 'some-admitted' || !isCrowdedOut(method, valueOr(served.methods, []))) {
            found.push(`${label} is said to take no call, and takes one`);
          }
          continue;
        }
        if (reach === 'reachable' && tried === 'all-refused') {
          found.push(`${label} is called reachable, and no request gets in`);
        }
        const killers = naming(deadly, key);
        for (const id of killers) tally.set(id, (tally.get(id) ?? 0) + 1);
        if (tried === 'some-admitted' && killers.length > 0) {
          found.push(
            `${killers.join(', ')} say that every call of ${label} is refused, and a request gets in`,
          );
        }
        if (killers.length > 0 && reach !== 'unreachable') {
          found.push(
            `${killers.join(', ')} say that every call of ${label} is refused, and reach says ${reach}`,
          );
        }
        const named =
          naming(raised, key).length > 0 ||
          closed.some(({ gate }) => gate === 'endpoint' && speaksOfEndpoint(raised, api.id));
        if (reach === 'unreachable' && !named) {
          found.push(`${label} is unreachable (${why.join('; ')}), and no rule says why`);
        }
      }
    }
  }
  return found;
};
