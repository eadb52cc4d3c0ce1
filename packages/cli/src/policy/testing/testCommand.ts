import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { CommandLineContext } from '../../commandLine/CommandLineContext';
import {
  CommandLineError,
  usageError,
} from '../../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../../commandLine/exitCodes';
import {
  OptionKind,
  ParsedOptions,
  parseOptions,
} from '../../commandLine/parseOptions';
import { readFormat } from '../../commandLine/readFormat';
import { escapeLogText } from '../../report/outputs/escapeLogText';
import { formatJson } from '../../report/outputs/formatJson';
import { judgeFacts } from '../../verify/judgeImages';
import { describeProblem } from '../../verify/loadPolicies';
import {
  POLICY_HELP,
  POLICY_OPTIONS,
  readJudgedAt,
  tryLoadPolicyFiles,
} from '../policyOptions';
import { compareOutcomes, Mismatch } from './compareOutcomes';
import { PolicyTestFile, readPolicyTests } from './readPolicyTests';

const OPTIONS: Readonly<Record<string, OptionKind>> = POLICY_OPTIONS;

const HELP = `Usage: supply-chain policy test FILE… [options]

Judges the cases of files of kind PolicyTest by the policies they name, and compares with what is expected:

  apiVersion: supply-chain/v1
  kind: PolicyTest
  policies: [./policy.yaml]
  now: 2026-12-03T12:00:00Z
  cases:
    - name: an image from elsewhere is refused
      facts: { image: docker.io/library/nginx:1.27 }
      expect: { outcome: fail, rules: { registry-allowed: fail(repositoryNotAllowed) } }

"facts" are those of "check --save-facts"; "factsFile" names a file of one line of them.

Options:
  --now RFC3339             judge cases without "now" as of this instant
${POLICY_HELP}

Exit codes:
  0  every case is as expected
  1  a case is not
  2  usage, or a file does not load
`;

type CaseResult = { file: string; name: string; mismatches: Mismatch[] };

/** `supply-chain policy test`. */
export async function testCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const options = parseOptions(argv, OPTIONS);
  if (options.has('help')) {
    context.stdout.write(HELP);
    return EXIT_CODES.pass;
  }
  if (options.positionals.length === 0) {
    throw usageError('expected at least one file of cases');
  }
  const format = readFormat(options);
  const now = readJudgedAt(options, context.now);
  const results: CaseResult[] = [];
  for (const path of options.positionals) {
    const tests = await readPolicyTests(path);
    const policySet = await loadNamed(tests, options);
    results.push(...(await runCases(tests, { policySet, now })));
  }
  const failed = results.filter(({ mismatches }) => mismatches.length > 0);
  context.stdout.write(
    format === 'json'
      ? formatJson({
          schemaVersion: 1,
          ok: failed.length === 0,
          cases: results,
        })
      : formatResults(results),
  );
  return failed.length === 0 ? EXIT_CODES.pass : EXIT_CODES.fail;
}

async function loadNamed(
  { policies }: PolicyTestFile,
  options: ParsedOptions,
): Promise<PolicySet> {
  const loaded = await tryLoadPolicyFiles(policies, options);
  if (!loaded.ok) {
    throw new CommandLineError(
      'configuration',
      loaded.problems.map(describeProblem),
    );
  }
  return loaded.policySet;
}

async function runCases(
  { file, cases }: PolicyTestFile,
  { policySet, now }: { policySet: PolicySet; now: Date },
): Promise<CaseResult[]> {
  const evaluations = await judgeFacts(
    cases.map(each => ({ facts: each.facts, now: each.now ?? now })),
    { policySet, scope: 'all' },
  );
  return cases.map(({ name, expected }, index) => ({
    file,
    name,
    mismatches: compareOutcomes(expected, evaluations[index]),
  }));
}

function formatResults(results: CaseResult[]): string {
  const lines = results.flatMap(({ name, mismatches }) => [
    `${mismatches.length === 0 ? 'ok  ' : 'FAIL'}  ${name}`,
    ...mismatches.map(
      ({ what, expected, actual }) =>
        `        ${what}: expected ${expected}, got ${actual}`,
    ),
  ]);
  const failed = results.filter(({ mismatches }) => mismatches.length > 0);
  return [
    ...lines,
    '',
    `${results.length} cases: ${failed.length} not as expected`,
  ]
    .map(line => `${escapeLogText(line)}\n`)
    .join('');
}
