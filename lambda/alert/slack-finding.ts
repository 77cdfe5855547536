import type { ReportedFinding } from '../result';
import { slackCode, slackCut, slackLink, slackText } from './slack-text';
import { affectedOf, breakageOf } from './wording';

const MARKS: Readonly<Record<ReportedFinding['severity'], string>> = {
  error: ':red_circle:',
  warning: ':large_orange_circle:',
  note: ':large_blue_circle:',
};

/** A finding in Slack's markup: what, where, who meets it, why, the rule's page and the console. At most some 2,000 characters. */
export const findingText = (finding: ReportedFinding): string => {
  const affected = affectedOf(finding);
  const links = [
    slackLink(finding.docs, finding.rule),
    ...(finding.console === undefined ? [] : [slackLink(finding.console, 'in the console')]),
  ];
  return [
    `${MARKS[finding.severity]} *${slackText(finding.title)}* (${finding.severity})`,
    `${slackCut(finding.subject.label, 200)}: ${slackCut(breakageOf(finding), 200)}`,
    ...(affected === null ? [] : [slackCut(affected, 300)]),
    `${slackCut(finding.message, 500)} ${links.join(' · ')}`,
  ].join('\n');
};

const STEP = 500;

/** A step of a fix with its first command, or without it where that is too long or must not be shown. */
export const stepText = ({ step, commands: [command] }: ReportedFinding['fix'][number]): string => {
  const code = command === undefined ? null : slackCode(command);
  const words = slackCut(step, 240);
  const whole = code === null ? words : `${words} ${code}`;
  return whole.length <= STEP ? whole : words;
};
