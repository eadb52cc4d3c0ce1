/** Signatures: not trusted, not valid, expired, not there. */
export const signatureReason = {
  noMatchingKey: {
    meaning: 'Kein vertrauenswürdiger Schlüssel bestätigt die Signatur.',
    advice:
      'Mit einem Schlüssel des Vertrauensankers signieren oder den Schlüssel aufnehmen, falls er Ihrer ist.',
  },
  identityMismatch: {
    meaning:
      'Das Zertifikat nennt eine Identität, die der Vertrauensanker nicht aufführt.',
    advice:
      'Aus dem aufgeführten Workflow signieren oder die Identität im Vertrauensanker aufführen.',
  },
  untrustedCertificateAuthority: {
    meaning:
      'Das Zertifikat stammt von einer Stelle, die der Vertrauensanker nicht enthält.',
    advice:
      'Mit einem Zertifikat einer vertrauenswürdigen Stelle signieren oder die Stelle aufnehmen.',
  },
  keyNotInScheme: {
    meaning:
      'Der Vertrauensanker enthält Schlüssel und die Signatur ein Zertifikat, oder umgekehrt.',
    advice:
      'Einen Vertrauensanker der Art nennen, mit der das Image signiert ist.',
  },
  payloadDigestMismatch: {
    meaning: 'Die Signatur gilt für einen anderen Digest als den des Images.',
    advice: 'Den laufenden Digest signieren; die kopierte Signatur entfernen.',
  },
  signatureMismatch: {
    meaning: 'Das Zertifikat im Bündel bestätigt die Signatur nicht.',
    advice:
      'Neu signieren; falls Sie nichts geändert haben, herausfinden, wer es war.',
  },
  subjectMismatch: {
    meaning:
      'Das verweisende Manifest nennt ein anderes Subjekt als das Image.',
    advice: 'Die Signatur erneut an das Image hängen.',
  },
  malformedBundle: {
    meaning: 'Das Signaturbündel ist nicht lesbar.',
    advice: 'Mit einem aktuellen Client neu signieren.',
  },
  malformedPayload: {
    meaning: 'Der signierte Inhalt ist nicht lesbar.',
    advice: 'Mit einem aktuellen Client neu signieren.',
  },
  unsupportedBundleVersion: {
    meaning: 'Das Bündel hat einen Medientyp, den diese Version nicht kennt.',
    advice:
      'Mit dem Bündelformat 0.1, 0.2 oder 0.3 signieren oder dieses Plugin aktualisieren.',
  },
  unsupportedAlgorithm: {
    meaning:
      'Die Signatur nutzt ein Verfahren oder eine Schlüsselart, die nicht unterstützt wird.',
    advice: 'Mit ECDSA P-256, RSA ab 2048 Bit oder Ed25519 signieren.',
  },
  transparencyLogMissing: {
    meaning:
      'Der Vertrauensanker verlangt einen Eintrag im Transparenzprotokoll, und es gibt keinen.',
    advice:
      'Mit Eintrag in das Protokoll signieren oder die Anforderung im Vertrauensanker ändern.',
  },
  transparencyLogInvalid: {
    meaning:
      'Der Eintrag belegt keine Aufnahme in ein vertrauenswürdiges Transparenzprotokoll.',
    advice:
      'Prüfen, ob der Vertrauensanker das benutzte Protokoll enthält, dann neu signieren.',
  },
  transparencyLogMismatch: {
    meaning:
      'Der Eintrag im Transparenzprotokoll betrifft eine andere Signatur, einen anderen Schlüssel oder ein anderes Zertifikat.',
    advice: 'Neu signieren; der Eintrag wurde ausgetauscht.',
  },
  timestampMissing: {
    meaning:
      'Der Vertrauensanker verlangt einen signierten Zeitstempel, und es gibt keinen.',
    advice:
      'Mit einem Zeitstempeldienst signieren oder die Anforderung im Vertrauensanker ändern.',
  },
  timestampInvalid: {
    meaning:
      'Der signierte Zeitstempel gilt nicht für diese Signatur, oder sein Dienst ist nicht vertrauenswürdig.',
    advice:
      'Prüfen, ob der Vertrauensanker den Zeitstempeldienst enthält, dann neu signieren.',
  },
  certificateTimestampMissing: {
    meaning:
      'Dem Zertifikat fehlt der signierte Zertifikatszeitstempel, den der Vertrauensanker verlangt.',
    advice:
      'Eine Zertifizierungsstelle mit Zertifikatsprotokoll nutzen oder `signedCertificateTimestamps: none` schreiben.',
  },
  tooFewSigners: {
    meaning:
      'Weniger verschiedene vertrauenswürdige Unterzeichner, als die Richtlinie verlangt.',
    advice: 'Die fehlenden Unterzeichner das Image ebenfalls signieren lassen.',
  },
  certificateTimestampInvalid: {
    meaning:
      'Der signierte Zertifikatszeitstempel ist nicht gültig, oder sein Protokoll ist nicht vertrauenswürdig.',
    advice:
      'Prüfen, ob der Vertrauensanker das Zertifikatsprotokoll enthält, dann neu signieren.',
  },
  noTrustedTime: {
    meaning:
      'Nichts Vertrauenswürdiges sagt, wann das Zertifikat signiert hat.',
    advice:
      'Mit Eintrag in das Protokoll oder mit einem Zeitstempeldienst signieren.',
  },
  keyTooWeak: {
    meaning:
      'Der Signaturschlüssel ist schwächer als erlaubt (RSA unter 2048 Bit oder eine kleine Kurve).',
    advice: 'Mit einem stärkeren Schlüssel signieren.',
  },
  certificateUnsuitable: {
    meaning: 'Das Zertifikat ist nicht für das Signieren von Code bestimmt.',
    advice:
      'Ein Zertifikat mit den Verwendungen digitale Signatur und Codesignatur nutzen.',
  },
  certificateInvalid: {
    meaning: 'Das Zertifikat oder seine Kette ist nicht überprüfbar.',
    advice:
      'Mit einem Zertifikat einer vertrauenswürdigen Stelle neu signieren.',
  },
  certificateNotValidAtSigning: {
    meaning: 'Das Zertifikat war beim Signieren nicht gültig.',
    advice: 'Neu signieren.',
  },
  keyNotValidNow: {
    meaning:
      'Der Schlüssel liegt außerhalb des Zeitraums, den sein Vertrauensanker ihm gibt.',
    advice: 'Mit dem aktuellen Schlüssel signieren.',
  },
  noSignature: {
    meaning: 'Jede Stelle wurde gelesen und enthält keine Signatur.',
    advice: 'Das Image in der Pipeline signieren, die es veröffentlicht.',
  },
  attestedOnly: {
    meaning: 'Es gibt Attestierungen, aber keine Signatur.',
    advice:
      'Das Image signieren; eine Attestierung ist eine Aussage darüber, keine Signatur davon.',
  },
};
