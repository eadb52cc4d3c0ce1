import {
  includesName,
  NotationTrustPolicy,
  selectNotationTrustPolicy,
} from 'backstage-plugin-supply-chain-common';
import { attempt, Outcome, Refused } from './Refused';
import { SoundEnvelope } from './soundEnvelope';
import { CompiledNotationRoot } from './trust/compileNotationRoot';
import { trustedCertificates } from './trust/trustedCertificates';
import { ProvenTime, verifySigningTime } from './verifySigningTime';
import { readSubject } from './x509/subjectName';

/** Which trust stores vouch for which scheme; one never stands in for the other. */
const STORE_TYPES = {
  'notary.x509': 'ca',
  'notary.x509.signingAuthority': 'signingAuthority',
} as const;

/** What one trust root says, and whether the signer may be named because its authority is trusted. */
export type RootVerdict = {
  outcome: Outcome<ProvenTime>;
  isSignerKnown: boolean;
};

/**
 * Asks one trust root about an envelope. Whatever its level, only what succeeded verifies (L17): a failure that is
 * merely logged refuses as one that is enforced.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#signature-verification
 */
export function verifyAgainstRoot(options: {
  sound: SoundEnvelope;
  root: CompiledNotationRoot;
  repository: string;
  now: Date;
}): RootVerdict {
  const { sound, root, repository, now } = options;
  const policy = attempt(() => {
    const selected = selectPolicy(root, repository);
    checkRoot({ sound, root, policy: selected });
    return selected;
  });
  if (!policy.ok) {
    return { outcome: policy, isSignerKnown: false };
  }
  const outcome = attempt(() => {
    checkIdentity(sound, policy.value);
    checkExpiry(sound, now);
    const time = verifySigningTime({ sound, root, policy: policy.value, now });
    checkEnforced(policy.value);
    return time;
  });
  return { outcome, isSignerKnown: true };
}

function selectPolicy(
  root: CompiledNotationRoot,
  repository: string,
): NotationTrustPolicy {
  const policy = selectNotationTrustPolicy(root.policies, repository);
  if (!policy) {
    throw new Refused(
      'noTrustPolicyForRepository',
      `no trust policy covers "${repository}"`,
    );
  }
  if (policy.level === 'skip') {
    throw notEnforced(policy);
  }
  return policy;
}

function checkRoot(options: {
  sound: SoundEnvelope;
  root: CompiledNotationRoot;
  policy: NotationTrustPolicy;
}): void {
  const { sound, root, policy } = options;
  const { envelope, chain } = sound;
  const last = chain[chain.length - 1];
  const isTrusted = trustedCertificates({
    root,
    policy,
    type: STORE_TYPES[envelope.attributes.scheme],
  }).some(trusted => trusted.isSameAs(last));
  if (!isTrusted) {
    throw new Refused(
      'untrustedCertificateAuthority',
      'no trust store holds the root of its chain',
    );
  }
}

function checkIdentity(
  { chain }: SoundEnvelope,
  { trustedIdentities }: NotationTrustPolicy,
): void {
  if (trustedIdentities === '*') {
    return;
  }
  const subject = readSubject(chain[0]);
  if (!trustedIdentities.some(identity => includesName(subject, identity))) {
    throw new Refused('identityMismatch', 'the subject is not listed');
  }
}

function checkExpiry({ envelope }: SoundEnvelope, now: Date): void {
  const { expiry } = envelope.attributes;
  if (expiry && now >= expiry) {
    throw new Refused(
      'signatureExpired',
      `it ended at ${expiry.toISOString()}`,
    );
  }
}

function checkEnforced(policy: NotationTrustPolicy): void {
  if (policy.actions.authenticity !== 'enforce') {
    throw notEnforced(policy);
  }
}

function notEnforced({ name }: NotationTrustPolicy): Refused {
  return new Refused(
    'validationNotEnforced',
    `the trust policy "${name}" does not enforce authenticity`,
  );
}
