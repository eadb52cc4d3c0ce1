import { version } from '../../package.json';
import { admissionCommand } from '../admission';
import { checkCommand } from '../check';
import { policyCommand } from '../policy';
import { escapeLogText } from '../report/outputs/escapeLogText';
import { uploadCommand } from '../upload';
import { verifyCommand } from '../verify';
import { CommandLineContext } from './CommandLineContext';
import { CommandLineError, usageError } from './CommandLineError';
import { EXIT_CODES, ExitCode } from './exitCodes';
import { parseOptions } from './parseOptions';

const HELP = `Usage: supply-chain COMMAND …

Commands:
  verify IMAGE…   check the signatures of images against a policy
  check IMAGE…    check images against every rule of a policy
  upload FILE…    hand reports about an image to a portal
  policy          lint, test, explain and compare policies
  admission       serve an admission webhook that judges by policies

Options:
  -h, --help      show this, or the help of a command
  --version       show the version

Exit codes: 0 pass, 1 fail, 2 usage or configuration, 3 cannot tell, 4 timed out.
`;

const COMMANDS = {
  verify: verifyCommand,
  check: checkCommand,
  upload: uploadCommand,
  policy: policyCommand,
  admission: admissionCommand,
};

/**
 * Runs one command and says how it ended. Nothing is thrown: what is not expected ends with "cannot tell".
 *
 * @public
 */
export async function runCommandLine(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  try {
    return await runCommand(argv, context);
  } catch (error) {
    return explain(error, context);
  }
}

async function runCommand(
  [name, ...rest]: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  if (isCommand(name)) {
    return COMMANDS[name](rest, context);
  }
  if (name !== undefined && !name.startsWith('-')) {
    throw usageError(
      `expected a command (${Object.keys(COMMANDS).join(', ')}), got "${name}"`,
    );
  }
  const options = parseOptions(name === undefined ? [] : [name, ...rest], {
    help: 'flag',
    version: 'flag',
  });
  if (options.has('help')) {
    context.stdout.write(HELP);
    return EXIT_CODES.pass;
  }
  if (options.has('version')) {
    context.stdout.write(`${version}\n`);
    return EXIT_CODES.pass;
  }
  throw usageError(`expected a command (${Object.keys(COMMANDS).join(', ')})`);
}

function isCommand(name: string | undefined): name is keyof typeof COMMANDS {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}

function explain(error: unknown, { stderr }: CommandLineContext): ExitCode {
  const print = (line: string) =>
    stderr.write(`supply-chain: ${escapeLogText(line)}\n`);
  if (!(error instanceof CommandLineError)) {
    const text = error instanceof Error ? error.stack ?? error.message : error;
    `internal error: ${text}`.split('\n').forEach(print);
    return EXIT_CODES.cannotTell;
  }
  error.lines.forEach(print);
  if (error.kind === 'usage') {
    print('see supply-chain --help');
  }
  return error.kind === 'cannotTell' ? EXIT_CODES.cannotTell : EXIT_CODES.usage;
}
