import type { SharedAccount, SliceName, Slices } from '../model/account';
import { deploymentsOf } from '../model/deployment';
import { isKnown, type Known, type Unreadable } from '../model/known';
import type { ApiSummary, RestApi } from '../model/rest-api';
import type { Rule, View } from '../rules/rule';
import { apiSubject, stageSubject } from '../rules/subjects';
import { cannotTell, type Reach, type Subject, type Verdict } from '../rules/verdict';
import { findingId, type Crash, type Raised, type Untold } from './raised';
import { rootCauses } from './root-causes';

export interface Judgement {
  readonly raised: readonly Raised[];
  readonly untold: readonly Untold[];
  readonly crashes: readonly Crash[];
}

const viewFor = (rule: Rule, account: SharedAccount): View<SliceName> | Unreadable => {
  const slices: Partial<Record<SliceName, Slices[SliceName]>> = {};
  for (const name of rule.needs) {
    const slice = account.slices[name];
    if (slice.state === 'unreadable') return slice;
    slices[name] = slice.value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type lets a rule read what it declared, and all of that was just filled in
  return { ...account, slices: slices as { readonly [K in SliceName]: Slices[K] } };
};

class Session {
  readonly raised: Raised[] = [];
  readonly untold: Untold[] = [];
  readonly crashes: Crash[] = [];

  constructor(private readonly account: SharedAccount) {}

  ask(
    rule: Rule,
    subject: Subject,
    of: Raised['of'],
    check: (view: View<SliceName>) => Iterable<Verdict>,
  ): void {
    const view = viewFor(rule, this.account);
    if ('state' in view) {
      this.untold.push({ ruleId: rule.id, verdict: cannotTell(subject, view) });
      return;
    }
    try {
      for (const verdict of check(view)) {
        if (verdict.kind === 'flag') this.raised.push({ rule, flag: verdict, of });
        else this.untold.push({ ruleId: rule.id, verdict });
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.crashes.push({ ruleId: rule.id, at: subject.label, message });
    }
  }
}

/** A fault of only one of two configurations that share the traffic of a stage is met by some calls (DEP-21). */
const sharedTraffic = (raised: readonly Raised[]): readonly Raised[] => {
  const seen = new Map<string, Set<Raised['of']>>();
  for (const { rule, flag, of } of raised) {
    const id = findingId(rule.id, flag);
    seen.set(id, (seen.get(id) ?? new Set()).add(of));
  }
  return raised.map((one) => {
    const views = seen.get(findingId(one.rule.id, one.flag));
    const reach: Reach = one.flag.reach ?? one.rule.reach;
    const inBoth = views?.has('stage') === true && views.has('canary');
    if (one.of === 'draft' || one.of === 'account' || inBoth || reach !== 'every-call') return one;
    return { ...one, flag: { ...one.flag, reach: 'some-calls' } };
  });
};

/** Judges one API: every configuration its stages serve or would serve, and the API as a whole. */
export const judgeApi = (rules: readonly Rule[], api: RestApi, account: SharedAccount): Judgement => {
  const session = new Session(account);
  const raised: Raised[] = [];
  for (const rule of rules) {
    if (rule.scope === 'api') {
      session.ask(rule, apiSubject(account, api), 'stage', (view) => rule.check(api, view));
    } else if (rule.scope === 'deployment' && !isKnown(api.stages)) {
      // Which deployments there are is not known, so the rule was never asked: its silence must not pass for an answer.
      session.untold.push({ ruleId: rule.id, verdict: cannotTell(apiSubject(account, api), api.stages) });
    }
  }
  raised.push(...session.raised.splice(0));
  if (isKnown(api.stages)) {
    for (const stage of api.stages.value) {
      const subject = stageSubject(account, api, stage);
      const deployments = deploymentsOf(api, stage);
      for (const deployment of deployments) {
        for (const rule of rules) {
          if (rule.scope === 'deployment') {
            session.ask(rule, subject, deployment.of, (view) => rule.check(deployment, view));
          }
        }
      }
      const ofStage = session.raised.splice(0);
      raised.push(...(deployments.some(({ of }) => of === 'canary') ? sharedTraffic(ofStage) : ofStage));
    }
  }
  const ranks = new Map(rules.map((rule, index) => [rule.id, index]));
  return {
    raised: rootCauses(raised, (id) => ranks.get(id) ?? rules.length),
    untold: session.untold,
    crashes: session.crashes,
  };
};

/** Judges what the APIs share, once all of them were seen. Where they could not be listed, none of it can be told. */
export const judgeAccount = (
  rules: readonly Rule[],
  account: SharedAccount,
  apis: Known<readonly ApiSummary[]>,
): Judgement => {
  const session = new Session(account);
  const subject: Subject = {
    arn: `arn:${account.partition}:apigateway:${account.region}::/account`,
    label: `account ${account.accountId} ${account.region}`,
    region: account.region,
  };
  for (const rule of rules) {
    // Without a list no rule was asked about any API.
    if (!isKnown(apis)) session.untold.push({ ruleId: rule.id, verdict: cannotTell(subject, apis) });
    else if (rule.scope === 'account') {
      session.ask(rule, subject, 'account', (view) => rule.check(view, apis.value));
    }
  }
  return { raised: session.raised, untold: session.untold, crashes: session.crashes };
};
