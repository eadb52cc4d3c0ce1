/** The sentence at the top of the tab: what is worst, with numbers. By reason code, then by rule. */
export const headline = {
  pass_one: 'The one image meets every rule that applies.',
  pass_other: 'All {{count}} images meet every rule that applies.',
  notApplicable: 'No policy covers what runs here.',
  pending: 'The first look is under way.',
  noImages: 'No image has been counted yet.',
  alsoUnknown_one: "{{count}} can't be judged.",
  alsoUnknown_other: "{{count}} can't be judged.",
  share: '{{count}} of {{total}} images',
  onlyOne: 'The image',
  general_one: '{{images}}: {{label}}.',
  general_other: '{{images}}: {{label}}.',
  plain_one: '{{images}} does not come to a pass.',
  plain_other: '{{images}} do not come to a pass.',
  reason: {
    noSignature_one: '{{images}} is not signed.',
    noSignature_other: '{{images}} are not signed.',
    attestedOnly_one: '{{images}} has attestations but no signature.',
    attestedOnly_other: '{{images}} have attestations but no signature.',
    noMatchingKey_one: '{{images}} is signed by a key nobody here trusts.',
    noMatchingKey_other: '{{images}} are signed by a key nobody here trusts.',
    identityMismatch_one:
      '{{images}} is signed by an identity that is not listed.',
    identityMismatch_other:
      '{{images}} are signed by an identity that is not listed.',
    payloadDigestMismatch_one:
      '{{images}} carries a signature made for another image.',
    payloadDigestMismatch_other:
      '{{images}} carry a signature made for another image.',
    tagSignsOtherDigest_one:
      '{{images}} runs another digest than its tag is signed to.',
    tagSignsOtherDigest_other:
      '{{images}} run another digest than their tag is signed to.',
    contentTrustOnly_one:
      '{{images}} is signed by nothing but Docker Content Trust.',
    contentTrustOnly_other:
      '{{images}} are signed by nothing but Docker Content Trust.',
    noProvenance_one: '{{images}} has no provenance.',
    noProvenance_other: '{{images}} have no provenance.',
    provenanceUnsigned_one: '{{images}} has provenance that nobody signed.',
    provenanceUnsigned_other: '{{images}} have provenance that nobody signed.',
    builtFromOtherRepository_one:
      '{{images}} was built from another repository than expected.',
    builtFromOtherRepository_other:
      '{{images}} were built from another repository than expected.',
    levelTooLow_one: '{{images}} was built at too low a level.',
    levelTooLow_other: '{{images}} were built at too low a level.',
    triggerNotAllowed_one:
      '{{images}} was built by something that must not release.',
    triggerNotAllowed_other:
      '{{images}} were built by something that must not release.',
    noExpectedSource_one:
      '{{images}} cannot be compared: no repository is expected.',
    noExpectedSource_other:
      '{{images}} cannot be compared: no repository is expected.',
    registryRefused_one: "{{images}} can't be judged: the registry refused.",
    registryRefused_other: "{{images}} can't be judged: the registry refused.",
    registryUnavailable_one:
      "{{images}} can't be judged: the registry did not answer.",
    registryUnavailable_other:
      "{{images}} can't be judged: the registry did not answer.",
    noTrustRootConfigured_one:
      "{{images}} can't be judged: no trust root is configured.",
    noTrustRootConfigured_other:
      "{{images}} can't be judged: no trust root is configured.",
    notScanned_one: '{{images}} was never scanned.',
    notScanned_other: '{{images}} were never scanned.',
    scanStale_one: '{{images}} has a scan that is too old.',
    scanStale_other: '{{images}} have a scan that is too old.',
    fixableVulnerability_one:
      '{{images}} has an overdue vulnerability with a fix.',
    fixableVulnerability_other:
      '{{images}} have an overdue vulnerability with a fix.',
    fixableVulnerabilityInLeeway_one:
      '{{images}} has a vulnerability with a fix, still in time.',
    fixableVulnerabilityInLeeway_other:
      '{{images}} have a vulnerability with a fix, still in time.',
    repositoryNotAllowed_one:
      '{{images}} comes from a registry that is not allowed.',
    repositoryNotAllowed_other:
      '{{images}} come from a registry that is not allowed.',
    unpinnedReference_one: '{{images}} is deployed by tag, not by digest.',
    unpinnedReference_other: '{{images}} are deployed by tag, not by digest.',
    movingTag_one: '{{images}} runs a moving tag.',
    movingTag_other: '{{images}} run a moving tag.',
    digestUnknown_one: '{{images}} runs without a known digest.',
    digestUnknown_other: '{{images}} run without a known digest.',
    noPolicy_one: "{{images}} can't be judged: no policy is loaded.",
    noPolicy_other: "{{images}} can't be judged: no policy is loaded.",
  },
};
