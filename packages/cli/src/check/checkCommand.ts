import { usageError } from '../commandLine/CommandLineError';
import { CommandLineContext } from '../commandLine/CommandLineContext';
import { EXIT_CODES, ExitCode, worstExitCode } from '../commandLine/exitCodes';
import { ParsedOptions, parseOptions } from '../commandLine/parseOptions';
import { PortalClient, readPortalAccess } from '../portal';
import {
  createNotes,
  reportOf,
  writeGithubFiles,
  writeOutputs,
} from '../report';
import { readOutputRequests } from '../report/outputs/outputRequests';
import {
  CHECK_HELP,
  CHECK_OPTIONS,
  PORTAL_OPTIONS,
  readCheckOptions,
} from './checkOptions';
import { checkByPortal, PortalCheck } from './portal/checkByPortal';
import { readPortalOptions } from './portal/portalOptions';
import { reviewForCheck } from './reviewForCheck';
import { writeFactsFile } from './writeFactsFile';

/** `supply-chain check`: every rule (L29). */
export async function checkCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const parsed = parseOptions(argv, { ...CHECK_OPTIONS, ...PORTAL_OPTIONS });
  if (parsed.has('help')) {
    context.stdout.write(CHECK_HELP);
    return EXIT_CODES.pass;
  }
  const { report, exitCode } = parsed.has('portal')
    ? await askPortal(parsed, context)
    : await checkHere(parsed, context);
  if (report) {
    const outputs = readOutputRequests(parsed.values('output'));
    await writeOutputs({ report, outputs, context });
    await writeGithubFiles({ report, context });
  }
  return exitCode;
}

async function askPortal(
  parsed: ParsedOptions,
  context: CommandLineContext,
): Promise<PortalCheck> {
  const options = readPortalOptions(parsed);
  const access = readPortalAccess(parsed, context.environment);
  return checkByPortal(options, PortalClient.create(access), {
    notes: createNotes(context.stderr),
  });
}

async function checkHere(
  parsed: ParsedOptions,
  context: CommandLineContext,
): Promise<PortalCheck> {
  const stray = Object.keys(PORTAL_OPTIONS).find(name => parsed.has(name));
  if (stray !== undefined) {
    throw usageError(`expected --${stray} with --portal only`);
  }
  const options = readCheckOptions(parsed);
  const { review, additions } = await reviewForCheck(options, context);
  if (options.factsFile !== undefined) {
    await writeFactsFile(options.factsFile, review.images);
  }
  const report = reportOf(review, additions);
  const outcomes = report.results.map(({ outcome }) => outcome);
  return { report, exitCode: worstExitCode(outcomes) };
}
