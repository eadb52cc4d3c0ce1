import { X509Certificate } from 'node:crypto';
import { RememberingCertificate } from 'backstage-plugin-supply-chain-node/trust';
import { Refused } from './Refused';
import { RoleKey } from './RoleKey';

const DAY_MS = 24 * 60 * 60 * 1000;
const STRONG_HASHES = ['sha256', 'sha384', 'sha512'];
/** What Go's verification accepts when nobody asks for another usage: server authentication, any. */
const ACCEPTED_USAGES = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];

/**
 * The root keys whose certificate is good for the repository: it names it, is no authority's and is strong.
 *
 * https://github.com/notaryproject/notary/blob/v0.7.0/trustpinning/trustpin.go
 *
 * @param options - `now`: absent for a root that was trusted before, whose certificates may have ended since.
 * @throws Refused when there is none.
 */
export function certifiedKeys(
  keys: RoleKey[],
  options: { gun: string; now?: Date },
): RoleKey[] {
  const { gun, now } = options;
  const named = keys.filter(({ certificates }) => isFor(certificates, gun));
  if (named.length === 0) {
    throw new Refused(
      'rootCertificateUnsuitable',
      `expected a root key with a certificate for "${gun}"`,
    );
  }
  const current = named.filter(
    ({ certificates: [leaf] }) => !now || isCurrent(leaf, now),
  );
  if (current.length === 0) {
    throw new Refused(
      'trustDataExpired',
      'no certificate of the root is valid now',
    );
  }
  return current;
}

/** Whether one of the authorities issued the certificate of the key, by way of those that came with it. */
export function isIssuedBy(
  key: RoleKey,
  authorities: X509Certificate[],
  now: Date,
): boolean {
  const [leaf, ...intermediates] = key.certificates;
  // Node calls the extended key usages so.
  const { keyUsage: usages } = leaf;
  const isUsable =
    usages === undefined ||
    usages.some(usage => ACCEPTED_USAGES.includes(usage));
  return (
    isUsable && hasPath({ leaf, intermediates, authorities, now, below: 0 })
  );
}

/**
 * Whether the common name is the repository, or a folder it lies in. Stricter than Notary, for which `acme*` names
 * `acme-evil` too.
 */
function isFor(certificates: X509Certificate[], gun: string): boolean {
  const [leaf, ...others] = certificates;
  if (!leaf || leaf.ca || !others.every(({ ca }) => ca) || !isStrong(leaf)) {
    return false;
  }
  const names = leaf.subject
    .split('\n')
    .filter(line => line.startsWith('CN='))
    .map(line => line.slice('CN='.length));
  const [name = ''] = names;
  const isFolder = name.endsWith('/*') && gun.startsWith(name.slice(0, -1));
  return names.length === 1 && (name === gun || isFolder);
}

/** Whether it is signed with a hash of the SHA-2 family. */
function isStrong(certificate: X509Certificate): boolean {
  const { signatureAlgorithm } = RememberingCertificate.fromDer(
    certificate.raw,
  );
  return STRONG_HASHES.includes(signatureAlgorithm);
}

function isCurrent(certificate: X509Certificate, now: Date): boolean {
  // A day of leeway for clocks that run behind, as Notary has it.
  return (
    now.getTime() + DAY_MS >= certificate.validFromDate.getTime() &&
    now <= certificate.validToDate
  );
}

type Path = {
  leaf: X509Certificate;
  intermediates: X509Certificate[];
  authorities: X509Certificate[];
  now: Date;
  /** Authorities between this certificate and the leaf of all. */
  below: number;
};

function hasPath(path: Path): boolean {
  const { leaf, intermediates, authorities, now, below } = path;
  const issues = (issuer: X509Certificate) =>
    isCurrent(issuer, now) && isIssuer(issuer, leaf, below);
  return (
    authorities.some(issues) ||
    intermediates.some(
      issuer =>
        issues(issuer) &&
        hasPath({
          ...path,
          leaf: issuer,
          // Each once: a ring of certificates would have no end.
          intermediates: intermediates.filter(each => each !== issuer),
          below: below + 1,
        }),
    )
  );
}

function isIssuer(
  issuer: X509Certificate,
  certificate: X509Certificate,
  below: number,
): boolean {
  const { pathLenConstraint } =
    RememberingCertificate.fromDer(issuer.raw).extBasicConstraints ?? {};
  return (
    issuer.ca &&
    (pathLenConstraint === undefined || below <= Number(pathLenConstraint)) &&
    isStrong(certificate) &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey)
  );
}
