import { MessageTree } from '../en';
import { admissionReason } from './admissionReason';
import { contentTrustReason } from './contentTrustReason';
import { documentReason } from './documentReason';
import { enforcerReason } from './enforcerReason';
import { notationReason } from './notationReason';
import { provenanceReason } from './provenanceReason';
import { reasonLabel } from './reasonLabel';
import { registryReason } from './registryReason';
import { signatureReason } from './signatureReason';
import { waiverReason } from './waiverReason';

type Reasons = MessageTree['reason'];
type Sentences = {
  [Code in keyof Reasons]: Omit<Reasons[Code], 'label'>;
};
type RemainingReasons = Omit<
  Sentences,
  | keyof typeof admissionReason
  | keyof typeof contentTrustReason
  | keyof typeof documentReason
  | keyof typeof enforcerReason
  | keyof typeof notationReason
  | keyof typeof provenanceReason
  | keyof typeof registryReason
  | keyof typeof signatureReason
  | keyof typeof waiverReason
>;

/** Scans, inventory, policy and sources. */
const remaining: RemainingReasons = {
  notScanned: {
    meaning: 'Es gibt keinen Scan dieses Digests.',
    advice:
      'Trivy Operator im Cluster installieren oder nachsehen, warum er den Workload übergeht.',
  },
  scanStale: {
    meaning: 'Der letzte Scan ist älter, als die Richtlinie erlaubt.',
    advice: 'Nachsehen, warum der Scanner nicht erneut scannt.',
  },
  scannedByOthers: {
    meaning:
      'Ein Scanner, der die Schwachstelle im einen Image gefunden hat, hat das andere nicht ganz angesehen.',
    advice: 'Beide Images von denselben Scannern scannen lassen.',
  },
  fixUnknown: {
    meaning:
      'Der Scanner sagt nicht, ob es für eine ausreichend schwere Schwachstelle eine Korrektur gibt.',
    advice:
      'Die Schwachstelle nachschlagen; ein Bericht im eigenen Format des Scanners sagt mehr als einer in einem gemeinsamen.',
  },
  knownExploited: {
    meaning:
      'Es gibt eine Schwachstelle, die laut dem Katalog der CISA bekanntermaßen ausgenutzt wird.',
    advice:
      'Das genannte Paket heute aktualisieren und ausrollen; ohne Korrektur den Dienst vom Netz nehmen oder das Paket ersetzen.',
  },
  knownExploitedBeforeDueDate: {
    meaning:
      'Es gibt eine Schwachstelle, die bekanntermaßen ausgenutzt wird; ihre Frist ist noch nicht abgelaufen.',
    advice:
      'Das genannte Paket vor Ablauf der Frist aktualisieren und ausrollen.',
  },
  exploitDataMissing: {
    meaning:
      'Es ist kein Katalog bekannt ausgenutzter Schwachstellen geladen; daher sagt nichts, ob eine der gefundenen ausgenutzt wird.',
    advice:
      'Den Katalog der CISA oder eine Kopie angeben: `supplyChain.vulnerabilities.kev` im Portal, `--kev` auf der Kommandozeile.',
  },
  exploitDataOutdated: {
    meaning:
      'Der Katalog bekannt ausgenutzter Schwachstellen ist älter, als die Richtlinie erlaubt.',
    advice:
      'Auf der Seite der Quellen nachsehen, warum kein neuerer geladen ist, oder eine neuere Kopie bringen.',
  },
  exploitDataUnreachable: {
    meaning:
      'Die Datei oder Adresse mit Daten zur Ausnutzung kann nicht gelesen werden.',
    advice:
      'Pfad oder Adresse prüfen; die letzten guten Daten gelten weiter, mit ihrem Alter.',
  },
  exploitDataMalformed: {
    meaning:
      'Die Daten zur Ausnutzung haben nicht das Format, in dem sie veröffentlicht werden.',
    advice:
      'Prüfen, was dort steht; die letzten guten Daten gelten weiter, mit ihrem Alter.',
  },
  exploitDataIncomplete: {
    meaning:
      'Die Daten zur Ausnutzung sind nicht vollständig oder älter als die zuvor gelesenen.',
    advice:
      'Neu abrufen; die letzten guten Daten gelten weiter, weil Fehlendes als „nicht ausgenutzt“ gelesen würde.',
  },
  severityUnknown: {
    meaning:
      'Kein Scanner sagt, wie schwer eine Schwachstelle mit Korrektur ist; deshalb kann niemand sagen, ob sie zählt.',
    advice:
      'Den Scanner Bewertungen nachschlagen lassen, wie es die CVSS-Anreicherung von Clair tut, oder in der Regel sagen, als was ein solcher Schweregrad zählt: `unknownAs`.',
  },
  scanOtherDigest: {
    meaning: 'Der Scan zu diesem Container betrifft einen anderen Digest.',
    advice: 'Den nächsten Scan abwarten; der Tag ist seither gewandert.',
  },
  scanPlatformUnknown: {
    meaning:
      'Der Scan nennt einen Index, daher ist die gescannte Plattform nicht bekannt.',
    advice:
      'Über den Digest der Plattform ausrollen oder den Scan als Hinweis nehmen.',
  },
  platformNotScanned: {
    meaning:
      'Das Image läuft auf mehreren Plattformen, und eine davon ist nicht gescannt.',
    advice: 'Das Image für jede Plattform scannen lassen, auf der es läuft.',
  },
  scanReferenceOnly: {
    meaning: 'Der Scan nennt keinen Digest; er passt nur über die Referenz.',
    advice:
      'Trivy Operator aktualisieren, damit die Berichte einen Digest tragen.',
  },
  scannerUnavailable: {
    meaning: 'Der Scanner oder sein Cluster ist nicht lesbar.',
    advice: 'Auf der Seite der Quellen nachsehen, was gescheitert ist.',
  },
  malformedReport: {
    meaning: 'Der Bericht ist nicht lesbar.',
    advice: 'Die Version des Scanners prüfen.',
  },
  reportTooLarge: {
    meaning: 'Der Bericht ist größer, als gelesen wird.',
    advice: 'Je Bericht ein Image scannen, ohne die Liste der Pakete.',
  },
  reportFormatUnknown: {
    meaning: 'Format oder Version des Berichts sind nicht bekannt.',
    advice:
      'Die Ausgabe von `trivy image --format json` oder `grype --output json` angeben, oder CycloneDX mit Schwachstellen.',
  },
  vexStatementMalformed: {
    meaning:
      'Eine VEX-Aussage hat nicht die Form von OpenVEX und wird auf nichts angewandt.',
    advice:
      'Schwachstelle, Status und Zeitpunkt nennen, wie OpenVEX sie schreibt; `vexctl` tut das.',
  },
  vexNotJustified: {
    meaning:
      'Eine VEX-Aussage sagt `not_affected` und nicht, warum; sie wird auf nichts angewandt.',
    advice:
      'Eine Begründung von OpenVEX oder eine Aussage zur Auswirkung angeben.',
  },
  vexOtherImage: {
    meaning: 'Keine Aussage des VEX-Dokuments handelt von dem Image.',
    advice:
      'Den Digest des Images in der Paket-URL eines Produkts nennen: `pkg:oci/name@sha256:…`.',
  },
  vexNotTrusted: {
    meaning:
      'Eine VEX-Aussage sagt, dass die Schwachstelle keine Rolle spielt, und die Richtlinie nimmt das von dem, der dahintersteht, nicht an.',
    advice:
      'Sie signieren und dem Image unter einem Vertrauensanker der Richtlinie beilegen, oder die Regel mit `vexMinTrust` weniger verlangen lassen.',
  },
  vexSuperseded: {
    meaning: 'Eine neuere VEX-Aussage ist an die Stelle dieser getreten.',
    advice: 'Die neuere lesen; ist sie richtig, ist nichts zu tun.',
  },
  vexContradicted: {
    meaning:
      'Eine andere VEX-Aussage sagt, dass das Image betroffen ist oder dass man es noch nicht weiß; die schlechtere zählt.',
    advice: 'Klären, welche richtig ist, und sie erneut abgeben.',
  },
  vexNotYet: {
    meaning:
      'Eine VEX-Aussage ist auf später als jetzt datiert und zählt bis dahin nicht.',
    advice: 'Die Uhr dessen prüfen, der sie gemacht hat.',
  },
  sbomMissing: {
    meaning: 'Niemand hat gemeldet, was in diesem Image steckt.',
    advice:
      'In Trivy Operator `operator.sbomGenerationEnabled` einschalten und das Portal `sbomreports` lesen lassen.',
  },
  sbomOtherDigest: {
    meaning: 'Die SBOM für diesen Container beschreibt einen anderen Digest.',
    advice:
      'Auf die nächste warten; Trivy Operator verwendet die SBOM eines Tags womöglich weiter, nachdem der Tag gewandert ist.',
  },
  sbomPlatformUnknown: {
    meaning:
      'Die SBOM nennt einen Index; welche Plattform sie beschreibt, ist nicht bekannt.',
    advice:
      'Mit dem Digest der Plattform ausrollen oder als Hinweis verstehen.',
  },
  sbomWithoutDigest: {
    meaning: 'Die SBOM nennt keinen Digest, und ein Tag bestimmt kein Image.',
    advice: 'Trivy Operator aktualisieren, damit Berichte einen Digest tragen.',
  },
  sbomTooLarge: {
    meaning: 'Die SBOM führt mehr Komponenten auf, als gelesen werden.',
    advice: 'Jedes Image durch eine eigene SBOM beschreiben.',
  },
  sbomFormatUnknown: {
    meaning:
      'Die SBOM hat ein Format oder eine Version, die nicht bekannt ist.',
    advice:
      'Die Version von Trivy Operator prüfen; gelesen wird CycloneDX 1.4 bis 1.7.',
  },
  scanWithoutPackages: {
    meaning:
      'Der Scan nennt keine Pakete oder Schwachstellen; nichts zeigt, dass danach gesucht wurde.',
    advice:
      'Mit `--scanners vuln` scannen und statt CycloneDX das JSON des Scanners angeben; ein Image ohne Pakete braucht eine Ausnahme.',
  },
  fixableVulnerability: {
    meaning:
      'Es gibt eine Schwachstelle mit Korrektur, deren Frist abgelaufen ist.',
    advice: 'Die genannten Pakete aktualisieren, neu bauen und ausrollen.',
  },
  fixableVulnerabilityInLeeway: {
    meaning:
      'Es gibt eine Schwachstelle mit Korrektur, noch innerhalb ihrer Frist.',
    advice: 'Die genannten Pakete vor Ablauf der Frist aktualisieren.',
  },

  referenceUnreadable: {
    meaning: 'Die Image-Referenz ist nicht gültig.',
    advice: 'Die Referenz im Workload oder in der Annotation berichtigen.',
  },
  tooManyAnnotatedImages: {
    meaning:
      'Die Annotation nennt mehr Images, als gelesen werden; dieses und die folgenden entfallen.',
    advice: 'Weniger Images nennen.',
  },
  digestUnknown: {
    meaning:
      'Der Cluster meldet für den Container keinen Digest einer Registry.',
    advice:
      'Das Image aus einer Registry beziehen; auf dem Knoten geladene Images haben keinen.',
  },
  neverStarted: {
    meaning: 'Der Container ist nie gestartet.',
    advice: 'Den Pod ansehen; er wird gezeigt und nicht gezählt.',
  },

  noTrustRootConfigured: {
    meaning:
      'Kein Vertrauensanker trifft zu, daher ist keine Signatur beurteilbar.',
    advice: 'Ein TrustRoot-Dokument hinzufügen und in der Richtlinie nennen.',
  },
  trustRootUnusable: {
    meaning: 'Der Vertrauensanker ist nicht verwendbar.',
    advice:
      'Den Vertrauensanker berichtigen; sein Fehler steht auf der Seite der Quellen.',
  },
  noPolicy: {
    meaning: 'Keine Richtlinie wurde geladen.',
    advice: 'Unter `supplyChain.policies` eine Richtliniendatei nennen.',
  },
  noPolicyMatches: {
    meaning: 'Keine Richtlinie gilt für dieses Image.',
    advice:
      'Den Geltungsbereich einer Richtlinie erweitern, falls es abgedeckt sein soll.',
  },
  ruleError: {
    meaning: 'Die Regel ließ sich nicht auswerten.',
    advice: 'Die Regel berichtigen; die Meldung sagt, was falsch ist.',
  },
  ruleTimeout: {
    meaning: 'Die Regel hat zu lange gebraucht.',
    advice: 'Die Regel vereinfachen.',
  },
  expressionFalse: {
    meaning: 'Der Ausdruck der Regel trifft nicht zu.',
    advice: 'Tun, was die Meldung der Regel sagt.',
  },
  factsTruncated: {
    meaning:
      'Die Regel liest eine Liste, die länger ist, als Regeln sehen dürfen; sie kann nichts sagen.',
    advice:
      'Die Regel mit den Zahlen von `scan` schreiben, die vollständig sind.',
  },
  contextNotKnown: {
    meaning:
      'Die Regel liest, wo das Image läuft oder wem es gehört, und das ist hier nicht bekannt.',
    advice: 'Die Entität nennen oder die Antwort dem Portal überlassen.',
  },
  viaIndexNotAllowed: {
    meaning:
      'Die Signatur gilt nur für den Index, die Regel verlangt das Manifest selbst.',
    advice: 'Rekursiv signieren oder Signaturen am Index erlauben.',
  },

  collectorError: {
    meaning: 'Der Sammler ist unerwartet gescheitert.',
    advice: 'Das Protokoll des Backends ansehen; bitte melden.',
  },
  clusterUnreachable: {
    meaning: 'Der Cluster ist nicht erreichbar.',
    advice:
      'Die Verbindung prüfen; der letzte bekannte Stand wird mit seinem Alter gezeigt.',
  },
  clusterRefused: {
    meaning: 'Der Cluster hat die Zugangsdaten abgelehnt (401).',
    advice:
      'Das Token des Dienstkontos erneuern, im Kubernetes-Plugin oder unter supplyChain.clusters.',
  },
  clusterForbidden: {
    meaning: 'Das Portal darf eine Ressource nicht auflisten (403).',
    advice: 'deploy/rbac.yaml anwenden.',
  },
  clusterNeedsUser: {
    meaning: 'Nur ein angemeldeter Mensch kann den Cluster erreichen.',
    advice: 'Den Cluster mit einem Dienstkonto einrichten.',
  },
  clusterCredentialUnreadable: {
    meaning: 'Die Datei mit dem Token oder einem Zertifikat ist nicht lesbar.',
    advice: 'Pfad und Rechte prüfen; die Datei wird bei jedem Versuch gelesen.',
  },
  clusterTlsUnverified: {
    meaning:
      'Das Zertifikat des Clusters wird nicht geprüft: Wer dazwischen steht, kann an seiner Stelle antworten und das Token lesen.',
    advice: 'caFile oder caData anstelle von skipTLSVerify setzen.',
  },
  clusterNamedTwice: {
    meaning:
      'Zwei Cluster heißen so, einer im Kubernetes-Plugin und einer unter supplyChain.clusters; keiner wird gelesen.',
    advice: 'Einen von beiden umbenennen oder entfernen.',
  },
  resourceMissing: {
    meaning: 'Der Cluster kennt die Ressource nicht (404).',
    advice: 'Den Operator installieren, der sie definiert.',
  },
  malformedAnswer: {
    meaning: 'Die Quelle hat mit etwas geantwortet, das nicht lesbar ist.',
    advice: 'Prüfen, was unter dieser Adresse antwortet.',
  },
  answerTooLarge: {
    meaning: 'Die Quelle hat mit mehr geantwortet, als gelesen wird.',
    advice: 'Einschränken, was sie liefert.',
  },
  sourceTimeout: {
    meaning: 'Die Quelle hat nicht rechtzeitig geantwortet.',
    advice: 'Die Verbindung prüfen; der nächste Versuch ist geplant.',
  },
  trustMaterialExpires: {
    meaning:
      'Etwas, worauf ein Vertrauensanker beruht, endet in den nächsten 30 Tagen oder ist abgelaufen.',
    advice:
      'Den Nachfolger in den Vertrauensanker aufnehmen und vor dem Ende damit signieren.',
  },
  clockSuspect: {
    meaning: 'Die Uhr ist um mehr als fünf Minuten zurückgesprungen.',
    advice: 'Die Zeit des Rechners prüfen.',
  },
};

const sentences: Sentences = {
  ...remaining,
  ...admissionReason,
  ...contentTrustReason,
  ...documentReason,
  ...enforcerReason,
  ...notationReason,
  ...provenanceReason,
  ...registryReason,
  ...signatureReason,
  ...waiverReason,
};

/** Every reason code in short, what it means and what to do about it. */
export const reason = Object.fromEntries(
  Object.entries(sentences).map(([code, texts]) => [
    code,
    { label: reasonLabel[code as keyof Reasons], ...texts },
  ]),
) as Reasons;
