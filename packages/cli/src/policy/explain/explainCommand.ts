import {
  explainCoverage,
  ImageEvaluation,
  PolicyFacts,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { CHECK_OPTIONS, readCheckOptions, reviewForCheck } from '../../check';
import { CommandLineContext } from '../../commandLine/CommandLineContext';
import { usageError } from '../../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../../commandLine/exitCodes';
import {
  OptionKind,
  ParsedOptions,
  parseOptions,
} from '../../commandLine/parseOptions';
import { readFormat } from '../../commandLine/readFormat';
import { formatJson } from '../../report/outputs/formatJson';
import { judgeFacts } from '../../verify/judgeImages';
import { readFactsFile } from '../facts/readFacts';
import { loadPolicyFile, readJudgedAt } from '../policyOptions';
import { formatExplanation } from './formatExplanation';

const { policy, 'save-facts': saveFacts, ...SHARED } = CHECK_OPTIONS;

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  ...SHARED,
  output: 'value',
  image: 'several',
  facts: 'value',
};

const HELP = `Usage: supply-chain policy explain FILE (--image IMAGE… | --facts FILE) [options]

Says which policies cover an image and what keeps the others out, and for each rule what it says and on which facts.

Options:
  --image IMAGE             an image to look at; may be repeated
  --facts FILE              facts kept by "check --save-facts", in place of looking
  --output text|json        text by default
  --evidence FILE, --entity REF, --entity-file FILE, --cluster NAME, --namespace NAME, --now RFC3339,
  --insecure-registry HOST, --source-repository URL, --state DIR, --timeout SECONDS
                            as for "check"
  -h, --help                show this

Exit codes:
  0  explained, whatever the outcome
  2  usage or configuration
`;

/** What policies say of one image, and why. */
export type Explanation = {
  image: string;
  facts: PolicyFacts;
  coverage: ReturnType<typeof explainCoverage>;
  evaluation: ImageEvaluation;
};

/** `supply-chain policy explain`. */
export async function explainCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const options = parseOptions(argv, OPTIONS);
  if (options.has('help')) {
    context.stdout.write(HELP);
    return EXIT_CODES.pass;
  }
  const [file, ...others] = options.positionals;
  if (file === undefined || others.length > 0) {
    throw usageError('expected one policy file');
  }
  if (options.has('image') === options.has('facts')) {
    throw usageError('expected either --image IMAGE or --facts FILE');
  }
  const format = readFormat(options);
  const explanations = options.has('facts')
    ? await explainFacts(file, options, context)
    : await explainImages(file, options, context);
  context.stdout.write(
    format === 'json'
      ? formatJson({ schemaVersion: 1, images: explanations })
      : explanations.map(formatExplanation).join('\n'),
  );
  return EXIT_CODES.pass;
}

async function explainFacts(
  file: string,
  options: ParsedOptions,
  context: CommandLineContext,
): Promise<Explanation[]> {
  const facts = await readFactsFile(options.value('facts')!);
  const policySet = await loadPolicyFile(file, options);
  const now = readJudgedAt(options, context.now);
  const evaluations = await judgeFacts(
    facts.map(each => ({ facts: each, now })),
    { policySet, scope: 'all' },
  );
  return facts.map((each, index) =>
    explanationOf(each, evaluations[index], policySet),
  );
}

async function explainImages(
  file: string,
  options: ParsedOptions,
  context: CommandLineContext,
): Promise<Explanation[]> {
  const { review } = await reviewForCheck(
    readCheckOptions({
      ...options,
      positionals: options.values('image'),
      value: name => (name === 'policy' ? file : options.value(name)),
      // The form of this command's own output is another one.
      values: name => (name === 'output' ? [] : options.values(name)),
    }),
    context,
  );
  return review.images.map(({ facts, evaluation }) =>
    explanationOf(facts, evaluation, review.policySet),
  );
}

function explanationOf(
  facts: PolicyFacts,
  evaluation: ImageEvaluation,
  { policies }: PolicySet,
): Explanation {
  return {
    image: facts.image.imageRef,
    facts,
    coverage: explainCoverage({ policies, places: [facts] }),
    evaluation,
  };
}
