import { defineReasons } from './defineReasons';

/** Reason codes about signatures of the Notary Project. */
export const notationReasons = defineReasons({
  noTrustPolicyForRepository: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning:
      'No trust policy of the trust root covers the repository of the image.',
    advice:
      'Name the repository in `registryScopes` of a trust policy, or add one for `*`.',
  },
  validationNotEnforced: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning:
      'The trust policy for the repository only audits or skips signatures, so that nobody is vouched for.',
    advice:
      'Give the trust policy the level `strict` or `permissive` once every image is signed.',
  },
  malformedEnvelope: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The signature envelope cannot be read.',
    advice: 'Sign again with a current client.',
  },
  descriptorMismatch: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The signature covers the digest of the image with another media type or size.',
    advice: 'Sign the image as the registry holds it.',
  },
  algorithmMismatch: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The envelope names another algorithm than the one that belongs to the key of its certificate.',
    advice: 'Sign again with a current client; the envelope was changed.',
  },
  unsupportedCriticalAttribute: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The signature has a critical attribute this version does not know.',
    advice: 'Sign without the attribute, or update this plugin.',
  },
  pluginRequired: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The signature can be verified only with a plugin of the notation client, which does not run here.',
    advice: 'Sign with a key that needs no verification plugin.',
  },
  signatureExpired: {
    about: 'signature',
    status: 'expired',
    meaning: 'The signer gave the signature an end, and it has passed.',
    advice: 'Sign again.',
  },
  certificateNotValidNow: {
    about: 'signature',
    status: 'expired',
    meaning:
      'The certificate is outside its period of validity, and nothing trusted says that it signed within.',
    advice:
      'Sign again, with a timestamp authority whose root the trust policy names.',
  },
  trustStoreInvalid: {
    about: 'document',
    meaning: 'A trust store holds something else than root certificates.',
    advice:
      'Give certificates in PEM, each a certificate authority or signed by itself.',
  },
});
