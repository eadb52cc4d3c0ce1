import { Signer, TrustCheck } from '../../model/signature';
import { matchesIdentity } from '../matchesIdentity';
import { TrustExpression, TrustRoot } from '../types';
import { maximumMatching } from './maximumMatching';

/**
 * Whether verified checks satisfy a trust expression (L12): keys or identities are counted, never signatures,
 * and one signer never stands for two.
 */
export function holdsTrustExpression(options: {
  expression: TrustExpression;
  /** Checks with status `verified`, of roots the expression names. */
  verified: TrustCheck[];
  trustRoots: ReadonlyMap<string, TrustRoot>;
}): boolean {
  const { expression, verified, trustRoots } = options;
  switch (expression.type) {
    case 'any':
      return verified.length > 0;
    case 'all': {
      const signersOfRoot = new Map<string, Set<string>>();
      verified.forEach(({ trustRoot, signer }) =>
        connect(signersOfRoot, trustRoot, signerKey(signer)),
      );
      return maximumMatching(signersOfRoot) === new Set(expression.of).size;
    }
    case 'atLeast': {
      const acceptedAs = new Map<string, Set<string>>();
      verified.forEach(check =>
        acceptingEntries(check, trustRoots).forEach(entry =>
          connect(acceptedAs, entry, signerKey(check.signer)),
        ),
      );
      return maximumMatching(acceptedAs) >= expression.count;
    }
    default:
      return false;
  }
}

function connect(
  edges: Map<string, Set<string>>,
  left: string,
  right: string | undefined,
): void {
  if (right !== undefined) {
    const known = edges.get(left) ?? new Set();
    edges.set(left, known.add(right));
  }
}

function signerKey(signer: Signer | undefined): string | undefined {
  if (!signer) {
    return undefined;
  }
  switch (signer.type) {
    case 'key':
      return signer.fingerprint;
    case 'certificate':
      return JSON.stringify(['x509', signer.subject]);
    default:
      return JSON.stringify([signer.issuer ?? null, signer.subject]);
  }
}

/**
 * What the trust roots list and the signer satisfies. One workflow signs under a new subject at every tag:
 * its entry in the trust root is the identity, so that re-signing does not make two signers of one.
 */
function acceptingEntries(
  check: TrustCheck,
  trustRoots: ReadonlyMap<string, TrustRoot>,
): string[] {
  const { signer } = check;
  const spec = trustRoots.get(check.trustRoot)?.spec;
  if (signer?.type === 'key' || signer?.type === 'certificate') {
    // A renewed certificate is no second signer.
    return [signerKey(signer)!];
  }
  if (!signer || spec?.type !== 'sigstore') {
    return [];
  }
  return spec.identities
    .filter(pattern => matchesIdentity(pattern, signer))
    .map(pattern => JSON.stringify(pattern));
}

/**
 * What tells the signer of a check from others: equal for two signatures of one key, or of one identity of the trust
 * root.
 */
export function signerIdentity(
  check: TrustCheck,
  trustRoots: ReadonlyMap<string, TrustRoot>,
): string {
  return (
    acceptingEntries(check, trustRoots)[0] ??
    signerKey(check.signer) ??
    check.trustRoot
  );
}
