import { unreadable, type Unreadable } from '../model/known';
import type { Assembly } from './assembly';

const SAM = 'AWS::Serverless::';

const SAM_HELP =
  'AWS SAM resources are written out by CloudFormation only: audit the output of "aws cloudformation get-template --template-stage Processed", of the stack or of a change set';

/** Types that decide who gets in and are not read, to why. */
const KINDS: ReadonlyMap<string, string> = new Map([
  [
    'AWS::CloudFormation::Stack',
    'the template of a nested stack is not read with its parent; audit it by itself',
  ],
  ['AWS::ApiGateway::DomainNameV2', 'private custom domains are not read from templates'],
  ['AWS::WAFRegional::WebACLAssociation', 'web ACLs of WAF Classic are not read'],
]);

const gap = (operation: string, subject: string, why: string): Unreadable =>
  unreadable({ because: 'unsupported', operation, subject, detail: `${subject}: ${why}` });

/** What a template holds that bears on who gets in and cannot be brought into the model: one gap a type. */
export const notRead = (assembly: Assembly): readonly Unreadable[] => [
  ...assembly.types().flatMap((type) => {
    const why = type.startsWith(SAM) ? SAM_HELP : KINDS.get(type);
    if (why === undefined) return [];
    const ids = assembly.all(type).map(({ id }) => id);
    const shown = ids.slice(0, 5).join(', ');
    return [gap(type, ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown, why)];
  }),
  ...assembly.stacks.flatMap(({ loops }) =>
    loops.map((name) =>
      gap('Fn::ForEach', name, 'resources of a loop are written out by CloudFormation only'),
    ),
  ),
];
