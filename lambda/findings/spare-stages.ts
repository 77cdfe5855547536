import type { SharedAccount } from '../model/account';
import { isKnown } from '../model/known';
import type { RestApi, Stage } from '../model/rest-api';
import { madeBeside } from '../model/spare-stage';
import type { Raised } from './raised';

/** The stage that a flag is about; `null`: about several, or none. */
const stageOf = ({ flag }: Raised): string | null => {
  const names = new Set(flag.affected.map(({ stage }) => stage));
  const [name, ...others] = names.size === 0 ? [flag.subject.stage] : names;
  return others.length === 0 ? (name ?? null) : null;
};

/** What is wrong, wherever it is. */
const faultOf = ({ rule, flag, of }: Raised): string =>
  JSON.stringify([rule.id, flag.key ?? null, of, flag.affected.map(({ method }) => method).sort()]);

const eased = (raised: Raised, { name }: Stage): Raised => ({
  ...raised,
  flag: {
    ...raised.flag,
    reach: 'possible',
    message: `${raised.flag.message} AWS SAM likely made stage ${name} beside the one that its template names, and nobody may call it.`,
    fix: [
      {
        step: `Nothing to do, if nobody calls stage ${name}: OpenApiVersion under Globals.Api of the SAM template leaves it out, and then it can be deleted. The page of the rule says what to do, if somebody does.`,
        commands: [],
      },
    ],
  },
});

/**
 * Faults of the stage that AWS SAM makes beside the one that is called: the other's faults are not told twice, and what only this one has
 * stops nobody that is known of.
 */
export const easeSpareStages = (
  all: readonly Raised[],
  api: RestApi,
  account: SharedAccount,
): readonly Raised[] => {
  if (!isKnown(api.stages)) return all;
  let left = all;
  for (const spare of api.stages.value) {
    const beside = madeBeside(api, spare, account);
    if (beside === null) continue;
    const told = new Set(left.filter((one) => stageOf(one) === beside.name).map(faultOf));
    left = left.flatMap((one) => {
      if (stageOf(one) !== spare.name) return [one];
      return told.has(faultOf(one)) ? [] : [eased(one, spare)];
    });
  }
  return left;
};
