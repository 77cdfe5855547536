import type { Place } from '../model/account';
import { isKnown, type Known } from '../model/known';
import type { RestApi, Snapshot, Stage } from '../model/rest-api';
import { apiSubject, stageSubject } from './subjects';
import { cannotTell, type Subject, type Verdict } from './verdict';

interface Pair<T> {
  readonly stage: Stage;
  readonly subject: Subject;
  readonly deployed: T;
  readonly draft: T;
}

/** Sets one part of each stage's snapshot against the draft's; where either is unreadable, says so in place of comparing. */
export function* stagesAgainstDraft<T>(
  api: RestApi,
  account: Place,
  partOf: (snapshot: Snapshot) => Known<T>,
  compare: (pair: Pair<T>) => Iterable<Verdict>,
): Generator<Verdict> {
  const ofApi = apiSubject(account, api);
  if (!isKnown(api.stages)) {
    yield cannotTell(ofApi, api.stages);
    return;
  }
  if (api.stages.value.length === 0) return;
  const draft = partOf(api.draft);
  if (!isKnown(draft)) {
    yield cannotTell(ofApi, draft);
    return;
  }
  for (const stage of api.stages.value) {
    const subject = stageSubject(account, api, stage);
    const deployed = partOf(stage.snapshot);
    if (isKnown(deployed)) yield* compare({ stage, subject, deployed: deployed.value, draft: draft.value });
    else yield cannotTell(subject, deployed);
  }
}
