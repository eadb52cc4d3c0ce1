import { EvidenceOf, ImageSubject } from 'backstage-plugin-supply-chain-common';
import type {
  CollectContext,
  EvidenceCollector,
} from 'backstage-plugin-supply-chain-node';
import type { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { concludeProvenance, concludeSignature } from './evidence';
import { lookForStatements } from './lookForStatements';
import { SignatureRepository } from './signatureRepositories';
import { VerificationMemory } from './VerificationMemory';

/**
 * Options of {@link SigstoreCollector}.
 *
 * @public
 */
export type SigstoreCollectorOptions = {
  registry: RegistryClient;
  /**
   * Repositories beside the image's own that signatures may lie in.
   *
   * @defaultValue none
   */
  signatureRepositories?: readonly SignatureRepository[];
};

/**
 * Looks for cosign signatures and attestations in every place they are stored in, and verifies each with every trust
 * root. It states what it found; whether that suffices is for policies to say.
 *
 * @public
 */
export class SigstoreCollector implements EvidenceCollector {
  readonly id = 'sigstore';
  readonly kinds = ['signature', 'provenance'] as const;
  readonly #registry: RegistryClient;
  readonly #signatureRepositories: readonly SignatureRepository[];
  readonly #memory = new VerificationMemory();

  /** Creates a collector that reads through this client. */
  static create(options: SigstoreCollectorOptions): SigstoreCollector {
    return new SigstoreCollector(options);
  }

  private constructor(options: SigstoreCollectorOptions) {
    this.#registry = options.registry;
    this.#signatureRepositories = options.signatureRepositories ?? [];
  }

  /**
   * Looks for statements about the subject and about every index that lists it (L3). The first evidence is about
   * signatures, the second about how the image was made.
   */
  async collect(
    subject: ImageSubject,
    context: CollectContext,
  ): Promise<[EvidenceOf<'signature'>, EvidenceOf<'provenance'>]> {
    const { signal, now } = context;
    const { repository, digest } = subject;
    const header = {
      subject,
      collector: this.id,
      observedAt: now.toISOString(),
    };
    const access = await this.#registry.proveAccess(repository, digest, {
      signal,
    });
    if (!access.ok) {
      const reason =
        access.reason === 'notFound' ? 'subjectNotFound' : access.reason;
      const failure = {
        ...header,
        status: 'unavailable' as const,
        reason,
        message: access.detail,
      };
      return [
        { ...failure, kind: 'signature' },
        { ...failure, kind: 'provenance' },
      ];
    }
    const { proof, manifest } = access.value;
    const findings = await lookForStatements({
      subject,
      context,
      manifest,
      own: {
        registry: this.#registry,
        repository,
        options: { proof, signal },
      },
      repositories: this.#signatureRepositories,
      memory: this.#memory,
    });
    const found = { subject, context, ...findings };
    return [
      { ...header, kind: 'signature', ...concludeSignature(found) },
      { ...header, kind: 'provenance', ...(await concludeProvenance(found)) },
    ];
  }
}
