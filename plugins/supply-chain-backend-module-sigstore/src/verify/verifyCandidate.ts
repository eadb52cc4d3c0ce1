import {
  Digest,
  ReasonCode,
  SignedStatement,
  statusOfReason,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';
import {
  CompiledTrustRoot,
  TrustResult,
} from 'backstage-plugin-supply-chain-node/trust';
import { Candidate, ParsedCandidate } from './candidate';
import {
  checkIdentity,
  Proof,
  verifyWithAuthorities,
  verifyWithKeys,
} from './checkAgainstRoot';
import { LeafCertificate } from './LeafCertificate';
import { parseBundle } from './parseBundle';
import { parseLegacyLayer } from './parseLegacyLayer';
import { readStatement, Statement } from './readStatement';
import { reasonOfError, Refused } from './Refused';

/** A trust root by name, compiled or not. */
export type NamedTrustRoot = {
  name: string;
  compiled: TrustResult<CompiledTrustRoot>;
};

/** Arguments of {@link verifyCandidate}. */
export type VerifyCandidateOptions = {
  candidate: Candidate;
  /** The digest that must be covered. */
  about: Digest;
  /** Every trust root; each gets its own check. */
  trustRoots: NamedTrustRoot[];
  now: Date;
};

/** What a candidate states and what every trust root says of it. */
export type CandidateResult = Pick<
  SignedStatement,
  'kind' | 'predicateType' | 'covers' | 'checks'
> &
  Pick<Statement, 'content' | 'dockerReference'> & {
    /** The bytes could not be read; the checks say why. */
    isUnreadable?: true;
  };

type Outcome<T> = { ok: true; value: T } | { ok: false; reason: ReasonCode };

/**
 * Verifies bytes against trust roots: nothing is fetched, nothing asks the time, nothing is thrown. What cannot be
 * read is `invalid` under every root.
 */
export function verifyCandidate(
  options: VerifyCandidateOptions,
): CandidateResult {
  const { candidate, about, trustRoots, now } = options;
  const read = attempt(() => {
    const parsed =
      candidate.form === 'bundle'
        ? parseBundle(candidate)
        : parseLegacyLayer(candidate);
    return { parsed, described: readStatement(parsed.payload, about) };
  });
  if (!read.ok) {
    return {
      kind: kindOfUnreadable(candidate),
      isUnreadable: true,
      checks: trustRoots.map(root => refusedCheck(root, read.reason)),
    };
  }
  return {
    ...read.value.described,
    checks: checkAll({ ...read.value, about, trustRoots, now }),
  };
}

function checkAll(options: {
  parsed: ParsedCandidate;
  described: Statement;
  about: Digest;
  trustRoots: NamedTrustRoot[];
  now: Date;
}): TrustCheck[] {
  const { parsed, described, about, trustRoots, now } = options;
  const inherent = attempt(() => checkInherently({ parsed, described, about }));
  if (!inherent.ok) {
    return trustRoots.map(root => refusedCheck(root, inherent.reason));
  }
  const proven = new Map<
    string,
    Outcome<ReturnType<typeof verifyWithAuthorities>>
  >();
  return trustRoots.map(root => {
    if (!root.compiled.ok) {
      return refusedCheck(root, 'trustRootUnusable');
    }
    const compiled = root.compiled.value;
    if (compiled.type === 'keys') {
      return toCheck(
        root,
        attempt(() =>
          verifyWithKeys({ candidate: parsed, root: compiled, now }),
        ),
      );
    }
    // Roots with the same authorities and requirements differ in identities only: the cryptography runs once.
    const proof =
      proven.get(compiled.materialId) ??
      attempt(() =>
        verifyWithAuthorities({
          candidate: parsed,
          leaf: inherent.value,
          root: compiled,
        }),
      );
    proven.set(compiled.materialId, proof);
    if (!proof.ok) {
      return toCheck(root, proof);
    }
    const identity = attempt(() => checkIdentity(proof.value.signer, compiled));
    return identity.ok
      ? toCheck(root, proof)
      : { ...toCheck(root, identity), ...describeProof(proof.value) };
  });
}

/**
 * What is wrong whatever the trust root: the payload covers something else, or the signature is not even that of the
 * certificate that came with it (L11).
 */
function checkInherently(options: {
  parsed: ParsedCandidate;
  described: Statement;
  about: Digest;
}): LeafCertificate | undefined {
  const { parsed, described, about } = options;
  if (parsed.payload.type === 'envelope' && !described.predicateType) {
    throw new Refused('malformedPayload', 'the payload is no statement');
  }
  if (described.covers !== about) {
    throw new Refused('payloadDigestMismatch', 'it covers another digest');
  }
  if (parsed.material.type === 'key') {
    return undefined;
  }
  const leaf = LeafCertificate.read(parsed.material.der);
  if (!parsed.content.verifySignature(leaf.readPublicKey())) {
    throw new Refused(
      'signatureMismatch',
      'its own certificate does not verify it',
    );
  }
  return leaf;
}

function attempt<T>(task: () => T): Outcome<T> {
  try {
    return { ok: true, value: task() };
  } catch (error) {
    return { ok: false, reason: reasonOfError(error) };
  }
}

/** What cannot be read may have been meant as a signature; only cosign's `.att` layers never are. */
function kindOfUnreadable(candidate: Candidate): SignedStatement['kind'] {
  return candidate.form === 'envelope' ? 'attestation' : 'signature';
}

function toCheck(
  root: NamedTrustRoot,
  outcome: Outcome<Proof | void>,
): TrustCheck {
  return outcome.ok
    ? {
        trustRoot: root.name,
        status: 'verified',
        ...describeProof(outcome.value as Proof),
      }
    : refusedCheck(root, outcome.reason);
}

function describeProof(
  proof: Proof,
): Pick<TrustCheck, 'signer' | 'signedAt' | 'transparencyLog'> {
  return {
    signer: proof.signer,
    ...(proof.signedAt && { signedAt: proof.signedAt.toISOString() }),
    ...(proof.transparencyLog && { transparencyLog: proof.transparencyLog }),
  };
}

function refusedCheck(root: NamedTrustRoot, reason: ReasonCode): TrustCheck {
  return { trustRoot: root.name, status: statusOfReason(reason), reason };
}
