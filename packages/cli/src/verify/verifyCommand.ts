import { CommandLineContext } from '../commandLine/CommandLineContext';
import { EXIT_CODES, ExitCode, worstExitCode } from '../commandLine/exitCodes';
import { parseOptions } from '../commandLine/parseOptions';
import { createNotes, reportOf, writeOutputs } from '../report';
import { reviewImages } from './reviewImages';
import {
  readVerifyOptions,
  VERIFY_HELP,
  VERIFY_OPTIONS,
} from './verifyOptions';

/** `supply-chain verify`: the rules about signatures and provenance (L29). */
export async function verifyCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const parsed = parseOptions(argv, VERIFY_OPTIONS);
  if (parsed.has('help')) {
    context.stdout.write(VERIFY_HELP);
    return EXIT_CODES.pass;
  }
  const options = readVerifyOptions(parsed);
  const review = await reviewImages({
    options,
    context,
    notes: createNotes(context.stderr),
    scope: 'signatures',
  });
  const report = reportOf(review);
  await writeOutputs({ report, outputs: options.outputs, context });
  return worstExitCode(report.results.map(({ outcome }) => outcome));
}
