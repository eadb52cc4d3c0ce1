import { escapeHostileText } from 'backstage-plugin-supply-chain-common';
import { CommandLineContext } from '../commandLine/CommandLineContext';
import { usageError } from '../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../commandLine/exitCodes';
import { OptionKind, parseOptions } from '../commandLine/parseOptions';
import { openState } from '../state';
import { CollectorLogger } from '../verify/collecting';
import { AdmissionWebhook } from './AdmissionWebhook';
import { readAdmissionConfig } from './config';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  config: 'value',
  help: 'flag',
};

const HELP = `Usage: supply-chain admission --config FILE

Serves an admission webhook for Kubernetes (AdmissionReview v1) that judges the images of pods and workloads by the same
policies as everywhere. It ends on SIGTERM or SIGINT, after the requests under way are answered.

Options:
  --config FILE  the configuration (YAML, see docs/admission.md)
  -h, --help     show this

Exit codes:
  0  ended as asked
  2  usage or configuration, a policy that does not load included
  3  ended by an internal error
`;

/** `supply-chain admission`: policies at the door of a cluster. */
export async function admissionCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const parsed = parseOptions(argv, OPTIONS);
  if (parsed.has('help')) {
    context.stdout.write(HELP);
    return EXIT_CODES.pass;
  }
  const path = parsed.value('config');
  if (path === undefined || parsed.positionals.length > 0) {
    throw usageError('expected --config FILE and nothing else');
  }
  const config = await readAdmissionConfig(path);
  const webhook = await AdmissionWebhook.start({
    config,
    stateOf: await openState(config.stateDirectory),
    logger: createLog(context),
    now: () => context.now(),
  });
  try {
    await context.untilStopped();
  } finally {
    await webhook.stop();
  }
  return EXIT_CODES.pass;
}

/** A line for each message; what a server did is read later, so each has its time. */
function createLog({ stderr, now }: CommandLineContext): CollectorLogger {
  const print = (level: string) => (message: string) => {
    stderr.write(
      `${now().toISOString()} ${level}: ${escapeHostileText(message)}\n`,
    );
  };
  return {
    debug: () => undefined,
    info: print('info'),
    warn: print('warning'),
    error: print('error'),
  };
}
