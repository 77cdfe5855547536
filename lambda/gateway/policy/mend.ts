import type { RestApi } from '../../model/rest-api';
import { keptWith } from '../../model/kept';
import { isKnown } from '../../model/known';
import { VERBS } from './verbs';
import { compileGlob, intersect, matches, matchGlob } from './glob';
import { expandShortForm } from './resource';

/** A call that an API serves, or may serve: `verb` is a real one, `template` a path as the API has it. */
interface Served {
  readonly stage: string;
  readonly verb: string;
  readonly template: string;
}

const ANYTHING: readonly Pick<Served, 'verb' | 'template'>[] = VERBS.flatMap((verb) => [
  { verb, template: '/' },
  { verb, template: '/{proxy+}' },
]);

/** All that the stages of an API serve or would serve; a stage whose methods could not be read may serve anything. */
const surfaceOf = keptWith((api: RestApi): readonly Served[] => {
  const found = new Map<string, Served>();
  const stages = isKnown(api.stages) ? api.stages.value : [];
  for (const stage of stages) {
    const views = [stage.snapshot, ...(stage.canary === null ? [] : [stage.canary.snapshot]), api.draft];
    for (const { methods } of views) {
      const calls = isKnown(methods)
        ? methods.value.flatMap(({ verb, path }) =>
            (verb === 'ANY' ? VERBS : [verb]).map((one) => ({ verb: one, template: path })),
          )
        : ANYTHING;
      for (const { verb, template } of calls) {
        found.set(`${stage.name}/${verb}${template}`, { stage: stage.name, verb, template });
      }
    }
  }
  return [...found.values()];
});

const hits = (pattern: string, prefix: string, surface: readonly Served[]): boolean => {
  const glob = compileGlob(pattern, true, () => null);
  return surface.some(({ stage, verb, template }) => {
    const start = `${prefix}/${stage}/${verb}`;
    return template.includes('{')
      ? intersect(glob, start, template) !== null
      : matchGlob(glob, start + template) !== false;
  });
};

/** A Resource pattern that fits no call of the API, and what was probably meant. */
export interface DeadPattern {
  readonly written: string;
  /** What is wrong: `another API id (abc)`. */
  readonly fault: string;
  /** Does it name another partition, region, account or API? */
  readonly elsewhere: boolean;
  /** The pattern as it was probably meant; wildcards where only a person knows. */
  readonly meant: string;
  /** The same to be printed; placeholders where only a person knows. */
  readonly printed: string;
}

const PLACES = ['prefix', 'partition', 'service', 'region', 'account'] as const;

interface Draft {
  readonly faults: string[];
  readonly meant: string[];
  readonly printed: string[];
}

const isVerb = (text: string | undefined): boolean =>
  [...VERBS, 'ANY'].some((verb) => verb === text?.toUpperCase());

const mendPath = (parts: readonly string[], surface: readonly Served[], api: string): Draft => {
  const stages = [...new Set(surface.map(({ stage }) => stage))];
  const faults: string[] = [];
  let rest = parts.slice(1);
  if (rest.length === 0) {
    return { faults: ['no stage, verb and path after the API id'], meant: [api, '*'], printed: [api, '*'] };
  }
  const [first, second] = rest;
  if (isVerb(first) && !isVerb(second) && !stages.some((name) => name === first)) {
    faults.push('no stage before the verb');
    rest = ['*', ...rest];
  }
  const [stage = '*', verb, ...path] = rest;
  const meant = [api];
  const printed = [api];
  if (stages.some((name) => matches(stage, name))) {
    meant.push(stage);
    printed.push(stage);
  } else {
    faults.push(`a stage that the API does not have (${stage})`);
    const near = stages.find((name) => name.toLowerCase() === stage.toLowerCase());
    meant.push(near ?? '*');
    printed.push(near ?? (stages.length === 1 ? stages[0] : null) ?? '<STAGE>');
  }
  if (verb === undefined) {
    if (!stage.endsWith('*')) faults.push('no verb and path after the stage');
    return { faults, meant: [...meant, '*'], printed: [...printed, '*'] };
  }
  const served = new Set(surface.map((one) => one.verb));
  if ([...served].some((one) => matches(verb, one))) {
    meant.push(verb);
    printed.push(verb);
  } else {
    const isReal = VERBS.some((one) => one === verb);
    faults.push(`a verb that ${isReal ? 'the API does not have' : 'no call has'} (${verb})`);
    const near = served.has(verb.toUpperCase())
      ? verb.toUpperCase()
      : verb.toUpperCase() === 'ANY'
        ? '*'
        : null;
    meant.push(near ?? '*');
    printed.push(near ?? (served.size === 1 ? ([...served][0] ?? '<VERB>') : '<VERB>'));
  }
  const tail = path.map((segment) => (segment.startsWith('{') ? '*' : segment));
  if (tail.some((segment, index) => segment !== path[index]))
    faults.push(`a path template (${path.join('/')}) where real paths stand`);
  return { faults, meant: [...meant, ...tail], printed: [...printed, ...tail] };
};

/** Why a Resource pattern of an Allow fits no call of any stage of the API, or `null` where it fits one or nobody knows (POL-14 to POL-19). */
export const deadPattern = (written: string, prefix: string, api: RestApi): DeadPattern | null => {
  const full = expandShortForm(written, prefix);
  const surface = surfaceOf(api);
  if (surface.length === 0 || hits(full, prefix, surface)) return null;
  const ours = prefix.split(':');
  const given = full.split(':');
  if (given.length < 6) return null;
  const faults: string[] = [];
  for (const [index, name] of PLACES.entries()) {
    const [wanted = '', has = ''] = [given[index], ours[index]];
    if (!matches(wanted, has)) faults.push(`another ${name} (${wanted})`);
  }
  const parts = given.slice(5).join(':').split('/');
  const apiId = ours[5] ?? '';
  if (!matches(parts[0] ?? '', apiId)) faults.push(`another API id (${parts[0] ?? ''})`);
  const elsewhere = faults.length > 0;
  const home = ours.slice(0, 5).join(':');
  const build = (segments: readonly string[]): string => `${home}:${segments.join('/')}`;
  const moved = build([apiId, ...parts.slice(1)]);
  if (hits(moved, prefix, surface)) {
    return { written, fault: faults.join(', '), elsewhere, meant: moved, printed: moved };
  }
  const draft = mendPath([apiId, ...parts.slice(1)], surface, apiId);
  const meant = build(draft.meant);
  if (hits(meant, prefix, surface)) {
    return {
      written,
      fault: [...faults, ...draft.faults].join(', '),
      elsewhere,
      meant,
      printed: build(draft.printed),
    };
  }
  const [, stage = '*', verb = '*', ...path] = draft.meant;
  const anyPath = build([apiId, stage, verb, '*']);
  return {
    written,
    fault: [...faults, ...draft.faults, `a path that the API does not have (/${path.join('/')})`].join(', '),
    elsewhere,
    meant: hits(anyPath, prefix, surface) ? anyPath : build([apiId, stage, '*']),
    printed: build([...draft.printed.slice(0, 3), '<PATH>']),
  };
};
