import { defineReasons } from './defineReasons';

/** Reason codes about policy. */
export const policyReasons = defineReasons({
  noTrustRootConfigured: {
    about: 'policy',
    status: 'unavailable',
    meaning: 'No trust root applies, so no signature can be judged.',
    advice: 'Add a TrustRoot document and name it in the policy.',
  },
  trustRootUnusable: {
    about: 'policy',
    status: 'unavailable',
    meaning: 'The trust root cannot be used.',
    advice: 'Correct the trust root; its error is on the sources page.',
  },
  noPolicy: {
    about: 'policy',
    meaning: 'No policy has been loaded.',
    advice: 'Name a policy file under `supplyChain.policies`.',
  },
  noPolicyMatches: {
    about: 'policy',
    meaning: 'No policy covers this image.',
    advice: 'Widen the match of a policy if it should be covered.',
  },
  ruleError: {
    about: 'policy',
    meaning: 'The rule could not be evaluated.',
    advice: 'Correct the rule; the message says what is wrong.',
  },
  ruleTimeout: {
    about: 'policy',
    meaning: 'The rule took too long.',
    advice: 'Simplify the rule.',
  },
  expressionFalse: {
    about: 'policy',
    meaning: 'The expression of the rule does not hold.',
    advice: 'Do what the message of the rule says.',
  },
  factsTruncated: {
    about: 'policy',
    meaning:
      'The rule reads a list that is longer than rules may see, so it cannot tell.',
    advice: 'Write the rule with the numbers of `scan`, which are complete.',
  },
  contextNotKnown: {
    about: 'policy',
    meaning:
      'The rule reads where the image runs or whose it is, and that is not known here.',
    advice: 'Name the entity, or leave the answer to the portal.',
  },
  contentTrustOnly: {
    about: 'policy',
    meaning:
      'Nothing but Docker Content Trust, which is being retired, vouches for the image.',
    advice:
      'Sign the digest with cosign or the Notary Project as well, then leave content trust.',
  },
  viaIndexNotAllowed: {
    about: 'policy',
    meaning:
      'The signature covers the index only and the rule wants the manifest itself.',
    advice: 'Sign recursively, or allow signatures on the index.',
  },
});
