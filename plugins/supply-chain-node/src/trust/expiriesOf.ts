import { createHash, X509Certificate } from 'node:crypto';
import {
  Material,
  TrustRoot,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';
import { SigstoreAuthorities } from './compiledTrustRoot';
import { readPublicKey } from './readPublicKey';
import { readTrustedRoot } from './readTrustedRoot';

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_INSTANT_MS = 8_640_000_000_000_000;

/**
 * What of a trust root can end.
 *
 * @public
 */
export type TrustExpiryKind =
  | 'key'
  | 'certificateAuthority'
  | 'timestampAuthority'
  | 'transparencyLog'
  | 'certificateLog'
  | 'trustStoreCertificate'
  | 'pinnedAuthority'
  | 'tufMetadata';

/**
 * Something a trust root stands on, with its end.
 *
 * @public
 */
export type TrustExpiry = {
  kind: TrustExpiryKind;
  /** Fingerprint, subject, id or address, hostile (L32). */
  name: string;
  /** RFC 3339; absent: it has no end. */
  endsAt?: string;
};

/**
 * Everything a trust root stands on, with when it ends. Material that cannot be read is left out: such a root does not
 * load.
 *
 * @public
 */
export function expiriesOf(root: TrustRoot): TrustExpiry[] {
  const { spec } = root;
  switch (spec.type) {
    case 'keys':
      return [...keysOf(spec), ...trustedRootOf(spec.trustedRoot)];
    case 'sigstore':
      return trustedRootOf(spec.trustedRoot);
    case 'notation':
      return Object.values(spec.trustStores)
        .flat()
        .flatMap(material => certificatesOf('trustStoreCertificate', material));
    case 'contentTrust':
      // Pinned keys of a TUF root have no end: the server renews what they sign.
      return spec.pins.flatMap(pin =>
        pin.type === 'certificateAuthority'
          ? certificatesOf('pinnedAuthority', pin.certificateAuthority)
          : [],
      );
    default:
      return [];
  }
}

function keysOf(spec: Extract<TrustRootSpec, { type: 'keys' }>): TrustExpiry[] {
  return spec.keys.flatMap(({ material, notAfter }) => {
    const key = readPublicKey(material.content);
    return key.ok
      ? [expiry('key', key.value.fingerprint, notAfter && new Date(notAfter))]
      : [];
  });
}

function trustedRootOf(material: Material | undefined): TrustExpiry[] {
  const read = material && readTrustedRoot(material.content);
  if (!material || !read?.ok) {
    return [];
  }
  const { tuf } = material;
  const { certificateAuthorities, timestampAuthorities, tlogs, ctlogs } =
    read.value;
  return [
    ...certificateAuthorities.map(authority =>
      authorityExpiry('certificateAuthority', authority),
    ),
    ...timestampAuthorities.map(authority =>
      authorityExpiry('timestampAuthority', authority),
    ),
    ...tlogs.map(log => logExpiry('transparencyLog', log)),
    ...ctlogs.map(log => logExpiry('certificateLog', log)),
    ...(tuf
      ? [expiry('tufMetadata', tuf.mirror, new Date(tuf.expiresAt))]
      : []),
  ];
}

type Authority = SigstoreAuthorities['certificateAuthorities'][number];

/** A chain ends with the first of its certificates, or when its operator says. */
function authorityExpiry(
  kind: TrustExpiryKind,
  { certChain, validFor }: Authority,
): TrustExpiry {
  const certificates = certChain.map(
    certificate => new X509Certificate(certificate.root.toDER()),
  );
  const ends = certificates.map(certificate => certificate.validToDate);
  const earliest = Math.min(
    ...[validFor.end, ...ends].map(end => end?.getTime() ?? LAST_INSTANT_MS),
  );
  return expiry(
    kind,
    subjectOf(certificates[0]),
    lastInstant(new Date(earliest)),
  );
}

function logExpiry(
  kind: TrustExpiryKind,
  { logID, validFor }: SigstoreAuthorities['tlogs'][number],
): TrustExpiry {
  return expiry(kind, logID.toString('hex'), lastInstant(validFor.end));
}

/** The library writes a missing end as the last instant there is. */
function lastInstant(end: Date | undefined): Date | undefined {
  return end && end.getTime() < LAST_INSTANT_MS ? end : undefined;
}

function certificatesOf(
  kind: TrustExpiryKind,
  material: Material,
): TrustExpiry[] {
  return splitPem(material.content).flatMap(pem => {
    try {
      const certificate = new X509Certificate(pem);
      return [expiry(kind, subjectOf(certificate), certificate.validToDate)];
    } catch {
      // Reported when the root is loaded; here there is no end to tell.
      return [];
    }
  });
}

function splitPem(text: string): string[] {
  return (
    text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ??
    []
  );
}

/** One line; a certificate without a subject goes by its fingerprint. */
function subjectOf(certificate: X509Certificate): string {
  return (
    certificate.subject?.split('\n').join(', ') ||
    `sha256:${createHash('sha256').update(certificate.raw).digest('hex')}`
  );
}

function expiry(
  kind: TrustExpiryKind,
  name: string,
  end: Date | '' | undefined,
): TrustExpiry {
  return { kind, name, ...(end && { endsAt: end.toISOString() }) };
}
