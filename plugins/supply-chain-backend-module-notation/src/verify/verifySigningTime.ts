import { NotationTrustPolicy } from 'backstage-plugin-supply-chain-common';
import { Refused } from './Refused';
import { SoundEnvelope } from './soundEnvelope';
import { verifyTimestamp } from './timestamp/verifyTimestamp';
import { CompiledNotationRoot } from './trust/compileNotationRoot';
import { trustedCertificates } from './trust/trustedCertificates';

/** Clocks of authorities may be ahead of ours by this much. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** When an envelope was signed, as far as it is proven. */
export type ProvenTime = {
  /** Absent when nobody but the signer says when. */
  signedAt?: Date;
  /** Until when it holds without being looked at again; absent when the clock changes nothing. */
  standsUntil?: Date;
};

type Judged = {
  sound: SoundEnvelope;
  root: CompiledNotationRoot;
  policy: NotationTrustPolicy;
  now: Date;
};

/**
 * Finds out whether the certificates were valid when they signed: by the word of a signing authority, by a timestamp,
 * or because they are valid now.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#steps
 *
 * @throws Refused
 */
export function verifySigningTime(judged: Judged): ProvenTime {
  const { sound, now } = judged;
  const { scheme, signingTime, expiry } = sound.envelope.attributes;
  if (scheme === 'notary.x509.signingAuthority') {
    refuseFuture(signingTime, now);
    requireValid(sound, signingTime, signingTime);
    return { signedAt: signingTime, standsUntil: expiry };
  }
  const { chain } = sound;
  if (isTimestampNeeded(judged)) {
    return { signedAt: stampedAt(judged), standsUntil: expiry };
  }
  if (!chain.every(each => each.isValidBetween(now, now))) {
    throw new Refused(
      'certificateNotValidNow',
      'a certificate of the chain is not valid now',
    );
  }
  const ends = [...chain.map(({ notAfter }) => notAfter), expiry ?? []].flat();
  return {
    standsUntil: new Date(Math.min(...ends.map(end => end.getTime()))),
  };
}

function isTimestampNeeded({ sound, policy, now }: Judged): boolean {
  if (!policy.trustStores.some(name => name.startsWith('tsa:'))) {
    return false;
  }
  return (
    policy.verifyTimestamp === 'always' ||
    sound.chain.some(({ notAfter }) => now > notAfter)
  );
}

function stampedAt({ sound, root, policy, now }: Judged): Date {
  const { envelope } = sound;
  if (!envelope.timestampToken) {
    throw new Refused('timestampMissing', 'the trust policy wants a timestamp');
  }
  const { from, time, to } = verifyTimestamp({
    token: envelope.timestampToken,
    stamped: envelope.signature,
    roots: trustedCertificates({ root, policy, type: 'tsa' }),
  });
  refuseFuture(time, now);
  if (from < envelope.attributes.signingTime) {
    throw new Refused('timestampInvalid', 'it is older than the signature');
  }
  requireValid(sound, from, to);
  return time;
}

function requireValid({ chain }: SoundEnvelope, from: Date, to: Date): void {
  if (!chain.every(each => each.isValidBetween(from, to))) {
    throw new Refused(
      'certificateNotValidAtSigning',
      `the chain is not valid at ${from.toISOString()}`,
    );
  }
}

function refuseFuture(time: Date, now: Date): void {
  if (time.getTime() > now.getTime() + CLOCK_SKEW_MS) {
    throw new Refused('timestampInvalid', 'it was signed in the future');
  }
}
