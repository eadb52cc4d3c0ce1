import { CommandLineContext } from '../commandLine/CommandLineContext';
import { EXIT_CODES, ExitCode, worstExitCode } from '../commandLine/exitCodes';
import { parseOptions } from '../commandLine/parseOptions';
import { reportOf, writeGithubFiles, writeOutputs } from '../report';
import { CHECK_HELP, CHECK_OPTIONS, readCheckOptions } from './checkOptions';
import { reviewForCheck } from './reviewForCheck';
import { writeFactsFile } from './writeFactsFile';

/** `supply-chain check`: every rule (L29). */
export async function checkCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const parsed = parseOptions(argv, CHECK_OPTIONS);
  if (parsed.has('help')) {
    context.stdout.write(CHECK_HELP);
    return EXIT_CODES.pass;
  }
  const options = readCheckOptions(parsed);
  const { review, additions } = await reviewForCheck(options, context);
  if (options.factsFile !== undefined) {
    await writeFactsFile(options.factsFile, review.images);
  }
  const report = reportOf(review, additions);
  await writeOutputs({ report, outputs: options.outputs, context });
  await writeGithubFiles({ report, context });
  return worstExitCode(report.results.map(({ outcome }) => outcome));
}
