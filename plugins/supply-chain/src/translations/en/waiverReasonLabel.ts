/** What is refused about a waiver on the page, in two to five words. */
export const waiverReasonLabel = {
  waiverByGuest: 'not for guests',
  waiverByService: 'only for people',
  waiverForNothing: 'nothing to waive',
  waiverForUnknown: '"can\'t tell" not included',
  waiverReasonChanged: 'fails for another reason now',
  waiverExpiryPast: 'end has passed',
  waiverPending: 'asked for before',
  waiverDecided: 'decided before',
  waiverNotInForce: 'waiver not in force',
  waiverBeyondService: 'would cover every service',
  waiverOfSomebodyElse: 'asked for by somebody else',
  waiverInVersionControl: 'stands in version control',
};
