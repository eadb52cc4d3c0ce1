import { CommandLineContext } from '../../commandLine/CommandLineContext';
import { usageError } from '../../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../../commandLine/exitCodes';
import { OptionKind, parseOptions } from '../../commandLine/parseOptions';
import { readFormat } from '../../commandLine/readFormat';
import { escapeLogText } from '../../report/outputs/escapeLogText';
import { formatJson } from '../../report/outputs/formatJson';
import { describeProblem } from '../../verify/loadPolicies';
import {
  POLICY_HELP,
  POLICY_OPTIONS,
  readJudgedAt,
  tryLoadPolicyFiles,
} from '../policyOptions';
import { lintWarnings } from './lintWarnings';

const OPTIONS: Readonly<Record<string, OptionKind>> = POLICY_OPTIONS;

const HELP = `Usage: supply-chain policy lint FILE… [options]

Loads policy files together, as a portal does that names all of them, and says everything that is wrong with them, with
line and column, and what loads and should be seen.

Options:
  --now RFC3339             tell waivers that have ended as of this instant
${POLICY_HELP}

Exit codes:
  0  the files load
  2  usage, or a file does not load
`;

/** `supply-chain policy lint`. */
export async function lintCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const options = parseOptions(argv, OPTIONS);
  if (options.has('help')) {
    context.stdout.write(HELP);
    return EXIT_CODES.pass;
  }
  const files = options.positionals;
  if (files.length === 0) {
    throw usageError('expected at least one policy file');
  }
  const format = readFormat(options);
  const now = readJudgedAt(options, context.now);
  const loaded = await tryLoadPolicyFiles(files, options);
  const problems = loaded.ok ? [] : loaded.problems;
  const warnings = loaded.ok ? lintWarnings(loaded.policySet, now) : [];
  const lines = [
    ...problems.map(describeProblem),
    ...warnings.map(({ code, message }) => `warning: ${code}: ${message}`),
    ...(loaded.ok ? [countsOf(loaded.policySet)] : []),
  ];
  context.stdout.write(
    format === 'json'
      ? formatJson({ schemaVersion: 1, ok: loaded.ok, problems, warnings })
      : lines.map(line => `${escapeLogText(line)}\n`).join(''),
  );
  return loaded.ok ? EXIT_CODES.pass : EXIT_CODES.usage;
}

function countsOf(counted: {
  policies: unknown[];
  trustRoots: unknown[];
  waivers: unknown[];
}): string {
  const { policies, trustRoots, waivers } = counted;
  return `ok: policies ${policies.length}, trust roots ${trustRoots.length}, waivers ${waivers.length}`;
}
