import type { Command } from '../../support/aws-command';

/**
 * A printed command with what only a person knows in place of its placeholders.
 *
 * @throws Error that names a placeholder of which nothing is said.
 */
export const fillIn = (line: string, values: Readonly<Record<string, string>>): string => {
  const filled = line.replaceAll(/<([A-Z_]+)>/g, (placeholder, name: string) => values[name] ?? placeholder);
  const [open] = /<[A-Z_]+>/.exec(filled) ?? [];
  if (open !== undefined) throw new Error(`nobody says what ${open} is: ${line}`);
  return filled;
};

/** Options that name what a command changes. */
const TARGETS = [
  'rest-api-id',
  'usage-plan-id',
  'api-key',
  'user-pool-id',
  'function-name',
  'domain-name',
  'id',
];

/** What only looks; what a web ACL is fetched for is to be sent back, and the command that does names it in a file. */
const LOOKS = /^(?:get|list|describe)-(?!web-acl$)/;

/** The things that a command changes and that are not ours: in a real account, a fix may only touch what the run made. */
export const strangers = (
  { operation, options }: Command,
  isOwn: (id: string) => boolean,
): readonly string[] => {
  if (LOOKS.test(operation)) return [];
  const input = options.get('cli-input-json') ?? '{}';
  const { UserPoolId } = JSON.parse(input.startsWith('file:') ? '{}' : input) as {
    readonly UserPoolId?: string;
  };
  return [...TARGETS.map((option) => options.get(option)), UserPoolId].filter(
    // What stands in a shell variable was made a line before.
    (id): id is string => typeof id === 'string' && !id.startsWith('$') && !isOwn(id),
  );
};
