import { PolicyFacts, PolicySet } from 'backstage-plugin-supply-chain-common';
import { CommandLineContext } from '../../commandLine/CommandLineContext';
import { usageError } from '../../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../../commandLine/exitCodes';
import {
  OptionKind,
  ParsedOptions,
  parseOptions,
} from '../../commandLine/parseOptions';
import { readFormat } from '../../commandLine/readFormat';
import { PortalClient, readPortalAccess, readPortalFacts } from '../../portal';
import { escapeLogText } from '../../report/outputs/escapeLogText';
import { formatJson } from '../../report/outputs/formatJson';
import { Judge, withJudge } from '../../verify/judgeImages';
import { readFactsFile } from '../facts/readFacts';
import {
  loadPolicyFile,
  POLICY_HELP,
  POLICY_OPTIONS,
  readJudgedAt,
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
  portal: 'value',
  'token-env': 'value',
};

const HELP = `Usage: supply-chain policy diff OLD NEW (--facts FILE | --portal URL) [options]

Judges images by two policy files at the same instant, and says for which of them something changes.

Options:
  --facts FILE              JSON Lines, the facts of one image a line, as kept by "check --save-facts"
  --portal URL              the facts of everything that runs and the token may see, from a portal
  --token-env NAME          the environment variable that holds the token; SUPPLY_CHAIN_TOKEN by default
  --now RFC3339             judge as of this instant
${POLICY_HELP}

Exit codes:
  0  nothing gets worse
  1  an image gets worse
  2  usage or configuration
  3  the portal was not reached

Facts tell what was checked against the trust roots that were in force: what a new trust root would say of an image is
not known from them. Waivers of the portal's page count in neither.
`;

/** All pages together. */
const PORTAL_TIMEOUT_MS = 30 * 60_000;

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
  if (newer === undefined || others.length > 0) {
    throw usageError('expected two policy files');
  }
  if (options.has('facts') === options.has('portal')) {
    throw usageError('expected either --facts FILE or --portal URL');
  }
  const format = readFormat(options);
  const now = readJudgedAt(options, context.now);
  const [before, after] = await Promise.all(
    [older, newer].map(path => loadPolicyFile(path, options)),
  );
  const batches = readBatches(options, context);
  const { changes, images } = await withJudge(judge =>
    compare({ batches, before, after, now, judge }),
  );
  const worse = changes.filter(isWorse).length;
  context.stdout.write(
    format === 'json'
      ? formatJson({ schemaVersion: 1, images, worse, changes })
      : formatChanges(changes, { images, worse }),
  );
  return worse === 0 ? EXIT_CODES.pass : EXIT_CODES.fail;
}

/** The facts in parts: what a whole portal runs does not fit into the memory at once. */
function readBatches(
  options: ParsedOptions,
  context: CommandLineContext,
): AsyncIterable<PolicyFacts[]> {
  const file = options.value('facts');
  if (file !== undefined) {
    return readFile(file);
  }
  const client = PortalClient.create(
    readPortalAccess(options, context.environment),
  );
  return readPortalFacts(client, {
    signal: AbortSignal.timeout(PORTAL_TIMEOUT_MS),
  });
}

async function* readFile(file: string): AsyncGenerator<PolicyFacts[]> {
  yield await readFactsFile(file);
}

async function compare(request: {
  batches: AsyncIterable<PolicyFacts[]>;
  before: PolicySet;
  after: PolicySet;
  now: Date;
  judge: Judge;
}): Promise<{ changes: ImageChange[]; images: number }> {
  const { batches, before, after, now, judge } = request;
  const changes: ImageChange[] = [];
  let images = 0;
  for await (const batch of batches) {
    const items = batch.map(facts => ({ facts, now }));
    const earlier = await judge(items, { policySet: before, scope: 'all' });
    const later = await judge(items, { policySet: after, scope: 'all' });
    for (const [index, facts] of batch.entries()) {
      const subject = subjectOf(facts);
      const change = compareEvaluations(subject, earlier[index], later[index]);
      changes.push(...(change ? [change] : []));
    }
    images += batch.length;
  }
  return { changes, images };
}

function subjectOf({ image, entity }: PolicyFacts) {
  return {
    image: image.imageRef,
    ...(entity && { entity: entity.ref }),
  };
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
