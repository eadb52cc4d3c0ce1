/** Ausnahmen auf der Seite: was an Antrag und Entscheidung abgelehnt wird. */
export const waiverReason = {
  waiverByGuest: {
    meaning:
      'Ein Gast beantragt eine Ausnahme oder entscheidet darüber, und niemand weiß, wer das ist.',
    advice: 'Mit einem eigenen Konto anmelden.',
  },
  waiverByService: {
    meaning:
      'Ein Dienstkonto beantragt eine Ausnahme oder entscheidet darüber; das dürfen nur Menschen.',
    advice: 'Selbst anmelden und es auf der Seite tun.',
  },
  waiverForNothing: {
    meaning:
      'Die Regel scheitert an diesem Image nicht, also gibt es nichts auszunehmen.',
    advice: 'Nichts, außer die Seite zeigt nach dem Neuladen etwas anderes.',
  },
  waiverForUnknown: {
    meaning:
      'Was die Regel fragt, ist unklar, und die Ausnahme schließt das nicht ein.',
    advice:
      'Herausfinden, warum es unklar ist, oder angeben, dass die Ausnahme das einschließt.',
  },
  waiverReasonChanged: {
    meaning:
      'Die Regel scheitert aus einem anderen Grund als zur Zeit des Antrags.',
    advice:
      'Den Antrag ablehnen; wer die Ausnahme braucht, beantragt sie für das, was jetzt falsch ist.',
  },
  waiverExpiryPast: {
    meaning: 'Das Ende der Ausnahme liegt in der Vergangenheit.',
    advice: 'Ein späteres Ende wählen.',
  },
  waiverPending: {
    meaning: 'Dieselbe Ausnahme wartet schon auf eine Entscheidung.',
    advice: 'Jemanden um die Entscheidung bitten, der genehmigen darf.',
  },
  waiverDecided: {
    meaning: 'Über die Ausnahme hat schon jemand entschieden.',
    advice: 'Die Seite neu laden, um die Entscheidung zu sehen.',
  },
  waiverNotInForce: {
    meaning: 'Die Ausnahme ist beendet oder hat nie gegolten.',
    advice: 'Die Seite neu laden, um ihren Stand zu sehen.',
  },
  waiverBeyondService: {
    meaning:
      'Die Ausnahme gälte für alle Dienste, und Sie dürfen Ausnahmen nur für einige genehmigen.',
    advice:
      'Eine Ausnahme nur für diesen Dienst beantragen oder jemanden genehmigen lassen, der das für alle Dienste darf.',
  },
  waiverOfSomebodyElse: {
    meaning:
      'Nur wer eine Ausnahme beantragt hat, kann den Antrag zurückziehen.',
    advice: 'Diese Person fragen oder den Antrag ablehnen lassen.',
  },
  waiverInVersionControl: {
    meaning: 'Die Ausnahme steht in der Versionsverwaltung.',
    advice: 'Das Dokument ändern oder entfernen; ein Merge entscheidet.',
  },
};
