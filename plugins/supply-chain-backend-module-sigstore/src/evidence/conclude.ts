import {
  EvidenceKind,
  EvidenceOf,
  ImageSubject,
  PlaceLook,
  ProvenanceStatement,
  SignaturePlace,
} from 'backstage-plugin-supply-chain-common';
import type { CollectContext } from 'backstage-plugin-supply-chain-node';
import { recallEarlierBuild } from './buildMemory';
import {
  FoundStatement,
  toProvenanceStatement,
  toSignedStatement,
} from './describeStatement';

const EVIDENCE_LIFETIME_MS = 24 * 60 * 60 * 1000; // L6

/** Where no attestation can lie. */
const NO_ATTESTATIONS: readonly SignaturePlace[] = ['sigTag', 'sbomTag'];

/** Everything one run found, and what it was about. */
export type Found = {
  subject: ImageSubject;
  context: Pick<CollectContext, 'now' | 'state' | 'logger'>;
  /** Signatures and attestations, verified. */
  statements: FoundStatement[];
  /** Bare statements of indexes. */
  claims: ProvenanceStatement[];
  trail: PlaceLook[];
};

/** What evidence says, apart from what it is about. */
export type Conclusion<K extends EvidenceKind> = Pick<
  EvidenceOf<K>,
  'status' | 'reason' | 'message' | 'expiresAt' | 'detail'
>;

/** Signatures and attestations, or why it is not known whether there are any. */
export function concludeSignature(found: Found): Conclusion<'signature'> {
  const { subject, context } = found;
  const statements = found.statements.map(each =>
    toSignedStatement(each, subject),
  );
  const trail = found.trail.filter(({ place }) => place !== 'indexEntry');
  return conclude({
    detail: { scheme: 'cosign' as const, statements, trail },
    // Nothing signed lies there: whether it could be read changes nothing (L10).
    relevant: trail.filter(({ place }) => place !== 'sbomTag'),
    now: context.now,
  });
}

/** The same for statements about how the image was made. */
export async function concludeProvenance(
  found: Found,
): Promise<Conclusion<'provenance'>> {
  const { subject, context, claims } = found;
  const signed = found.statements.flatMap(
    each => toProvenanceStatement(each, subject) ?? [],
  );
  const trail = found.trail.filter(
    ({ place }) => !NO_ATTESTATIONS.includes(place),
  );
  const earlier = await recallEarlierBuild({
    subject,
    statements: signed,
    context,
  });
  return conclude({
    detail: {
      statements: [...signed, ...claims],
      trail,
      ...(earlier && { earlier }),
    },
    relevant: trail,
    now: context.now,
  });
}

/** L5: "absent" is said only when every place was read to its end. */
function conclude<T extends { statements: unknown[] }>(options: {
  detail: T;
  relevant: PlaceLook[];
  now: Date;
}) {
  const { detail, relevant, now } = options;
  const expiresAt = new Date(
    now.getTime() + EVIDENCE_LIFETIME_MS,
  ).toISOString();
  if (detail.statements.length > 0) {
    return { status: 'present' as const, expiresAt, detail };
  }
  const incomplete = relevant.find(({ complete }) => !complete);
  return incomplete
    ? {
        status: 'unavailable' as const,
        reason: incomplete.reason,
        message:
          incomplete.note ?? `${incomplete.location} was not read to its end`,
      }
    : { status: 'absent' as const, expiresAt, detail };
}
