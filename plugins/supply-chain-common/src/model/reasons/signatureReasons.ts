import { defineReasons } from './defineReasons';

/** Reason codes about signatures. */
export const signatureReasons = defineReasons({
  noMatchingKey: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning: 'No trusted key verifies the signature.',
    advice:
      'Sign with a key of the trust root, or add the key to a trust root if it is yours.',
  },
  identityMismatch: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning: 'The certificate names an identity the trust root does not list.',
    advice:
      'Sign from the listed workflow, or list the identity in the trust root.',
  },
  untrustedCertificateAuthority: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning:
      'The certificate was issued by an authority the trust root does not hold.',
    advice:
      'Sign with a certificate from a trusted authority, or add the authority to a trust root.',
  },
  keyNotInScheme: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning:
      'The trust root holds keys and the signature a certificate, or the reverse.',
    advice: 'Name a trust root of the kind the image is signed with.',
  },
  firstUseOnly: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning:
      'The root of the content trust data was trusted because it was seen first, not because anybody named it.',
    advice:
      'Pin the root key of the collection in the trust root, or write `allowFirstUse: true` in the rule.',
  },
  tooFewSigners: {
    about: 'signature',
    status: 'untrustedSigner',
    meaning: 'Fewer distinct trusted signers than the policy asks for.',
    advice: 'Let the missing signers sign the image as well.',
  },
  payloadDigestMismatch: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The signature covers another digest than the image.',
    advice: 'Sign the digest that runs; remove the copied signature.',
  },
  signatureMismatch: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The certificate in the bundle does not verify the signature.',
    advice: 'Sign again; if you did not change it, find out who did.',
  },
  subjectMismatch: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The referring manifest names another subject than the image.',
    advice: 'Attach the signature to the image again.',
  },
  malformedBundle: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The signature bundle cannot be read.',
    advice: 'Sign again with a current client.',
  },
  malformedPayload: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The signed payload cannot be read.',
    advice: 'Sign again with a current client.',
  },
  unsupportedBundleVersion: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The bundle has a media type this version does not know.',
    advice: 'Sign with bundle format 0.1, 0.2 or 0.3, or update this plugin.',
  },
  unsupportedAlgorithm: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The signature uses an algorithm or key type that is not supported.',
    advice: 'Sign with ECDSA P-256, RSA of at least 2048 bits or Ed25519.',
  },
  transparencyLogMissing: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The trust root requires a transparency log entry and there is none.',
    advice:
      'Sign with upload to the log, or change the requirement of the trust root.',
  },
  transparencyLogInvalid: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The transparency log entry does not prove inclusion in a trusted log.',
    advice:
      'Check that the trusted root holds the log that was used, then sign again.',
  },
  transparencyLogMismatch: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The transparency log entry is about another signature, key or certificate.',
    advice: 'Sign again; the entry was exchanged.',
  },
  timestampMissing: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The trust root requires a signed timestamp and there is none.',
    advice:
      'Sign with a timestamp authority, or change the requirement of the trust root.',
  },
  timestampInvalid: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The signed timestamp is not valid for this signature or its authority is not trusted.',
    advice:
      'Check that the trusted root holds the timestamp authority, then sign again.',
  },
  certificateTimestampMissing: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The certificate lacks a signed certificate timestamp and the trust root requires one.',
    advice:
      'Use a certificate authority with a certificate transparency log, or write `signedCertificateTimestamps: none`.',
  },
  certificateTimestampInvalid: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The signed certificate timestamp is not valid or its log is not trusted.',
    advice:
      'Check that the trusted root holds the certificate transparency log, then sign again.',
  },
  noTrustedTime: {
    about: 'signature',
    status: 'invalid',
    meaning: 'Nothing trusted says when the certificate signed.',
    advice: 'Sign with upload to the log or with a timestamp authority.',
  },
  keyTooWeak: {
    about: 'signature',
    status: 'invalid',
    meaning:
      'The signing key is weaker than allowed (RSA below 2048 bits, or a small curve).',
    advice: 'Sign with a stronger key.',
  },
  certificateUnsuitable: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The certificate is not made for code signing.',
    advice:
      'Use a leaf certificate with digital signature and code signing usage.',
  },
  certificateInvalid: {
    about: 'signature',
    status: 'invalid',
    meaning: 'The certificate or its chain cannot be verified.',
    advice: 'Sign again with a certificate of a trusted authority.',
  },
  certificateNotValidAtSigning: {
    about: 'signature',
    status: 'expired',
    meaning: 'The certificate was not valid when the signature was made.',
    advice: 'Sign again.',
  },
  keyNotValidNow: {
    about: 'signature',
    status: 'expired',
    meaning: 'The key is outside the period its trust root gives it.',
    advice: 'Sign with the current key.',
  },
  noSignature: {
    about: 'signature',
    status: 'unsigned',
    meaning: 'Every place was read and holds no signature.',
    advice: 'Sign the image in the pipeline that pushes it.',
  },
  attestedOnly: {
    about: 'signature',
    status: 'unsigned',
    meaning: 'There are attestations but no signature.',
    advice:
      'Sign the image; an attestation is a statement about it, not a signature of it.',
  },
});
