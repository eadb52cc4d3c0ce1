import {
  ImageSubject,
  parseImageReference,
  ProvenanceStatement,
  SignedStatement,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';
import { FoundLayer } from '../discovery';
import { CandidateResult, UNKNOWN_PREDICATE } from '../verify';

/** A candidate that was verified, and where it was found. */
export type FoundStatement = { layer: FoundLayer; result: CandidateResult };

/** What is said of it among signatures: what signs an image and what only attests (L13). */
export function toSignedStatement(
  found: FoundStatement,
  subject: ImageSubject,
): SignedStatement {
  const { kind, predicateType, covers, dockerReference } = found.result;
  const otherReference = otherDockerReference(dockerReference, subject);
  return {
    scheme: 'cosign',
    kind,
    ...(predicateType !== undefined && { predicateType }),
    ...(covers !== undefined && { covers }),
    ...whereOf(found, subject),
    ...(found.layer.elsewhere && { elsewhere: found.layer.elsewhere }),
    ...(otherReference !== undefined && {
      otherDockerReference: otherReference,
    }),
    checks: checksOf(found),
  };
}

/**
 * What is said of it among statements about how the image was made, or `undefined` when it is none. What cannot be read
 * might be one, so it is listed: a broken attestation must not read as a missing one (L5).
 */
export function toProvenanceStatement(
  found: FoundStatement,
  subject: ImageSubject,
): ProvenanceStatement | undefined {
  const { layer, result } = found;
  const { predicateType, content, covers, isUnreadable } = result;
  if (isUnreadable ? layer.form === 'simpleSigning' : !content) {
    return undefined;
  }
  return {
    predicateType: predicateType ?? UNKNOWN_PREDICATE,
    content: content ?? {
      type: 'unreadable',
      message: 'the envelope cannot be read',
    },
    ...(covers !== undefined && { covers }),
    ...whereOf(found, subject),
    signed: true,
    checks: checksOf(found),
  };
}

function whereOf(
  { layer }: FoundStatement,
  subject: ImageSubject,
): Pick<SignedStatement, 'foundIn' | 'carrier' | 'relation'> {
  return {
    foundIn: layer.place,
    carrier: layer.carrier,
    relation: layer.about === subject.digest ? 'exact' : 'viaIndex',
  };
}

/** A manifest that refers to another image is not about this one, whoever signed what it holds. */
function checksOf({ layer, result }: FoundStatement): TrustCheck[] {
  return layer.isForeign
    ? result.checks.map(({ trustRoot }) => ({
        trustRoot,
        status: 'invalid',
        reason: 'subjectMismatch',
      }))
    : result.checks;
}

function otherDockerReference(
  reference: string | undefined,
  subject: ImageSubject,
): string | undefined {
  if (reference === undefined) {
    return undefined;
  }
  const parsed = parseImageReference(reference);
  return parsed.ok && parsed.reference.repository === subject.repository
    ? undefined
    : reference;
}
