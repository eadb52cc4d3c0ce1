import { EXPRESSION_ENGINE } from '../engine/engine';
import { EngineValue } from '../engine/ExpressionEngine';
import {
  entityFactsOf,
  imageFactsOf,
  nowFactsOf,
  placeFactsOf,
} from './contextFacts';
import { EXPRESSION_FACTS, FactRoot } from './factSchema';
import {
  originFactsOf,
  provenanceFactsOf,
  signatureFactsOf,
} from './proofFacts';
import { DeriveFacts, FactContext, RootFacts } from './RootFacts';
import { scanFactsOf, vulnerabilityFactsOf } from './scanFacts';

const DERIVE: { readonly [R in FactRoot]: DeriveFacts<R> } = {
  image: imageFactsOf,
  place: placeFactsOf,
  entity: entityFactsOf,
  signature: signatureFactsOf,
  provenance: provenanceFactsOf,
  origin: originFactsOf,
  scan: scanFactsOf,
  vulnerabilities: vulnerabilityFactsOf,
  now: nowFactsOf,
};

/**
 * What the expressions of one policy read about one image. Each fact is derived when the first rule reads it, and once:
 * a policy may hold many rules about the same few facts.
 */
export class ExpressionFacts {
  readonly #context: FactContext;
  readonly #roots = new Map<FactRoot, RootFacts<FactRoot>>();
  readonly #engineValues = new Map<FactRoot, EngineValue>();

  constructor(context: FactContext) {
    this.#context = context;
  }

  /** One fact. */
  get(root: FactRoot): RootFacts<FactRoot> {
    const known = this.#roots.get(root);
    if (known) {
      return known;
    }
    const derived = DERIVE[root](this.#context);
    this.#roots.set(root, derived);
    return derived;
  }

  /** The same in the form of the engine. */
  engineValue(root: FactRoot): EngineValue {
    const known = this.#engineValues.get(root);
    if (known) {
      return known;
    }
    const converted = EXPRESSION_ENGINE.toEngineValue(
      EXPRESSION_FACTS[root].type,
      this.get(root).value,
    );
    this.#engineValues.set(root, converted);
    return converted;
  }
}
