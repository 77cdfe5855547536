import type { SlackMessage } from '../../lambda/slack/blocks';

/** All that Slack shows of a message. */
export const textsOf = ({ text, blocks }: SlackMessage): readonly string[] => [
  text,
  ...blocks.flatMap((block) =>
    block.type === 'context' ? block.elements.map((one) => one.text) : [block.text.text],
  ),
];

/** Of Slack: https://docs.slack.dev/reference/block-kit/blocks */
export const expectWithinLimits = (message: SlackMessage): void => {
  expect(message.blocks.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(message).length).toBeLessThanOrEqual(13_000);
  for (const block of message.blocks) {
    if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
    if (block.type === 'section') expect(block.text.text.length).toBeLessThanOrEqual(3000);
    if (block.type === 'context') expect(block.elements.length).toBeLessThanOrEqual(10);
  }
  for (const text of textsOf(message)) expect(text).not.toBe('');
};
