import { Refused } from '../Refused';
import { Certificate } from '../x509/Certificate';
import { allowsTimestamps, checkAuthority } from '../x509/certificateProfiles';

/** Authorities above a signer of timestamps. */
const DEPTH_MAX = 8;

/** Extensions that are understood here, so that they may be critical. */
const UNDERSTOOD = new Set([
  '2.5.29.14', // subject key identifier
  '2.5.29.15', // key usage
  '2.5.29.19', // basic constraints
  '2.5.29.35', // authority key identifier
  '2.5.29.37', // extended key usage
]);

/**
 * Finds the way from the certificate of a timestamp to a trusted authority. The token brings certificates in any order
 * and may leave out the root.
 *
 * @throws Refused
 */
export function findTimestampChain(options: {
  leaf: Certificate;
  certificates: Certificate[];
  roots: Certificate[];
  time: Date;
}): Certificate[] {
  const { leaf, certificates, roots, time } = options;
  const others = certificates.filter(each => !each.isSelfSigned);
  const isUsable = (certificate: Certificate) =>
    certificate.isValidBetween(time, time) &&
    certificate.criticalExtensions.every(oid => UNDERSTOOD.has(oid));
  // Each certificate is tried once: what leads nowhere leads nowhere from anywhere.
  const tried = new Set<Certificate>();
  const climb = (chain: Certificate[]): Certificate[] | undefined => {
    const last = chain[chain.length - 1];
    const root = roots.find(each => last.isIssuedBy(each) && isUsable(each));
    if (root || chain.length > DEPTH_MAX) {
      return root && [...chain, root];
    }
    for (const next of others) {
      if (!tried.has(next) && last.isIssuedBy(next) && isUsable(next)) {
        tried.add(next);
        const found = climb([...chain, next]);
        if (found) {
          return found;
        }
      }
    }
    return undefined;
  };
  const chain = isUsable(leaf) ? climb([leaf]) : undefined;
  if (!chain) {
    throw new Refused('timestampInvalid', 'no trusted authority is behind it');
  }
  chain.slice(1).forEach((authority, index) => {
    checkAuthority(authority, index);
    if (!allowsTimestamps(authority)) {
      throw new Refused('timestampInvalid', 'an authority is for other things');
    }
  });
  return chain;
}
