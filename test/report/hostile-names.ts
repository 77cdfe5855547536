import { consoleLink } from '../../lambda/findings/console-link';
import type { AuditResult } from '../../lambda/result';
import { HOSTILE, sample, scopeUndefined } from './sample';

/** What somebody may call an API, a stage, a client, a scope. */
export const NAMES: Readonly<Record<string, string>> = {
  ...HOSTILE,
  'a call to a channel': '<!channel> @here <https://evil.example|free>',
  script: '</script></style><script>alert(1)</script>',
  'a section of CDATA': ']]></failure><x a="',
  'line breaks': 'one\r\ntwo\n## three\n| four |\n::error::five\u2028six',
  '128 emoji': '😀'.repeat(128),
  'marks of direction': '\u202Eevil\u200F\u2066\u061C',
  'half a character': '\ud800 half',
  'fences and ticks': '``` ` ```` \n```sh\nrm -rf /\n```',
  'other formulas': '@SUM(1+1)*cmd|calc!A0',
  'what grows when it is escaped': '&'.repeat(300),
};

/** The sample with a name wherever an account can put one. */
export const named = (name: string): AuditResult => {
  const subject = {
    ...scopeUndefined.subject,
    label: `${name} (a1b2c3) stage ${name}`,
    arn: `arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/stages/${name}`,
    stage: name,
    method: `GET /${name}`,
  };
  const other = {
    region: 'eu-west-1',
    label: name,
    arn: `arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${name}`,
    userPoolId: name,
  };
  const finding = {
    ...scopeUndefined,
    subject,
    console: consoleLink(subject) ?? '',
    affected: [{ restApiId: 'a1b2c3', stage: name, method: `GET /${name}` }],
    affectedCount: 1,
    message: name,
    evidence: [{ operation: 'GetExport', field: name, value: name }],
    fix: [{ step: `Look at ${name}`, commands: [`aws apigateway get-stage --stage-name '${name}'`] }],
  };
  const accepted = { rule: 'cors/*', subject: name, reason: name, owner: name, until: name };
  return {
    ...sample,
    findings: [
      finding,
      { ...finding, id: 'b', expired: [accepted] },
      { ...finding, id: 'f', subject: other, console: consoleLink(other) ?? '', affected: [] },
      { ...finding, id: 'c', suppressed: accepted },
      { ...finding, id: 'd', change: 'resolved' },
      { ...finding, id: 'e', change: 'not-evaluated' },
    ],
    coverage: {
      complete: false,
      gaps: [
        {
          region: 'eu-west-1',
          operation: 'GetExport',
          subject: name,
          because: 'denied',
          permission: 'apigateway:GET',
          detail: name,
          rules: [],
        },
      ],
      failedRules: [{ rule: 'cors/method-missing', at: name, message: name }],
    },
    suppressions: { expired: [accepted], unused: [accepted], expiring: [accepted] },
    history: { state: 'lost', detail: name },
    matrix: [
      {
        restApiId: 'a1b2c3',
        restApiName: name,
        stage: name,
        method: `GET /${name}`,
        requires: 'access-token',
        scopes: [name],
        callers: [
          {
            userPoolId: 'eu-west-1_Shop',
            clientId: name,
            clientName: name,
            flow: 'code',
            token: 'access',
            admitted: false,
            because: name,
          },
        ],
      },
    ],
  };
};
