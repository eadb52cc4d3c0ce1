import { setMaxListeners } from 'node:events';
import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { CommandLineContext } from '../commandLine/CommandLineContext';
import { EXIT_CODES, ExitCode, worstExitCode } from '../commandLine/exitCodes';
import { parseOptions } from '../commandLine/parseOptions';
import { readDockerConfig, registryEntries } from '../registries';
import { createNotes, Notes, printReport, reportOf } from '../report';
import { openState, StateOf } from '../state';
import { ExaminedImage, ImageExaminer } from './ImageExaminer';
import { judgeImages } from './judgeImages';
import { loadPolicies } from './loadPolicies';
import { mapConcurrently } from './mapConcurrently';
import { RememberingTuf } from './RememberingTuf';
import {
  readVerifyOptions,
  VERIFY_HELP,
  VERIFY_OPTIONS,
  VerifyOptions,
} from './verifyOptions';

/** Images examined at the same time; the registry client bounds the requests. */
const IMAGES_AT_ONCE = 8;

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
  const notes = createNotes(context.stderr);
  const stateOf = await openState(options.stateDirectory);
  const policySet = await loadPolicies(
    options.policyFile,
    RememberingTuf.create({
      state: await stateOf('tuf'),
      insecureRegistries: options.insecureRegistries,
    }),
  );
  noteWarnings(notes, policySet);
  const now = options.now ?? context.now();
  const clock = options.now ? 'injected' : 'system'; // L26
  const examined = await examine({
    options,
    policySet,
    now,
    notes,
    context,
    stateOf,
  });
  const images = await judgeImages(examined, { policySet, now });
  const report = reportOf({ images, policySet, now, clock });
  printReport({ report, images, output: options.output, context });
  return worstExitCode(report.results.map(({ outcome }) => outcome));
}

async function examine(request: {
  options: VerifyOptions;
  policySet: PolicySet;
  now: Date;
  notes: Notes;
  context: CommandLineContext;
  stateOf: StateOf;
}): Promise<ExaminedImage[]> {
  const { options, policySet, now, notes, context, stateOf } = request;
  const registry = await createRegistry({ options, policySet, notes, context });
  try {
    const examiner = ImageExaminer.create({
      registry,
      trustRoots: policySet.trustRoots,
      now,
      expectedSource: options.sourceRepository,
      signal: deadline(options.timeoutMs),
      logger: notes,
      stateOf,
    });
    return await mapConcurrently(options.images, IMAGES_AT_ONCE, image =>
      examiner.examine(image),
    );
  } finally {
    await registry.close();
  }
}

function deadline(timeoutMs: number): AbortSignal {
  const signal = AbortSignal.timeout(timeoutMs);
  // Every request under way listens to it; Node would take that for a leak and say so on stderr.
  setMaxListeners(0, signal);
  return signal;
}

async function createRegistry(request: {
  options: VerifyOptions;
  policySet: PolicySet;
  notes: Notes;
  context: CommandLineContext;
}): Promise<RegistryClient> {
  const { options, policySet, notes, context } = request;
  const docker = await readDockerConfig(context);
  const hosts = new Set([
    ...options.images.map(({ reference: { domain } }) => domain),
    ...policySet.trustRoots.flatMap(({ spec }) =>
      spec.type === 'contentTrust' ? [new URL(spec.server).host] : [],
    ),
  ]);
  for (const host of hosts) {
    const why = docker.notRead.get(host);
    if (why) {
      notes.warn(`"${host}" is read without credentials: ${why}`);
    }
  }
  const { insecureRegistries } = options;
  return RegistryClient.create({
    registries: registryEntries({ hosts, insecureRegistries, docker }),
  });
}

function noteWarnings(notes: Notes, { trustRoots }: PolicySet): void {
  for (const { name, warnings } of trustRoots) {
    warnings.forEach(({ code, message }) =>
      notes.warn(`trust root "${name}": ${code}: ${message}`),
    );
  }
}
