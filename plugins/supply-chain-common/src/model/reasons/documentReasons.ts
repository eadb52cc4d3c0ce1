import { defineReasons } from './defineReasons';

/** Reason codes about policy documents. */
export const documentReasons = defineReasons({
  documentMalformed: {
    about: 'document',
    meaning: 'The document is not valid YAML 1.2.',
    advice: 'Correct the document at the line given.',
  },
  documentTooLarge: {
    about: 'document',
    meaning: 'The document is larger than 1 MiB.',
    advice: 'Split it.',
  },
  documentKeyDuplicate: {
    about: 'document',
    meaning: 'A key stands twice in one mapping.',
    advice: 'Remove one of them.',
  },
  documentKeyUnknown: {
    about: 'document',
    meaning: 'A key is not known.',
    advice: 'Correct the spelling.',
  },
  documentValueInvalid: {
    about: 'document',
    meaning: 'A value is not of the form expected.',
    advice: 'Correct the value at the path given.',
  },
  documentAliasNotAllowed: {
    about: 'document',
    meaning: 'The document uses an alias or anchor.',
    advice: 'Write the value out.',
  },
  documentNameDuplicate: {
    about: 'document',
    meaning: 'Two documents have the same kind and name.',
    advice: 'Rename one of them.',
  },
  documentKindUnknown: {
    about: 'document',
    meaning: 'The kind or apiVersion is not known.',
    advice:
      'Use `supply-chain/v1` with SupplyChainPolicy, TrustRoot or Waiver.',
  },
  documentFileMissing: {
    about: 'document',
    meaning: 'A file named in the document cannot be read.',
    advice: 'Correct the path.',
  },
  documentPathOutside: {
    about: 'document',
    meaning: 'A path leads outside the folder of the document.',
    advice: 'Move the file beside the document.',
  },
  documentFileFromUrl: {
    about: 'document',
    meaning: 'A document from a URL names a local file.',
    advice: 'Write the content inline.',
  },
  documentUnreachable: {
    about: 'document',
    meaning: 'The document cannot be fetched.',
    advice: 'Check the address; the last good version stays in force.',
  },
  trustRootMissing: {
    about: 'document',
    meaning: 'A policy names a trust root that does not exist.',
    advice: 'Correct the name or add the document.',
  },
  identityTooWide: {
    about: 'document',
    meaning: 'An identity amounts to anybody.',
    advice:
      'Name issuer and subject with a literal host and first path segment.',
  },
  keyUnreadable: {
    about: 'document',
    meaning: 'A public key cannot be read or is too weak.',
    advice:
      'Give a PEM public key: ECDSA P-256/384/521, RSA of at least 2048 bits or Ed25519.',
  },
  trustedRootUnreadable: {
    about: 'document',
    meaning: 'A trusted root cannot be read or is incomplete.',
    advice:
      'Give a Sigstore trusted root in which every authority has a start of validity.',
  },
  tufUnreachable: {
    about: 'document',
    meaning: 'A TUF mirror cannot be read.',
    advice:
      'Check the address and what answers there; the trusted root fetched last stays in force.',
  },
  tufAddressRefused: {
    about: 'document',
    meaning: 'The address of a TUF mirror may not be asked.',
    advice:
      'Use https and a public address, or list the host in `supplyChain.registries` with `insecure` or `allowPrivateAddress`.',
  },
  tufExpired: {
    about: 'document',
    meaning: 'The metadata of a TUF mirror is past its end.',
    advice:
      'Ask who runs the mirror to renew it; the trusted root fetched last stays in force.',
  },
  tufRefused: {
    about: 'document',
    meaning:
      'A TUF mirror answers with metadata that does not follow from the initial root, goes back, or is damaged.',
    advice:
      'Compare the initial root with the one its owner publishes; the trusted root fetched last stays in force.',
  },
  tufTargetMissing: {
    about: 'document',
    meaning: 'A TUF mirror has no target `trusted_root.json`.',
    advice: 'Give the address of a Sigstore TUF repository.',
  },
  patternInvalid: {
    about: 'document',
    meaning: 'A pattern is not valid.',
    advice: 'Correct the pattern.',
  },
  ruleUnknown: {
    about: 'document',
    meaning: 'A rule id is not known.',
    advice: 'Correct the id.',
  },
  expressionInvalid: {
    about: 'document',
    meaning:
      'The expression of a rule is not valid, or names something that does not exist.',
    advice:
      'Correct it at the place given; docs/policy-facts.md names every fact.',
  },
  expressionTooLarge: {
    about: 'document',
    meaning:
      'The expression of a rule is too long, too deep, or has too many loops inside each other.',
    advice: 'Split the rule.',
  },
  waiverWithoutExpiry: {
    about: 'document',
    meaning: 'A waiver has no end.',
    advice: 'Give `expires`.',
  },
  waiverWithoutReasons: {
    about: 'document',
    meaning: 'A waiver does not say which reasons it covers.',
    advice: 'Give `reasons`: the reason codes the finding shows.',
  },
  waiverWithoutScope: {
    about: 'document',
    meaning: 'A waiver does not say what it is about.',
    advice: 'Give a repository, a subject or an entity under `scope`.',
  },
  waiverSelfApproved: {
    about: 'document',
    meaning: 'A waiver is approved by the one who requested it.',
    advice: 'Have somebody else approve it.',
  },
  waiverTooLong: {
    about: 'document',
    meaning:
      'A waiver lasts longer than the policy allows, or does not say since when it is approved.',
    advice: 'Give `approvedAt` and an earlier `expires`.',
  },
  waiverRuleUnknown: {
    about: 'document',
    meaning: 'A waiver names a rule or a policy that does not exist.',
    advice: 'Correct the name, or remove the waiver.',
  },
  notSupportedYet: {
    about: 'document',
    meaning: 'This version does not support it.',
    advice: 'Remove it, or use a version that supports it.',
  },
});
