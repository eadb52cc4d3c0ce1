import { Digest } from '../../model/digest';
import { EvidenceOf } from '../../model/evidence';
import { VexProduct, VexStatement } from '../../model/vex';
import { PolicyFacts, TrustRoot } from '../../policy/types';
import { isSamePlatform, platformsOf } from '../relateScan';
import { signedVexOf } from './signedVexOf';

/** A statement about an image, with what it came in. */
export type VexClaim = {
  statement: VexStatement;
  /** Those of its products that are the image; absent: it names none, and is about its subject. */
  products?: VexProduct[];
  evidence: EvidenceOf<'vex'>;
  /** A later version of its document is there (same id, same who stands behind it). */
  isReplaced: boolean;
};

/**
 * What is stated about an image, whoever states it. A statement is about the image where a product of it names its
 * digest; where it came in bound to the image, by an attestation or an upload, also where a product names the repository
 * without a digest, or where it names no product at all. Nothing else is: tags and names identify nothing.
 */
export function vexClaimsOf(options: {
  facts: PolicyFacts;
  /** Whose attestations count. */
  roots: readonly TrustRoot[];
  now: Date;
}): VexClaim[] {
  const { facts } = options;
  const digests = digestsOf(facts);
  const documents = [...(facts.vex ?? []), ...signedVexOf(options)].filter(
    ({ status, detail }) => status === 'present' && detail !== undefined,
  );
  const latest = latestVersions(documents);
  return documents.flatMap(evidence => {
    const isBound = isBoundTo(evidence, facts, digests);
    if (!isBound && evidence.trust !== 'file') {
      return [];
    }
    const { version, statements } = evidence.detail!;
    const isReplaced = version < latest.get(documentKey(evidence))!;
    return statements.flatMap((statement): VexClaim[] => {
      const products = statement.products?.filter(each =>
        isImage(each, { facts, digests, isBound }),
      );
      return products?.length === 0 || (!products && !isBound)
        ? []
        : [
            {
              statement,
              ...(products && { products }),
              evidence,
              isReplaced,
            },
          ];
    });
  });
}

/**
 * The digests a statement may name and be about everything that runs: the image's own, indexes that list it (L3), and of
 * an index the one manifest of it that is run.
 */
function digestsOf(facts: PolicyFacts): ReadonlySet<Digest | undefined> {
  const { children = [], parents = [] } = facts.origin?.detail ?? {};
  const running = platformsOf(facts);
  const run = children.filter(
    ({ platform }) =>
      children.length === 1 ||
      (running.length > 0 &&
        running.every(each => isSamePlatform(each, platform))),
  );
  return new Set([
    ...(facts.image.digest ? [facts.image.digest] : []),
    ...parents,
    ...(run.length === 1 ? [run[0].digest] : []),
  ]);
}

/** A file on the command line is bound to nothing: who hands it in does not say what it is about. */
function isBoundTo(
  { trust, subject }: EvidenceOf<'vex'>,
  { image }: PolicyFacts,
  digests: ReadonlySet<Digest | undefined>,
): boolean {
  return (
    trust !== 'file' &&
    subject.type === 'image' &&
    subject.repository === image.repository &&
    digests.has(subject.digest)
  );
}

function isImage(
  product: VexProduct,
  about: {
    facts: PolicyFacts;
    digests: ReadonlySet<Digest | undefined>;
    isBound: boolean;
  },
): boolean {
  const { facts, digests, isBound } = about;
  const { architecture, repositories } = product;
  const platforms = platformsOf(facts);
  if (
    architecture !== undefined &&
    (platforms.length === 0 ||
      platforms.some(each => each.split('/')[1] !== architecture))
  ) {
    return false;
  }
  return product.digests.length > 0
    ? product.digests.every(each => digests.has(each))
    : isBound &&
        repositories.length > 0 &&
        repositories.every(each => each === facts.image.repository);
}

function latestVersions(
  documents: readonly EvidenceOf<'vex'>[],
): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const evidence of documents) {
    const key = documentKey(evidence);
    const { version } = evidence.detail!;
    latest.set(key, Math.max(version, latest.get(key) ?? version));
  }
  return latest;
}

/** An id alone replaces nothing: anybody may write that of somebody else's document. One without an id is one of a kind. */
function documentKey({ trust, uploadedBy, detail }: EvidenceOf<'vex'>): string {
  return JSON.stringify([
    trust,
    uploadedBy,
    detail!.id ?? { of: JSON.stringify(detail) },
  ]);
}
