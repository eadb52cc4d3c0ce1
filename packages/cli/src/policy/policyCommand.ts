import { CommandLineContext } from '../commandLine/CommandLineContext';
import { usageError } from '../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../commandLine/exitCodes';
import { diffCommand } from './diff/diffCommand';
import { explainCommand } from './explain/explainCommand';
import { lintCommand } from './lint/lintCommand';
import { testCommand } from './testing/testCommand';

const HELP = `Usage: supply-chain policy COMMAND …

Commands:
  lint FILE…       say everything that is wrong with policy files
  test FILE…       judge cases, and compare with what is expected of them
  explain FILE     say which policies cover an image, and what each rule rests on
  diff OLD NEW     say what would change for images, or for all a portal runs

Options:
  -h, --help       show this, or the help of a command
`;

const COMMANDS = {
  lint: lintCommand,
  test: testCommand,
  explain: explainCommand,
  diff: diffCommand,
};

/** `supply-chain policy`: what people who write policies need. */
export async function policyCommand(
  [name, ...rest]: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  if (name === '--help' || name === '-h') {
    context.stdout.write(HELP);
    return EXIT_CODES.pass;
  }
  if (name === undefined || !Object.hasOwn(COMMANDS, name)) {
    throw usageError(
      `expected one of ${Object.keys(COMMANDS).join(', ')} after "policy"${
        name === undefined ? '' : `, got "${name}"`
      }`,
    );
  }
  return COMMANDS[name as keyof typeof COMMANDS](rest, context);
}
