import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { Outcome, worstOutcome } from 'backstage-plugin-supply-chain-common';
import { CommandLineContext } from '../../commandLine/CommandLineContext';
import { CommandLineError } from '../../commandLine/CommandLineError';
import { VerifyReport } from '../verifyReport';
import { formatMarkdown } from './formatMarkdown';

/** A summary of a step is refused whole above one MiB. */
const SUMMARY_MAX_BYTES = 1_000_000;

/**
 * Tells a step of GitHub Actions what came out: `digest` and `image` (`repository@digest`) with a line for each image, the
 * worst `outcome`, and the report as summary of the step. Does nothing elsewhere.
 *
 * @throws CommandLineError when a file the runner names cannot be written.
 */
export async function writeGithubFiles(options: {
  report: VerifyReport;
  context: CommandLineContext;
}): Promise<void> {
  const { report, context } = options;
  const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY } = context.environment;
  const files: [string | undefined, () => string][] = [
    [GITHUB_OUTPUT, () => outputsOf(report)],
    [GITHUB_STEP_SUMMARY, () => summaryOfStep(report)],
  ];
  for (const [file, format] of files) {
    if (file) {
      try {
        await appendFile(file, format());
      } catch (error) {
        throw new CommandLineError('configuration', [
          `"${file}" cannot be written: ${(error as Error).message}`,
        ]);
      }
    }
  }
}

function outputsOf({ results }: VerifyReport): string {
  const values = {
    digest: results.map(({ subject }) => subject.digest ?? '').join('\n'),
    image: results.map(({ deploy }) => deploy ?? '').join('\n'),
    outcome: outcomeOf(results),
  };
  return Object.entries(values)
    .map(([name, value]) => formatOutput(name, value))
    .join('');
}

/** An image that nothing covers is no pass beside one that passes (L29). */
function outcomeOf(results: VerifyReport['results']): Outcome {
  const outcomes = results.map(({ outcome }) => outcome);
  const worst = worstOutcome(outcomes);
  const isBad = worst === 'fail' || worst === 'unknown';
  return !isBad && outcomes.includes('notApplicable') ? 'notApplicable' : worst;
}

/**
 * The form for several lines, whose end nobody can guess: a value can neither end early nor begin another one.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
function formatOutput(name: string, value: string): string {
  const end = `end_${randomUUID()}`;
  return `${name}<<${end}\n${value}\n${end}\n`;
}

function summaryOfStep(report: VerifyReport): string {
  const markdown = formatMarkdown(report);
  return Buffer.byteLength(markdown) <= SUMMARY_MAX_BYTES
    ? `${markdown}\n`
    : '## Supply chain: the report is too large to be shown here\n\n';
}
