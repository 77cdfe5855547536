import type { Chapter } from './sandbox-story';

/** The rule whose finding the README shows. */
const SHOWN = 'rules/cognito/scope-undefined.md';
const BLOCK = /^```text\nSubject: [^`]+```$/m;
const HEADING = 'FINDINGS\n--------\n';

/** The mail of the first day, cut to its opening and one finding. */
const sampleAlert = ({ messages }: Chapter): string => {
  const people = messages.find(({ topic }) => topic === 'alerts');
  const { email = '' } = JSON.parse(people?.body ?? '{}') as { readonly email?: string };
  const [opening = '', findings = ''] = email.split(HEADING);
  const shown = findings
    .split(/\n(?=\d+\. (?:ERROR|WARNING|NOTE): )/)
    .find((block) => block.includes(SHOWN))
    ?.split('\n\n')[0];
  if (people?.subject === undefined || shown === undefined) {
    throw new Error(`the mail about the sample account has no finding of ${SHOWN}`);
  }
  return `Subject: ${people.subject}\n\n${opening}${HEADING}\n${shown.trim()}\n`;
};

/** The README with what `npm start` really shows. */
export const withSampleAlert = (readme: string, chapter: Chapter): string => {
  if (!BLOCK.test(readme)) throw new Error('README.md has no block of text that begins with "Subject: "');
  return readme.replace(BLOCK, () => `\`\`\`text\n${sampleAlert(chapter)}\`\`\``);
};
