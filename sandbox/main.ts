import { Command, InvalidArgumentError } from 'commander';
import { startSandbox } from './endpoint';
import type { Faults } from './faults';
import { loadAccount, sampleAccount } from './load';

interface Settings {
  readonly account?: string;
  readonly port: number;
  readonly quotas?: boolean;
  readonly latency: number;
  readonly deny: readonly string[];
  readonly permit: readonly string[];
  readonly faultRate: number;
  readonly seed: number;
}

const toNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('Not a number of 0 or more.');
  return value;
};

const toRate = (text: string): number => {
  const value = toNumber(text);
  if (value > 1) throw new InvalidArgumentError('A rate lies between 0 and 1.');
  return value;
};

const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** One rate shared out over the faults that a retry can mend. */
const faultsOf = ({ faultRate, seed }: Settings): Faults => {
  const each = faultRate / 5;
  return { seed, throttle: each, serverError: each, tear: each, halfBody: each, html: each };
};

const run = async (settings: Settings): Promise<void> => {
  const sandbox = await startSandbox({
    account: settings.account === undefined ? sampleAccount : loadAccount(settings.account),
    port: settings.port,
    quotas: settings.quotas === true,
    latencyMs: settings.latency,
    deny: settings.deny,
    ...(settings.permit.length > 0 ? { permitted: settings.permit } : {}),
    ...(settings.faultRate > 0 ? { faults: faultsOf(settings) } : {}),
  });
  console.log(`AWS sandbox at ${sandbox.url}. For example:

  export AWS_ENDPOINT_URL=${sandbox.url} AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox AWS_REGION=eu-west-1
  aws apigateway get-rest-apis
  aws sts get-caller-identity

Ctrl-C stops it.`);
  const stop = (): void => {
    void sandbox.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

const program = new Command('sandbox')
  .description('Serves an account file as AWS would, on loopback.')
  .option('--account <file>', 'account file (default: the sample account)')
  .option('--port <n>', 'port to listen on (0: any free one)', toNumber, 0)
  .option('--quotas', 'enforce the documented control-plane quotas')
  .option('--latency <ms>', 'milliseconds before each answer', toNumber, 0)
  .option('--deny <operation>', 'deny an operation, or of one thing only: GetExport:a1b2c3d4e5', gather, [])
  .option('--permit <operation>', 'permit these operations and no others', gather, [])
  .option('--fault-rate <rate>', 'share of requests that fail, 0 to 1', toRate, 0)
  .option('--seed <n>', 'which requests fail', toNumber, 1)
  .action((settings: Settings) =>
    run(settings).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 3;
    }),
  );

void program.parseAsync();
