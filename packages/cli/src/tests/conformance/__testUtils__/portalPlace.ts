import {
  indexCatalogue,
  knownExploitedFacts,
  parseImageReference,
  policySetFromBundles,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { readPolicyBundle } from 'backstage-plugin-supply-chain-node/policies';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { MemoryState } from '../../../state/MemoryState';
import { ImageExaminer } from '../../../verify/ImageExaminer';
import { catalogueOf } from './catalogueOf';
import { ConformanceWorld, PreparedCase } from './ConformanceWorld';
import { entityOf } from './entityOf';
import { handedInVex } from './handedInVex';
import { Answer, Place, writtenAnswer } from './places';
import { scansOf } from './scansOf';

/** The evaluator as the portal calls it: on facts that collectors and scanners stated. */
export class PortalPlace implements Place {
  readonly #world: ConformanceWorld;
  readonly #pool = EvaluationPool.create();
  readonly #registry: RegistryClient;

  constructor(world: ConformanceWorld) {
    this.#world = world;
    this.#registry = RegistryClient.create({
      registries: world
        .insecureHosts()
        .map(host => ({ host, insecure: true, allowPrivateAddress: true })),
    });
  }

  async judge(cases: PreparedCase[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const each of cases) {
      answers.push(await this.#judge(each));
    }
    return answers;
  }

  readonly expected = writtenAnswer;

  async stop(): Promise<void> {
    await this.#pool.close();
    await this.#registry.close();
  }

  async #judge(prepared: PreparedCase): Promise<Answer> {
    const { now } = this.#world;
    const { policies, trustRoots, waivers } = await policySetOf(prepared);
    const { facts } = await this.#examine(prepared, trustRoots);
    const scans = scansOf(prepared, this.#world);
    const catalogue = catalogueOf(prepared, this.#world);
    const [evaluation] = await this.#pool.evaluate({
      policies,
      trustRoots,
      waivers,
      items: [
        {
          now,
          facts: {
            ...facts,
            where: { cluster: 'prod-eu', namespace: 'shop' },
            entity: entityOf(prepared),
            scans,
            vex: handedInVex(prepared),
            ...(catalogue && {
              knownExploited: knownExploitedFacts(indexCatalogue(catalogue), {
                ...facts,
                scans,
              }),
            }),
          },
        },
      ],
    });
    const [finding] = evaluation.verdicts.flatMap(each => each.findings);
    return { outcome: finding.outcome, reason: finding.reason };
  }

  async #examine(
    { imageRef }: PreparedCase,
    trustRoots: PolicySet['trustRoots'],
  ) {
    const parsed = parseImageReference(imageRef);
    if (!parsed.ok) {
      throw new Error(`"${imageRef}" cannot be read`);
    }
    const quiet = () => undefined;
    const examiner = ImageExaminer.create({
      registry: this.#registry,
      trustRoots,
      now: this.#world.now,
      signal: AbortSignal.timeout(60_000),
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      stateOf: async () => new MemoryState(),
    });
    return examiner.examine({ imageRef, reference: parsed.reference });
  }
}

async function policySetOf({ policyFile }: PreparedCase): Promise<PolicySet> {
  const bundle = await readPolicyBundle({ type: 'file', path: policyFile });
  const loaded = policySetFromBundles([bundle]);
  if (!loaded.ok) {
    throw new Error(JSON.stringify(loaded.problems));
  }
  return loaded.policySet;
}
