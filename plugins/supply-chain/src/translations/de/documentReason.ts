/** Documents of policy, trust and waivers. */
export const documentReason = {
  documentMalformed: {
    meaning: 'Das Dokument ist kein gültiges YAML 1.2.',
    advice: 'Das Dokument an der genannten Zeile berichtigen.',
  },
  documentTooLarge: {
    meaning: 'Das Dokument ist größer als 1 MiB.',
    advice: 'Es aufteilen.',
  },
  documentKeyDuplicate: {
    meaning: 'Ein Schlüssel steht zweimal in derselben Zuordnung.',
    advice: 'Einen davon entfernen.',
  },
  documentKeyUnknown: {
    meaning: 'Ein Schlüssel ist nicht bekannt.',
    advice: 'Die Schreibweise berichtigen.',
  },
  documentValueInvalid: {
    meaning: 'Ein Wert hat nicht die erwartete Form.',
    advice: 'Den Wert am genannten Pfad berichtigen.',
  },
  documentAliasNotAllowed: {
    meaning: 'Das Dokument nutzt einen Alias oder Anker.',
    advice: 'Den Wert ausschreiben.',
  },
  documentNameDuplicate: {
    meaning: 'Zwei Dokumente haben dieselbe Art und denselben Namen.',
    advice: 'Eines davon umbenennen.',
  },
  documentKindUnknown: {
    meaning: 'Die Art oder apiVersion ist nicht bekannt.',
    advice: '`supply-chain/v1` mit SupplyChainPolicy oder TrustRoot verwenden.',
  },
  documentFileMissing: {
    meaning: 'Eine im Dokument genannte Datei ist nicht lesbar.',
    advice: 'Den Pfad berichtigen.',
  },
  documentPathOutside: {
    meaning: 'Ein Pfad führt aus dem Ordner des Dokuments hinaus.',
    advice: 'Die Datei neben das Dokument legen.',
  },
  documentFileFromUrl: {
    meaning: 'Ein Dokument von einer URL nennt eine lokale Datei.',
    advice: 'Den Inhalt in das Dokument schreiben.',
  },
  documentUnreachable: {
    meaning: 'Das Dokument ist nicht abrufbar.',
    advice: 'Die Adresse prüfen; die letzte gute Fassung bleibt in Kraft.',
  },
  trustRootMissing: {
    meaning: 'Eine Richtlinie nennt einen Vertrauensanker, den es nicht gibt.',
    advice: 'Den Namen berichtigen oder das Dokument hinzufügen.',
  },
  identityTooWide: {
    meaning: 'Eine Identität läuft auf „irgendwer“ hinaus.',
    advice:
      'Aussteller und Subjekt mit wörtlichem Host und erstem Pfadabschnitt nennen.',
  },
  keyUnreadable: {
    meaning: 'Ein öffentlicher Schlüssel ist nicht lesbar oder zu schwach.',
    advice:
      'Einen öffentlichen PEM-Schlüssel angeben: ECDSA P-256/384/521, RSA ab 2048 Bit oder Ed25519.',
  },
  trustedRootUnreadable: {
    meaning:
      'Eine Sigstore-Vertrauensbasis ist nicht lesbar oder unvollständig.',
    advice:
      'Eine Sigstore-Vertrauensbasis angeben, in der jede Stelle einen Beginn der Gültigkeit hat.',
  },
  tufUnreachable: {
    meaning: 'Ein TUF-Spiegel ist nicht lesbar.',
    advice:
      'Die Adresse prüfen und was dort antwortet; der zuletzt geholte Trusted Root bleibt in Kraft.',
  },
  tufAddressRefused: {
    meaning: 'Die Adresse eines TUF-Spiegels darf nicht gefragt werden.',
    advice:
      'https und eine öffentliche Adresse verwenden oder den Host in `supplyChain.registries` mit `insecure` oder `allowPrivateAddress` eintragen.',
  },
  tufExpired: {
    meaning: 'Die Metadaten eines TUF-Spiegels sind abgelaufen.',
    advice:
      'Den Betreiber des Spiegels bitten, sie zu erneuern; der zuletzt geholte Trusted Root bleibt in Kraft.',
  },
  tufRefused: {
    meaning:
      'Die Metadaten eines TUF-Spiegels folgen nicht aus dem anfänglichen Root, gehen zurück oder sind beschädigt.',
    advice:
      'Den anfänglichen Root mit dem vergleichen, den sein Eigentümer veröffentlicht; der zuletzt geholte Trusted Root bleibt in Kraft.',
  },
  tufTargetMissing: {
    meaning: 'Ein TUF-Spiegel hat kein Ziel `trusted_root.json`.',
    advice: 'Die Adresse eines TUF-Repositorys von Sigstore angeben.',
  },
  patternInvalid: {
    meaning: 'Ein Muster ist nicht gültig.',
    advice: 'Das Muster berichtigen.',
  },
  ruleUnknown: {
    meaning: 'Die Kennung einer Regel ist nicht bekannt.',
    advice: 'Die Kennung berichtigen.',
  },
  expressionInvalid: {
    meaning:
      'Der Ausdruck einer Regel ist nicht gültig oder nennt etwas, das es nicht gibt.',
    advice:
      'Ihn an der genannten Stelle berichtigen; docs/policy-facts.md nennt alle Fakten.',
  },
  expressionTooLarge: {
    meaning:
      'Der Ausdruck einer Regel ist zu lang, zu tief oder hat zu viele Schleifen ineinander.',
    advice: 'Die Regel aufteilen.',
  },
  waiverWithoutExpiry: {
    meaning: 'Eine Ausnahme hat kein Ende.',
    advice: '`expires` angeben.',
  },
  waiverWithoutReasons: {
    meaning: 'Eine Ausnahme sagt nicht, welche Gründe sie abdeckt.',
    advice: '`reasons` angeben: die Codes, die der Befund zeigt.',
  },
  waiverWithoutScope: {
    meaning: 'Eine Ausnahme sagt nicht, wofür sie gilt.',
    advice:
      'Unter `scope` ein Repository, ein Subjekt oder einen Dienst angeben.',
  },
  waiverSelfApproved: {
    meaning:
      'Eine Ausnahme ist von der Person genehmigt, die sie beantragt hat.',
    advice: 'Von jemand anderem genehmigen lassen.',
  },
  waiverTooLong: {
    meaning:
      'Eine Ausnahme dauert länger, als die Richtlinie erlaubt, oder sagt nicht, seit wann sie genehmigt ist.',
    advice: '`approvedAt` und ein früheres `expires` angeben.',
  },
  waiverRuleUnknown: {
    meaning:
      'Eine Ausnahme nennt eine Regel oder Richtlinie, die es nicht gibt.',
    advice: 'Den Namen berichtigen oder die Ausnahme entfernen.',
  },
  notSupportedYet: {
    meaning: 'Diese Version unterstützt das nicht.',
    advice: 'Es entfernen oder eine Version verwenden, die es unterstützt.',
  },
};
