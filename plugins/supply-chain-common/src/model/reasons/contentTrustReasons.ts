import { defineReasons } from './defineReasons';

/** Reason codes about Docker Content Trust. The order goes from telling to less telling. */
export const contentTrustReasons = defineReasons({
  tagSignsOtherDigest: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The trust data signs the tag to another digest than the one that runs.',
    advice:
      'Deploy what the tag is signed to, or sign the tag again; if nobody moved it, find out who did.',
  },
  trustDataRolledBack: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The trust data is older than what was seen before.',
    advice:
      'Check the Notary server and everything between it and the portal; an old state is being replayed or was restored.',
  },
  trustDataMixed: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The files of the trust data do not belong together: one has not the hash another states.',
    advice:
      'Publish the trust data again; if it stays, check the Notary server.',
  },
  rootRotationInvalid: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The root of the trust data does not follow from the one that was trusted before.',
    advice:
      'Find out who exchanged the root. If it was you, pin the new root key in the trust root.',
  },
  rootCertificateUnsuitable: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'No certificate of the root names this repository and is strong enough.',
    advice:
      'Initialise the trust data under the name of the repository, with an ECDSA key or RSA of at least 2048 bits.',
  },
  trustDataKeyInvalid: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'A key of the trust data cannot be used: its id is not its own, or it is unknown, damaged or too weak.',
    advice: 'Rotate the key; use ECDSA, RSA of at least 2048 bits or Ed25519.',
  },
  trustDataSignatureInvalid: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'A file of the trust data is not signed by as many keys of its role as it must be.',
    advice:
      'Publish the trust data again; if you did not change it, find out who did.',
  },
  trustDataMalformed: {
    about: 'signature',
    status: 'invalid',
    meaning: 'A file of the trust data cannot be read.',
    advice: 'Publish the trust data again with a current client.',
  },
  trustDataExpired: {
    about: 'signature',
    status: 'expired',
    meaning:
      'The trust data is past its date: nobody renews it, or an old state is held on to.',
    advice:
      'Publish the trust data again; if the Notary service was switched off, sign with cosign or notation in its place.',
  },
  rootNotPinned: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning: 'The root of the trust data is not one the trust root pins.',
    advice:
      'Compare the root key with its owner, then pin it in the trust root.',
  },
  tagShadowed: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning:
      'The tag is signed to this digest in `targets`, and `targets/releases`, which goes first, signs it to another.',
    advice: 'Sign the digest in `targets/releases`, or take the tag out there.',
  },
  delegationNotCounted: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning:
      'The digest is signed in a delegation only that Docker does not look at.',
    advice: 'Sign the tag in `targets/releases` or `targets`.',
  },
  noPin: {
    about: 'signature',
    status: 'unavailable',
    meaning:
      'Nothing says which root to trust: no pin, and trust on first use is for the portal only.',
    advice:
      'Pin the root key of the repository in the trust root, or give the command line the state of the portal.',
  },
  trustDataIncomplete: {
    about: 'signature',
    status: 'unavailable',
    meaning: 'The server holds a root and not the files that belong to it.',
    advice: 'Check the Notary server, or publish the trust data again.',
  },
  trustStateUnreadable: {
    about: 'signature',
    status: 'unavailable',
    meaning: 'What was remembered of the trust data cannot be read.',
    advice:
      'Find out what changed the stored state; remove it only if an older state of the trust data would do no harm.',
  },
});
