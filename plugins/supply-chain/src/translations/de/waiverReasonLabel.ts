/** Was an einer Ausnahme auf der Seite abgelehnt wird, in zwei bis fünf Wörtern. */
export const waiverReasonLabel = {
  waiverByGuest: 'nicht für Gäste',
  waiverByService: 'nur für Menschen',
  waiverForNothing: 'nichts auszunehmen',
  waiverForUnknown: '„unklar“ nicht einbezogen',
  waiverReasonChanged: 'scheitert inzwischen anders',
  waiverExpiryPast: 'Ende liegt zurück',
  waiverPending: 'schon beantragt',
  waiverDecided: 'schon entschieden',
  waiverNotInForce: 'Ausnahme gilt nicht',
  waiverBeyondService: 'gälte für alle Dienste',
  waiverOfSomebodyElse: 'von jemand anderem beantragt',
  waiverInVersionControl: 'steht in der Versionsverwaltung',
};
