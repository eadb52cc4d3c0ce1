import type { TransparencyLogEntry } from '@sigstore/bundle';
import { Verifier } from '@sigstore/verify';
import {
  CompiledRequirements,
  SigstoreAuthorities,
} from 'backstage-plugin-supply-chain-node/trust';
import { ParsedCandidate } from './candidate';
import { LeafCertificate } from './LeafCertificate';
import { runLibrary } from './libraryReasons';
import { Refused } from './Refused';

type CertificateAuthorities = SigstoreAuthorities['certificateAuthorities'];

/** The authorities of a trust root that issued a certificate, whenever that was. */
export function issuersOf(
  leaf: LeafCertificate,
  authorities: SigstoreAuthorities,
): CertificateAuthorities {
  return authorities.certificateAuthorities.filter(({ certChain }) =>
    certChain.some(
      issuer => issuer.subject.equals(leaf.issuer) && leaf.verify(issuer),
    ),
  );
}

/**
 * Verifies the certificate at times that are already proven, and its signed certificate timestamps.
 *
 * @throws Refused
 */
export function verifyChain(options: {
  candidate: ParsedCandidate;
  leaf: LeafCertificate;
  issuers: CertificateAuthorities;
  authorities: SigstoreAuthorities;
  requirements: CompiledRequirements;
  times: Date[];
}): void {
  const { candidate, leaf, issuers, authorities, requirements, times } =
    options;
  for (const time of times) {
    const isIssuerValid = issuers.some(
      ({ validFor }) => validFor.start <= time && time <= validFor.end,
    );
    if (!isIssuerValid || !leaf.validForDate(time)) {
      throw new Refused(
        'certificateNotValidAtSigning',
        `the certificate is not valid at ${time.toISOString()}`,
      );
    }
  }
  const { signedCertificateTimestamps } = requirements;
  const isRequired = signedCertificateTimestamps === 'required';
  if (isRequired && !leaf.hasTimestamps) {
    throw new Refused('certificateTimestampMissing', 'there is none');
  }
  const verifier = new Verifier(
    { ...authorities, certificateAuthorities: issuers, publicKey: noKey },
    {
      tlogThreshold: 0,
      ctlogThreshold: isRequired ? 1 : 0,
      timestampThreshold: 1,
    },
  );
  runLibrary(
    () =>
      verifier.verify({
        signature: candidate.content,
        key: {
          $case: 'certificate',
          certificate:
            signedCertificateTimestamps === 'none'
              ? leaf.withoutTimestamps()
              : leaf,
        },
        tlogEntries: [],
        timestamps: times.map(provenTime),
      }),
    'certificateInvalid',
  );
}

/**
 * How the library takes a time that needs no further proof. It would believe any such entry, so none may come from
 * here that `verifyLogAndTime` did not prove.
 */
function provenTime(time: Date, index: number) {
  const tlogEntry = {
    inclusionPromise: { signedEntryTimestamp: Buffer.alloc(0) },
    integratedTime: String(Math.floor(time.getTime() / 1000)),
    // Equal times of different origin are no duplicates.
    logId: { keyId: Buffer.from([index]) },
  } as TransparencyLogEntry;
  return { $case: 'transparency-log' as const, tlogEntry };
}

/* istanbul ignore next -- the entity holds a certificate; the library asks for a key only without one */
function noKey(): never {
  throw new Refused('keyNotInScheme', 'a certificate is not a key');
}
