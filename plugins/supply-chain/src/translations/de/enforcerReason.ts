/** Reason codes about the reports of other enforcers. */
export const enforcerReason = {
  policyReportMalformed: {
    meaning: 'Der Richtlinienbericht ist nicht lesbar.',
    advice: 'Die Version des Prüfers kontrollieren, der ihn schreibt.',
  },
  policyReportVersionUnknown: {
    meaning: 'Der Richtlinienbericht hat eine Version, die nicht gelesen wird.',
    advice:
      'Den Prüfer wgpolicyk8s.io/v1alpha2 oder openreports.io/v1alpha1 schreiben lassen.',
  },
  policyResultMalformed: {
    meaning:
      'Ergebnisse, die keine Richtlinie nennen oder weder pass, fail, warn, error noch skip sagen, sind weggelassen.',
    advice: 'Die Version des Prüfers kontrollieren, der sie schreibt.',
  },
  policyResultsTooMany: {
    meaning: 'Der Bericht enthält mehr Ergebnisse, als behalten werden.',
    advice: 'Den Prüfer je Objekt einen Bericht schreiben lassen.',
  },
  policyResultsOfScanner: {
    meaning:
      'Ergebnisse, die Scans von Trivy wiederholen, sind weggelassen: Gezählt werden die Scans selbst.',
    advice: 'Nichts zu tun; die Schwachstellen stehen bei den Scans.',
  },
};
