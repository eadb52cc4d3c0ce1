/** Signatures of the Notary Project. */
export const notationReason = {
  noTrustPolicyForRepository: {
    meaning:
      'Keine Vertrauensrichtlinie des Vertrauensankers gilt für das Repository des Images.',
    advice:
      'Das Repository in `registryScopes` einer Vertrauensrichtlinie nennen oder eine für `*` hinzufügen.',
  },
  validationNotEnforced: {
    meaning:
      'Die Vertrauensrichtlinie für das Repository prüft Signaturen nur zur Ansicht oder gar nicht; daher wird für niemanden gebürgt.',
    advice:
      'Der Vertrauensrichtlinie die Stufe `strict` oder `permissive` geben, sobald jedes Image signiert ist.',
  },
  malformedEnvelope: {
    meaning: 'Der Umschlag der Signatur ist nicht lesbar.',
    advice: 'Mit einem aktuellen Client neu signieren.',
  },
  descriptorMismatch: {
    meaning:
      'Die Signatur gilt für den Digest des Images mit anderem Medientyp oder anderer Größe.',
    advice: 'Das Image so signieren, wie die Registry es hält.',
  },
  algorithmMismatch: {
    meaning:
      'Der Umschlag nennt ein anderes Verfahren als das, das zum Schlüssel seines Zertifikats gehört.',
    advice:
      'Mit einem aktuellen Client neu signieren; der Umschlag wurde geändert.',
  },
  unsupportedCriticalAttribute: {
    meaning:
      'Die Signatur hat ein kritisches Merkmal, das diese Version nicht kennt.',
    advice: 'Ohne das Merkmal signieren oder dieses Plugin aktualisieren.',
  },
  pluginRequired: {
    meaning:
      'Die Signatur lässt sich nur mit einem Plugin des notation-Clients prüfen, das hier nicht läuft.',
    advice:
      'Mit einem Schlüssel signieren, der kein Plugin zur Prüfung braucht.',
  },
  signatureExpired: {
    meaning:
      'Der Unterzeichner hat der Signatur ein Ende gegeben, und es ist vorbei.',
    advice: 'Neu signieren.',
  },
  certificateNotValidNow: {
    meaning:
      'Das Zertifikat liegt außerhalb seiner Gültigkeit, und nichts Vertrauenswürdiges sagt, dass es darin signiert hat.',
    advice:
      'Neu signieren, mit einem Zeitstempeldienst, dessen Wurzel die Vertrauensrichtlinie nennt.',
  },
  trustStoreInvalid: {
    meaning: 'Ein Vertrauensspeicher hält etwas anderes als Wurzelzertifikate.',
    advice:
      'Zertifikate in PEM angeben, jedes eine Zertifizierungsstelle oder von sich selbst signiert.',
  },
};
