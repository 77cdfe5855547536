import type { SharedAccount } from '../model/account';
import type { RestApi, Stage } from '../model/rest-api';
import { spareStageOf } from '../model/spare-stage';
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
  const found = spareStageOf(api, account);
  if (found === null) return all;
  const { spare, beside } = found;
  const told = new Set(all.filter((one) => stageOf(one) === beside.name).map(faultOf));
  return all.flatMap((one) => {
    if (stageOf(one) !== spare.name) return [one];
    return told.has(faultOf(one)) ? [] : [eased(one, spare)];
  });
};
