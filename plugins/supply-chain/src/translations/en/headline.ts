/** The sentence at the top of the tab: what is worst, with numbers. By reason code, then by rule. */
export const headline = {
  pass_one: 'The one image meets every rule that applies.',
  pass_other: 'All {{count}} images meet every rule that applies.',
  notApplicable: 'No policy covers what runs here.',
  pending: 'The first look is under way.',
  noImages: 'No image has been counted yet.',
  alsoUnknown_one: "{{count}} can't be judged.",
  alsoUnknown_other: "{{count}} can't be judged.",
  general_one: '{{count}} of {{total}} images: {{meaning}}',
  general_other: '{{count}} of {{total}} images: {{meaning}}',
  plain_one: '{{count}} of {{total}} images does not come to a pass.',
  plain_other: '{{count}} of {{total}} images do not come to a pass.',
  reason: {
    noSignature_one: '{{count}} of {{total}} images is not signed.',
    noSignature_other: '{{count}} of {{total}} images are not signed.',
    attestedOnly_one:
      '{{count}} of {{total}} images has attestations but no signature.',
    attestedOnly_other:
      '{{count}} of {{total}} images have attestations but no signature.',
    noMatchingKey_one:
      '{{count}} of {{total}} images is signed by a key nobody here trusts.',
    noMatchingKey_other:
      '{{count}} of {{total}} images are signed by a key nobody here trusts.',
    identityMismatch_one:
      '{{count}} of {{total}} images is signed by an identity that is not listed.',
    identityMismatch_other:
      '{{count}} of {{total}} images are signed by an identity that is not listed.',
    payloadDigestMismatch_one:
      '{{count}} of {{total}} images carries a signature made for another image.',
    payloadDigestMismatch_other:
      '{{count}} of {{total}} images carry a signature made for another image.',
    registryRefused_one:
      "{{count}} of {{total}} images can't be judged: the registry refused.",
    registryRefused_other:
      "{{count}} of {{total}} images can't be judged: the registry refused.",
    registryUnavailable_one:
      "{{count}} of {{total}} images can't be judged: the registry did not answer.",
    registryUnavailable_other:
      "{{count}} of {{total}} images can't be judged: the registry did not answer.",
    noTrustRootConfigured_one:
      "{{count}} of {{total}} images can't be judged: no trust root is configured.",
    noTrustRootConfigured_other:
      "{{count}} of {{total}} images can't be judged: no trust root is configured.",
    notScanned_one: '{{count}} of {{total}} images was never scanned.',
    notScanned_other: '{{count}} of {{total}} images were never scanned.',
    scanStale_one: '{{count}} of {{total}} images has a scan that is too old.',
    scanStale_other:
      '{{count}} of {{total}} images have a scan that is too old.',
    fixableVulnerability_one:
      '{{count}} of {{total}} images has an overdue vulnerability with a fix.',
    fixableVulnerability_other:
      '{{count}} of {{total}} images have an overdue vulnerability with a fix.',
    fixableVulnerabilityInLeeway_one:
      '{{count}} of {{total}} images has a vulnerability with a fix, still in time.',
    fixableVulnerabilityInLeeway_other:
      '{{count}} of {{total}} images have a vulnerability with a fix, still in time.',
    repositoryNotAllowed_one:
      '{{count}} of {{total}} images comes from a registry that is not allowed.',
    repositoryNotAllowed_other:
      '{{count}} of {{total}} images come from a registry that is not allowed.',
    unpinnedReference_one:
      '{{count}} of {{total}} images is deployed by tag, not by digest.',
    unpinnedReference_other:
      '{{count}} of {{total}} images are deployed by tag, not by digest.',
    movingTag_one: '{{count}} of {{total}} images runs a moving tag.',
    movingTag_other: '{{count}} of {{total}} images run a moving tag.',
    digestUnknown_one:
      '{{count}} of {{total}} images runs without a known digest.',
    digestUnknown_other:
      '{{count}} of {{total}} images run without a known digest.',
    noPolicy_one:
      "{{count}} of {{total}} images can't be judged: no policy is loaded.",
    noPolicy_other:
      "{{count}} of {{total}} images can't be judged: no policy is loaded.",
  },
};
