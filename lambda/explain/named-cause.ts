import type { Arrival, Decision } from '../gateway/decide';
import { route } from '../gateway/route';
import { judgeAccount, judgeApi } from '../findings/judge';
import type { Raised } from '../findings/raised';
import type { Account } from '../model/account';
import { isKnown, mapKnown } from '../model/known';
import { methodLabel } from '../model/method';
import type { ApiSummary, RestApi } from '../model/rest-api';
import type { Rule } from '../rules/rule';
import type { FixStep } from '../rules/verdict';
import { rulesFor } from './advice';

/** The rule of the catalogue that names a refusal's cause, and its fix with the names filled in. */
export interface NamedCause {
  readonly rule: string;
  readonly fix: readonly FixStep[];
}

const summaryOf = (api: RestApi): ApiSummary => ({
  id: api.id,
  name: api.name,
  endpointTypes: api.endpointTypes,
  disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
  stageNames: mapKnown(api.stages, (stages) => stages.map(({ name }) => name)),
});

const isAmong = (id: string, wanted: string): boolean =>
  wanted.endsWith('/') ? id.startsWith(wanted) : id === wanted;

/** `GET /pets` as deployed, or, where no deployed method takes the call, as drafted. */
const labelOf = ({ entry, method }: Arrival, verb: string): string | null => {
  if (method !== null) return methodLabel(method);
  const { target } = entry;
  if (target === null || !isKnown(target.api.draft.methods)) return null;
  const drafted = route(target.api.draft.methods.value, verb, target.path);
  return drafted === null ? null : methodLabel(drafted);
};

const STRENGTH = { 'every-call': 0, 'some-calls': 1, possible: 2 } as const;

/**
 * Asks the rules that may name the cause about the API, and takes the first that speaks of this method in what the stage serves now: in
 * the order of the advice, the stronger claim first.
 */
export const nameCause = (
  decision: Decision,
  arrival: Arrival,
  verb: string,
  account: Account,
  rules: readonly Rule[],
): NamedCause | null => {
  const wanted = decision.cause === null ? [] : rulesFor(decision.cause);
  const asked = rules.filter(({ id }) => wanted.some((one) => isAmong(id, one)));
  if (asked.length === 0) return null;
  const { restApis, schemaVersion: _, ...shared } = account;
  const { api, target } = arrival.entry;
  const raised: readonly Raised[] = [
    ...(api === null ? [] : judgeApi(asked, api, shared).raised),
    ...judgeAccount(
      asked,
      shared,
      mapKnown(restApis, (apis) => apis.map(summaryOf)),
    ).raised,
  ];
  const label = labelOf(arrival, verb);
  const speaksOfThis = ({ flag, of }: Raised): boolean => {
    if (of === 'draft') return false;
    if (flag.affected.length === 0) {
      if (flag.subject.restApiId !== undefined) return flag.subject.restApiId === api?.id;
      return decision.gate === 'endpoint' || decision.gate === 'stage';
    }
    return flag.affected.some(
      (ref) =>
        ref.restApiId === api?.id &&
        (target === null || ref.stage === target.stage.name) &&
        (label === null || ref.method === label),
    );
  };
  const rank = (one: Raised): number =>
    wanted.findIndex((each) => isAmong(one.rule.id, each)) * 3 + STRENGTH[one.flag.reach ?? one.rule.reach];
  const [first] = raised.filter(speaksOfThis).sort((left, right) => rank(left) - rank(right));
  return first === undefined ? null : { rule: first.rule.id, fix: first.flag.fix };
};
