import { setMaxListeners } from 'node:events';
import {
  EvaluationScope,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { CommandLineContext } from '../commandLine/CommandLineContext';
import { readDockerConfig, registryEntries } from '../registries';
import { Notes } from '../report/notes';
import { openState, StateOf } from '../state';
import { ExaminedImage, ImageExaminer } from './ImageExaminer';
import { JudgedImage, judgeImages } from './judgeImages';
import { loadPolicies } from './loadPolicies';
import { mapConcurrently } from './mapConcurrently';
import { RememberingTuf } from './RememberingTuf';
import { VerifyOptions } from './verifyOptions';

/** Images examined at the same time; the registry client bounds the requests. */
const IMAGES_AT_ONCE = 8;

/** What can still be asked while an image is described. */
export type Looking = { registry: RegistryClient; signal: AbortSignal };

/** What a command asks of some images. */
export type ReviewRequest = {
  options: VerifyOptions;
  context: CommandLineContext;
  notes: Notes;
  /** Which rules are evaluated (L29). */
  scope: EvaluationScope;
  /** Changes what was loaded before anything is judged by it. */
  prepare?(policySet: PolicySet): PolicySet;
  /** Adds what the command knows beside the registry. */
  addFacts?(image: ExaminedImage, looking: Looking): Promise<ExaminedImage>;
};

/** Some images with what a policy says of them. */
export type Review = {
  images: JudgedImage[];
  policySet: PolicySet;
  now: Date;
  /** `injected`: `--now` said when it is (L26). */
  clock: 'system' | 'injected';
};

/** Loads the policies, looks at the images and evaluates: what `verify` and `check` have in common. */
export async function reviewImages(request: ReviewRequest): Promise<Review> {
  const { options, context, notes, scope } = request;
  const stateOf = await openState(options.stateDirectory);
  const loaded = await loadPolicies(
    options.policyFile,
    RememberingTuf.create({
      state: await stateOf('tuf'),
      insecureRegistries: options.insecureRegistries,
    }),
  );
  noteWarnings(notes, loaded);
  const policySet = request.prepare?.(loaded) ?? loaded;
  const now = options.now ?? context.now();
  const examined = await examine({ ...request, policySet, now, stateOf });
  return {
    images: await judgeImages(examined, { policySet, now, scope }),
    policySet,
    now,
    clock: options.now ? 'injected' : 'system',
  };
}

async function examine(
  request: ReviewRequest & {
    policySet: PolicySet;
    now: Date;
    stateOf: StateOf;
  },
): Promise<ExaminedImage[]> {
  const { options, policySet, now, notes, stateOf, addFacts } = request;
  const registry = await createRegistry(request);
  const signal = deadline(options.timeoutMs);
  try {
    const examiner = ImageExaminer.create({
      registry,
      trustRoots: policySet.trustRoots,
      now,
      expectedSource: options.sourceRepository,
      signal,
      logger: notes,
      stateOf,
    });
    return await mapConcurrently(
      options.images,
      IMAGES_AT_ONCE,
      async image => {
        const examined = await examiner.examine(image);
        return addFacts?.(examined, { registry, signal }) ?? examined;
      },
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

async function createRegistry(
  request: ReviewRequest & { policySet: PolicySet },
): Promise<RegistryClient> {
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
