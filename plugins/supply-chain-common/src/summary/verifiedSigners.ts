import { SignatureScheme } from '../model/signature';
import { signerIdentity } from '../policy/signatures/holdsTrustExpression';
import { signerText } from '../policy/signatures/signerText';
import { compareText } from '../vulnerabilities/compareText';
import { judgementsOf, SignatureSummaryOptions } from './signatureSummary';

/**
 * Somebody whose signature a policy accepts for an image.
 *
 * @public
 */
export type VerifiedSigner = {
  /** Name of the TrustRoot document. */
  trustRoot: string;
  scheme: SignatureScheme;
  /** Fingerprint or subject, hostile (L32). */
  signer: string;
  /** Equal for one key or identity, under whatever trust root and subject. */
  identity: string;
};

/**
 * Everybody whose signature the matching policies accept, each once per trust root and signing system: which trust
 * roots an image stands on, and whether it stands on one key or identity alone.
 *
 * @public
 */
export function verifiedSigners(
  options: SignatureSummaryOptions,
): VerifiedSigner[] {
  const { facts, trustRoots } = options;
  if (!facts.image.digest || !facts.image.repository) {
    return [];
  }
  const roots = new Map(trustRoots.map(root => [root.name, root]));
  const signers = new Map<string, VerifiedSigner>();
  for (const { statement, check } of judgementsOf(options).flatMap(
    judgement => judgement.verifiedBy ?? [],
  )) {
    const { trustRoot } = check;
    const { scheme } = statement;
    const identity = signerIdentity(check, roots);
    const signer = check.signer ? signerText(check.signer) : trustRoot;
    const key = JSON.stringify([trustRoot, scheme, identity]);
    const known = signers.get(key);
    // One identity signs under many subjects; the same is named whatever order they were found in.
    if (!known || compareText(signer, known.signer) < 0) {
      signers.set(key, { trustRoot, scheme, signer, identity });
    }
  }
  return [...signers.entries()]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, signer]) => signer);
}
