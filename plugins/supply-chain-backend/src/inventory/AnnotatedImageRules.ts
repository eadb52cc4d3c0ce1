import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  canonicalRegistryDomain,
  ImagePattern,
  ImageReference,
  matchesImagePattern,
  parseImagePattern,
} from 'backstage-plugin-supply-chain-common';
import { readRegistryConfig } from 'backstage-plugin-supply-chain-node/registry';
import { contentHash } from '../database/contentHash';

/** Whether an annotated image may be read: always, only while its entity runs something from its repository. */
export type AnnotatedImageAccess = 'always' | 'whenLinked';

/**
 * Which images annotations may name (L30). Whoever may write a catalog entry may name any image; a registry that is
 * configured here is not public, and with its credentials the portal would read for anybody what is not theirs.
 */
export class AnnotatedImageRules {
  /** Changes with every rule. */
  readonly digest: string;
  readonly #allow: ImagePattern[];
  readonly #ownRegistries: ReadonlySet<string>;

  /**
   * Reads `supplyChain.annotatedImages` and the hosts of `supplyChain.registries`.
   *
   * @throws InputError when a pattern is none: it would silently match nothing.
   */
  static fromConfig(config: Config): AnnotatedImageRules {
    const texts =
      config.getOptionalStringArray('supplyChain.annotatedImages.allow') ?? [];
    const { registries = [] } = readRegistryConfig(config);
    return new AnnotatedImageRules({
      allow: texts.map(readPattern),
      ownRegistries: registries.map(({ host }) =>
        canonicalRegistryDomain(host),
      ),
    });
  }

  private constructor(options: {
    allow: ImagePattern[];
    ownRegistries: string[];
  }) {
    this.#allow = options.allow;
    this.#ownRegistries = new Set(options.ownRegistries);
    this.digest = contentHash([
      options.allow.map(({ text }) => text),
      options.ownRegistries,
    ]);
  }

  /** What reading an image depends on. */
  accessTo(
    reference: Pick<ImageReference, 'domain' | 'repository'>,
  ): AnnotatedImageAccess {
    return !this.#ownRegistries.has(reference.domain) ||
      this.#allow.some(pattern => matchesImagePattern(pattern, reference))
      ? 'always'
      : 'whenLinked';
  }
}

function readPattern(text: string): ImagePattern {
  const parsed = parseImagePattern(text);
  if (!parsed.ok) {
    throw new InputError(
      `expected an image pattern such as "registry.acme.example/shop/**" in "annotatedImages.allow", got "${text}" (${parsed.reason})`,
    );
  }
  return parsed.pattern;
}
