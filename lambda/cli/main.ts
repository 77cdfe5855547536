import { Command, CommanderError, Option } from 'commander';
import { policyDocument } from '../collect/policy-document';
import { readPermissions, requestedPermissions, type PermissionOption } from '../collect/permissions';
import { oneLine } from '../report/escape';
import { VERSION } from '../version';
import { runAudit, type AuditOptions } from './audit-command';
import { COULD_NOT_RUN, FAIL_ON } from './exit-codes';
import { runExplain, type ExplainOptions } from './explain-command';
import { FORMATS, lookOf } from './formats';
import type { Io } from './io';
import { openSources } from './open-sources';
import { rulesText } from './rules-command';
import { writeSaved } from './saved-file';
import { UsageError } from './usage-error';

type GivenOptions = Omit<AuditOptions, 'region' | 'api' | 'rule'> &
  Partial<Pick<AuditOptions, 'region' | 'api' | 'rule'>>;

interface PermissionOptions {
  readonly allRegions?: boolean;
  readonly testInvoke?: boolean;
  readonly user?: boolean;
}

const EXIT_CODES = `
Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 nothing found, but not everything could be
judged; 3 could not run.`;

const repeated = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Commander writes synchronously and ends the process by itself; here it does neither. */
const makeProgram = (io: Io, finish: (code: number) => void): Command => {
  const program = new Command('api-auth-auditor')
    .description('Finds what makes API Gateway answer 401 or 403 to callers who should get in.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what is possible)');

  program
    .command('audit')
    .description('audit an account, or what was saved of one')
    .option('--region <region>', 'AWS Region; repeat it for more', repeated)
    .option('--all-regions', 'every region that the account has enabled')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .option('--api <id>', 'only this REST API; repeat it for more', repeated)
    .option('--rule <id>', 'only this rule, or a family such as cognito/; repeat it for more', repeated)
    .addOption(
      new Option('--from <file>', 'audit what --save wrote, without AWS').conflicts([
        'sandbox',
        'allRegions',
        'profile',
      ]),
    )
    .addOption(
      new Option(
        '--template <file-or-folder>',
        'audit what a CloudFormation template or cdk.out would deploy, without AWS',
      ).conflicts(['from', 'sandbox', 'allRegions', 'profile', 'save']),
    )
    .option('--parameter <name=value>', 'of the template; repeat it for more', repeated)
    .option('--account <id>', 'the account that the template is deployed to')
    .addOption(
      new Option('--sandbox', 'audit the sample account, without AWS').conflicts(['allRegions', 'profile']),
    )
    .option('--matrix', 'also show which app client gets into which method, as --format html always does')
    .option('--save <file>', 'also write what was read, for --from')
    .addOption(new Option('--format <format>', 'of the report').choices(FORMATS).default('text'))
    .option('--output <file>', 'write the report there and not to standard output')
    .option('--suppressions <file>', 'accepted findings: they stay in the report and count for nothing')
    .option('--write-baseline <file>', 'write suppressions for everything open; then also:')
    .option('--owner <name>', 'who accepts the baseline')
    .option('--reason <text>', 'why it is accepted')
    .option('--until <day>', 'last day on which it holds, such as 2026-12-31')
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that makes the exit code 1')
        .choices(FAIL_ON)
        .default('warning'),
    )
    .addHelpText('after', EXIT_CODES)
    .action(async (given: GivenOptions) => {
      const options: AuditOptions = { region: [], api: [], rule: [], ...given };
      finish(await runAudit(options, (wanted) => openSources(wanted, io), writeSaved, io));
    });

  program
    .command('explain')
    .description('say what API Gateway would answer to one request, and why')
    .option('--url <url>', 'the address that is called')
    .option('--curl <command>', 'a curl command in place of --url; - reads it from standard input')
    .option('--method <method>', 'GET unless said')
    .addOption(
      new Option(
        '--token-stdin',
        'read the token from standard input; it is never shown or stored',
      ).conflicts(['claims', 'signedBy']),
    )
    .option('--verify', "also check the token's signature with the keys of its user pool")
    .option(
      '--test-invoke',
      'also call TestInvokeAuthorizer: needs apigateway:POST, and invokes the authorizer',
    )
    .option('--user <name>', 'also read the status of this user: needs cognito-idp:AdminGetUser')
    .option('--claims <file>', 'payload of a token as JSON, as if its signature held')
    .option('--header <line>', '"Name: value"; repeat it for more', repeated)
    .option('--source-ip <address>', 'where the call comes from')
    .option('--source-vpce <id>', 'the VPC endpoint that the call goes through')
    .option('--api-key-id <id>', 'id, not value, of the API key that the call carries')
    .option('--signed-by <arn>', 'the principal that signs the call')
    .option('--region <region>', 'where to look; unless the address says it')
    .addOption(new Option('--profile <name>', 'profile of the AWS configuration files'))
    .addOption(
      new Option('--from <file>', 'look into what --save wrote, without AWS').conflicts([
        'sandbox',
        'profile',
      ]),
    )
    .addOption(
      new Option(
        '--template <file-or-folder>',
        'look into what a CloudFormation template or cdk.out would deploy, without AWS',
      ).conflicts(['from', 'sandbox', 'profile']),
    )
    .option('--parameter <name=value>', 'of the template; repeat it for more', repeated)
    .option('--account <id>', 'the account that the template is deployed to')
    .addOption(new Option('--sandbox', 'look into the sample account, without AWS').conflicts(['profile']))
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit codes: 0 admitted; 1 refused; 2 cannot tell; 3 could not run.')
    .action(async (given: Omit<ExplainOptions, 'header'> & Partial<Pick<ExplainOptions, 'header'>>) => {
      finish(await runExplain({ header: [], ...given }, (wanted) => openSources(wanted, io), io));
    });

  program
    .command('rules')
    .description('list the rules, or explain one')
    .argument('[id]', 'a rule, or a family such as cognito/')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(async (id: string | undefined, { format }: { format: 'text' | 'json' }) => {
      await io.stdout.write(rulesText(id, format, lookOf(io.stdout, io.env)));
      finish(0);
    });

  program
    .command('permissions')
    .description('print the IAM policy that an audit needs, as JSON')
    .option('--all-regions', 'also what audit --all-regions needs')
    .option('--test-invoke', 'also what explain --test-invoke needs')
    .option('--user', 'also what explain --user needs')
    .action(async (given: PermissionOptions) => {
      const wanted: Readonly<Record<PermissionOption, boolean>> = {
        'all-regions': given.allRegions === true,
        'test-invoke': given.testInvoke === true,
        user: given.user === true,
      };
      const needed = [...readPermissions, ...requestedPermissions].filter(
        ({ option }) => option === undefined || wanted[option],
      );
      await io.stdout.write(`${JSON.stringify(policyDocument(needed, {}), null, 2)}\n`);
      finish(0);
    });

  return program;
};

/** Arguments in, text and exit code out. */
export const main = async (argv: readonly string[], io: Io): Promise<number> => {
  let code = COULD_NOT_RUN;
  const program = makeProgram(io, (given) => {
    code = given;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong; its code is 0 for --help and --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : COULD_NOT_RUN;
    const message = error instanceof UsageError ? error.message : unexpected(error);
    await io.stderr.write(`error: ${message}\n`);
    return COULD_NOT_RUN;
  }
};

const unexpected = (error: unknown): string => {
  if (!(error instanceof Error)) return oneLine(String(error));
  const place = (error.stack ?? '').split('\n').slice(1, 4).map(oneLine).join('\n');
  return `${oneLine(error.name)}: ${oneLine(error.message)}\n${place}`;
};
