import { isKnown, valueOr } from '../../model/known';
import { methodLabel, type Method } from '../../model/method';
import { passes, refuses, unsure, type Answer } from '../answer';
import type { Call } from '../call';
import { VERBS } from '../policy/verbs';
import { route } from '../route';
import { splitStage } from '../split-stage';
import { unsignedRefusal } from './iam';

/** MIS-10: the header changes the verb that API Gateway sees. */
export const verbOf = (request: Call['request']): string => {
  const override = request.headers['x-http-method-override']?.trim().toUpperCase();
  return VERBS.find((verb) => verb === override) ?? request.verb;
};

export interface Routed {
  readonly answer: Answer;
  readonly method: Method | null;
}

const ofPath = (methods: readonly Method[], path: string): readonly Method[] =>
  VERBS.map((verb) => route(methods, verb, path)).filter((method) => method !== null);

/** A stage name left in front of a custom domain's path, or one that the API does not have (MIS-4). */
const hint = (call: Call, methods: readonly Method[], verb: string): string => {
  const { name, rest } = splitStage(call.path);
  const isStage = valueOr(call.deployment.api.stages, []).some((stage) => stage.name === name);
  if (call.request.address.by === 'host' && isStage && route(methods, verb, rest) !== null) {
    return ` The path begins with the stage's name, ${name}; the domain's mapping already chooses the stage.`;
  }
  const others = new Set(ofPath(methods, call.path).map((method) => method.verb));
  if (others.size > 0) return ` The path is served for ${[...others].join(', ')}.`;
  const folded = methods.find((method) => method.path.toLowerCase() === call.path.toLowerCase());
  return folded === undefined ? '' : ` Paths are case sensitive: the API has ${folded.path}.`;
};

export const judgeRoute = (call: Call): Routed => {
  const { methods } = call.deployment;
  if (!isKnown(methods)) {
    return {
      answer: unsure(`The deployed methods could not be read: ${methods.detail}.`, 'RTE-1'),
      method: null,
    };
  }
  const verb = verbOf(call.request);
  const method = route(methods.value, verb, call.path);
  if (method !== null) {
    return { answer: passes(`${verb} ${call.path} is taken by ${methodLabel(method)}.`, 'RTE-1'), method };
  }
  const { refusal, fact } = unsignedRefusal(call.request, call.identity.credential);
  const because = `No deployed method of stage ${call.deployment.stage.name} serves ${verb} ${call.path}.${hint(call, methods.value, verb)}`;
  return { answer: refuses('route-unknown', refusal, because, fact), method: null };
};
