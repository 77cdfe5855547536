import type { Place, Slices } from '../model/account';
import type { Deployment } from '../model/deployment';
import type { WebAcl } from '../model/edge';
import { isKnown, unreadable, valueOr, type Known } from '../model/known';
import type { Stage } from '../model/rest-api';
import { aws, shellWord } from './commands';
import { stageSubject } from './subjects';
import { cannotTell, type CannotTell, type FixStep, type Subject } from './verdict';

/** The web ACL of a stage; `null`: it has none, or WAF says that it does not exist. */
const webAclOf = (stage: Stage, webAcls: Slices['webAcls']): Known<WebAcl | null> => {
  const { webAclArn } = stage;
  if (webAclArn === null) return { state: 'known', value: null };
  return (
    webAcls.find(({ arn }) => arn === webAclArn)?.webAcl ??
    unreadable({
      because: 'unsupported',
      operation: 'GetWebACL',
      subject: webAclArn,
      detail: `the web ACL ${webAclArn} was not read`,
    })
  );
};

export interface GuardedStage {
  readonly subject: Subject;
  readonly acl: WebAcl;
}

/** The web ACL that judges the calls of a deployment before any other gate, and tells where it was not read; `null`: there is none. */
export const openWebAcl = function* (
  { api, stage }: Pick<Deployment, 'api' | 'stage'>,
  account: Place & { readonly slices: Pick<Slices, 'webAcls'> },
): Generator<CannotTell, GuardedStage | null> {
  const subject = stageSubject(account, api, stage);
  const read = webAclOf(stage, account.slices.webAcls);
  if (!isKnown(read)) yield cannotTell(subject, read);
  const acl = valueOr(read, null);
  return acl === null ? null : { subject, acl };
};

/** UpdateWebACL replaces the whole web ACL and takes a fresh lock token (fix 23); people edit the file in between. */
export const updateWebAcl = (acl: WebAcl, region: string, edit: string): readonly FixStep[] => {
  // arn:…:regional/webacl/NAME/ID
  const id = acl.arn.split('/').at(-1) ?? acl.name;
  const query =
    '{Name:WebACL.Name,Scope:`REGIONAL`,Id:WebACL.Id,DefaultAction:WebACL.DefaultAction,Rules:WebACL.Rules,VisibilityConfig:WebACL.VisibilityConfig,LockToken:LockToken}';
  return [
    {
      step: 'Fetch the web ACL with its lock token. Where it has custom response bodies, token domains or limits of its own, copy them into the file too: an update drops what it leaves out.',
      commands: [
        `${aws('wafv2', 'get-web-acl', region, { scope: 'REGIONAL', name: acl.name, id })} --query ${shellWord(query)} --output json > web-acl.json`,
      ],
    },
    {
      step: `${edit} Then send web-acl.json back; it takes effect without a deployment.`,
      commands: [`${aws('wafv2', 'update-web-acl', region, {})} --cli-input-json file://web-acl.json`],
    },
  ];
};
