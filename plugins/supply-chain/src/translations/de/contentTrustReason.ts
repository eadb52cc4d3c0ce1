/** Docker Content Trust. */
export const contentTrustReason = {
  tagSignsOtherDigest: {
    meaning:
      'Die Vertrauensdaten signieren den Tag auf einen anderen Digest als den, der läuft.',
    advice:
      'Ausrollen, worauf der Tag signiert ist, oder den Tag neu signieren; falls ihn niemand verschoben hat, herausfinden, wer es war.',
  },
  trustDataRolledBack: {
    meaning: 'Die Vertrauensdaten sind älter als früher gesehene.',
    advice:
      'Den Notary-Server und alles zwischen ihm und dem Portal prüfen; ein alter Stand wird eingespielt oder wurde wiederhergestellt.',
  },
  trustDataMixed: {
    meaning:
      'Die Dateien der Vertrauensdaten gehören nicht zusammen: Eine hat nicht den Hash, den eine andere nennt.',
    advice:
      'Die Vertrauensdaten neu veröffentlichen; falls es bleibt, den Notary-Server prüfen.',
  },
  rootRotationInvalid: {
    meaning:
      'Die Wurzel der Vertrauensdaten folgt nicht aus der, der zuvor vertraut wurde.',
    advice:
      'Herausfinden, wer die Wurzel getauscht hat. Falls Sie es waren, den neuen Wurzelschlüssel im Vertrauensanker festlegen.',
  },
  rootCertificateUnsuitable: {
    meaning:
      'Kein Zertifikat der Wurzel nennt dieses Repository und ist stark genug.',
    advice:
      'Die Vertrauensdaten unter dem Namen des Repositorys anlegen, mit einem ECDSA-Schlüssel oder RSA ab 2048 Bit.',
  },
  trustDataKeyInvalid: {
    meaning:
      'Ein Schlüssel der Vertrauensdaten ist nicht verwendbar: Seine Kennung ist nicht seine eigene, oder er ist unbekannt, beschädigt oder zu schwach.',
    advice: 'Den Schlüssel wechseln: ECDSA, RSA ab 2048 Bit oder Ed25519.',
  },
  trustDataSignatureInvalid: {
    meaning:
      'Eine Datei der Vertrauensdaten ist nicht von so vielen Schlüsseln ihrer Rolle signiert, wie es sein müssen.',
    advice:
      'Die Vertrauensdaten neu veröffentlichen; falls Sie nichts geändert haben, herausfinden, wer es war.',
  },
  trustDataMalformed: {
    meaning: 'Eine Datei der Vertrauensdaten ist nicht lesbar.',
    advice:
      'Die Vertrauensdaten mit einem aktuellen Client neu veröffentlichen.',
  },
  trustDataExpired: {
    meaning:
      'Die Vertrauensdaten sind über ihr Datum hinaus: Niemand erneuert sie, oder ein alter Stand wird festgehalten.',
    advice:
      'Die Vertrauensdaten neu veröffentlichen; falls der Notary-Dienst abgeschaltet ist, stattdessen mit cosign oder notation signieren.',
  },
  rootNotPinned: {
    meaning:
      'Die Wurzel der Vertrauensdaten ist keine, die der Vertrauensanker festlegt.',
    advice:
      'Den Wurzelschlüssel mit seinem Eigentümer abgleichen, dann im Vertrauensanker festlegen.',
  },
  tagShadowed: {
    meaning:
      'Der Tag ist in `targets` auf diesen Digest signiert und in `targets/releases`, das vorgeht, auf einen anderen.',
    advice:
      'Den Digest in `targets/releases` signieren oder den Tag dort herausnehmen.',
  },
  delegationNotCounted: {
    meaning:
      'Der Digest ist nur in einer Delegation signiert, in die Docker nicht sieht.',
    advice: 'Den Tag in `targets/releases` oder `targets` signieren.',
  },
  noPin: {
    meaning:
      'Nichts sagt, welcher Wurzel zu vertrauen ist: Keine ist festgelegt, und Vertrauen bei erster Nutzung gibt es nur im Portal.',
    advice:
      'Den Wurzelschlüssel des Repositorys im Vertrauensanker festlegen oder der Befehlszeile den Stand des Portals geben.',
  },
  trustDataIncomplete: {
    meaning:
      'Der Server hält eine Wurzel und nicht die Dateien, die zu ihr gehören.',
    advice:
      'Den Notary-Server prüfen oder die Vertrauensdaten neu veröffentlichen.',
  },
  trustStateUnreadable: {
    meaning: 'Was von den Vertrauensdaten gemerkt wurde, ist nicht lesbar.',
    advice:
      'Herausfinden, was den gemerkten Stand geändert hat; ihn nur entfernen, wenn ein älterer Stand der Vertrauensdaten nicht schaden würde.',
  },
  firstUseOnly: {
    meaning:
      'Der Wurzel der Content-Trust-Daten wurde vertraut, weil sie zuerst gesehen wurde, nicht weil jemand sie genannt hat.',
    advice:
      'Den Wurzelschlüssel der Sammlung im Vertrauensanker festlegen oder in der Regel `allowFirstUse: true` schreiben.',
  },
  contentTrustOnly: {
    meaning:
      'Für das Image bürgt nichts außer Docker Content Trust, das eingestellt wird.',
    advice:
      'Den Digest auch mit cosign oder dem Notary Project signieren, dann Content Trust verlassen.',
  },
};
