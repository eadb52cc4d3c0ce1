import { PolicyFacts } from 'backstage-plugin-supply-chain-common';
import { CommandLineContext } from '../../commandLine/CommandLineContext';
import { usageError } from '../../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../../commandLine/exitCodes';
import {
  OptionKind,
  ParsedOptions,
  parseOptions,
} from '../../commandLine/parseOptions';
import { escapeLogText } from '../../report/outputs/escapeLogText';
import { formatJson } from '../../report/outputs/formatJson';
import { judgeFacts } from '../../verify/judgeImages';
import { readFactsFile } from '../facts/readFacts';
import {
  loadPolicyFile,
  POLICY_HELP,
  POLICY_OPTIONS,
  readFormat,
  readInstant,
} from '../policyOptions';
import {
  compareEvaluations,
  ImageChange,
  isWorse,
  Said,
} from './compareEvaluations';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  ...POLICY_OPTIONS,
  facts: 'value',
};

const HELP = `Usage: supply-chain policy diff OLD NEW --facts FILE [options]

Judges images by two policy files at the same instant, and says for which of them something changes.

Options:
  --facts FILE              JSON Lines, the facts of one image a line, as kept by "check --save-facts"
  --now RFC3339             judge as of this instant
${POLICY_HELP}

Exit codes:
  0  nothing gets worse
  1  an image gets worse
  2  usage or configuration
`;

/** `supply-chain policy diff`. */
export async function diffCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const options = parseOptions(argv, OPTIONS);
  if (options.has('help')) {
    context.stdout.write(HELP);
    return EXIT_CODES.pass;
  }
  const [older, newer, ...others] = options.positionals;
  const factsFile = options.value('facts');
  if (newer === undefined || others.length > 0 || factsFile === undefined) {
    throw usageError('expected two policy files and --facts FILE');
  }
  const format = readFormat(options);
  const facts = await readFactsFile(factsFile);
  const now = readInstant(options, context.now);
  const changes = await changesOf({ facts, now, older, newer, options });
  const worse = changes.filter(isWorse).length;
  const images = facts.length;
  context.stdout.write(
    format === 'json'
      ? formatJson({ schemaVersion: 1, images, worse, changes })
      : formatChanges(changes, { images, worse }),
  );
  return worse === 0 ? EXIT_CODES.pass : EXIT_CODES.fail;
}

async function changesOf(request: {
  facts: PolicyFacts[];
  now: Date;
  older: string;
  newer: string;
  options: ParsedOptions;
}): Promise<ImageChange[]> {
  const { facts, now, older, newer, options } = request;
  const items = facts.map(each => ({ facts: each, now }));
  const [before, after] = await Promise.all(
    [older, newer].map(async file =>
      judgeFacts(items, {
        policySet: await loadPolicyFile(file, options),
        scope: 'all',
      }),
    ),
  );
  return facts.flatMap(({ image, entity }, index) => {
    const subject = {
      image: image.imageRef,
      ...(entity && { entity: entity.ref }),
    };
    return compareEvaluations(subject, before[index], after[index]) ?? [];
  });
}

function formatChanges(
  changes: ImageChange[],
  { images, worse }: { images: number; worse: number },
): string {
  const lines = changes.flatMap(({ image, entity, before, after, rules }) => [
    `${image}${entity ? ` (${entity})` : ''}: ${arrow(before, after)}`,
    ...rules.map(each => `  ${each.rule}: ${arrow(each.before, each.after)}`),
  ]);
  const summary = `${images} images: ${changes.length} change, ${worse} get worse`;
  return [...lines, summary].map(line => `${escapeLogText(line)}\n`).join('');
}

function arrow(before: Said, after: Said): string {
  return `${written(before)} → ${written(after)}`;
}

function written(said: Said): string {
  if (!said) {
    return 'not evaluated';
  }
  return said.reason ? `${said.outcome}(${said.reason})` : said.outcome;
}
