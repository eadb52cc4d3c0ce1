/** Registries: what they answer, and where images come from. */
export const registryReason = {
  registryRefused: {
    meaning: 'Die Registry hat die Anfrage abgelehnt (401 oder 403).',
    advice: 'Dem Portal Leserechte auf das Repository geben.',
  },
  rateLimited: {
    meaning: 'Die Registry begrenzt die Anfragen (429).',
    advice: 'Abwarten oder dem Portal Zugangsdaten mit höherer Grenze geben.',
  },
  registryUnavailable: {
    meaning: 'Die Registry hat nicht oder mit einem Fehler geantwortet.',
    advice: 'Die Registry prüfen; der nächste Blick ist geplant.',
  },
  registryTimeout: {
    meaning: 'Die Registry hat nicht rechtzeitig geantwortet.',
    advice: 'Die Registry prüfen; der nächste Blick ist geplant.',
  },
  accessNotProven: {
    meaning:
      'Die Registry sagt „nicht gefunden“, und es ist nicht erwiesen, dass das Portal das Repository lesen darf.',
    advice: 'Dem Portal Leserechte auf das Repository geben.',
  },
  subjectNotFound: {
    meaning: 'Die Registry enthält das laufende Image nicht mehr.',
    advice:
      'Das Image wiederherstellen oder ein vorhandenes ausrollen; seine Signatur ist nicht nachschlagbar.',
  },
  wrongContentType: {
    meaning: 'Die Registry hat mit einem unerwarteten Inhaltstyp geantwortet.',
    advice: 'Prüfen, was unter dieser Adresse antwortet.',
  },
  malformedDocument: {
    meaning: 'Die Registry hat mit einem unlesbaren Dokument geantwortet.',
    advice: 'Prüfen, was unter dieser Adresse antwortet.',
  },
  digestMismatch: {
    meaning:
      'Die Registry hat mit Bytes geantwortet, die nicht den verlangten Digest haben.',
    advice: 'Die Registry und alles zwischen ihr und dem Portal prüfen.',
  },
  tooLarge: {
    meaning: 'Die Antwort ist größer als erlaubt.',
    advice: 'Das Artefakt prüfen oder die Grenze in der Konfiguration anheben.',
  },
  tooManyCandidates: {
    meaning: 'Es hängen mehr Signaturen an, als gelesen werden.',
    advice: 'Nicht benötigte Signaturen entfernen.',
  },
  registryNotAllowed: {
    meaning:
      'Die Registry steht nicht auf der Liste derer, mit denen das Portal sprechen darf.',
    advice:
      'Sie in `supplyChain.registryAllowList` aufnehmen oder aus einer aufgeführten Registry ausrollen.',
  },
  addressNotAllowed: {
    meaning: 'Die Registry verweist auf eine private oder reservierte Adresse.',
    advice:
      'Den Host mit `allowPrivateAddress` aufführen, falls er Ihnen gehört.',
  },
  redirectRefused: {
    meaning: 'Die Registry leitet dorthin um, wohin das Portal nicht folgt.',
    advice:
      'Die Registry prüfen; Umleitungen von https auf http und lange Ketten werden abgelehnt.',
  },
  tokenRealmRefused: {
    meaning:
      'Die Registry verweist an einen Tokendienst, dem das Portal seine Zugangsdaten nicht anvertraut.',
    advice:
      'Den Host des Tokendienstes unter `tokenHosts` der Registry aufführen, falls er Ihnen gehört.',
  },
  credentialsWithheld: {
    meaning:
      'Die Registry verlangt Zugangsdaten, und die für das Repository hinterlegten sind für andere Images.',
    advice:
      'Das Image dort betreiben, wo `onlyFor` der Registry es erlaubt, oder `onlyFor` erweitern.',
  },
  annotatedImageNotAllowed: {
    meaning:
      'Eine Annotation nennt ein Image aus einer Ihrer Registries, und der Service betreibt nichts aus dessen Repository.',
    advice:
      'Ein Image des Repositorys für diesen Service betreiben oder es unter `supplyChain.annotatedImages.allow` aufführen.',
  },
  notFound: {
    meaning: 'Die Registry enthält das Dokument nicht.',
    advice: 'Nichts, wenn es entbehrlich ist; sonst erneut veröffentlichen.',
  },
  lookCancelled: {
    meaning: 'Der Blick in die Registry wurde vor seinem Ende abgebrochen.',
    advice: 'Abwarten; der nächste Blick ist geplant.',
  },
  evidenceExpired: {
    meaning: 'Der letzte gelungene Blick ist zu alt, um noch zu gelten.',
    advice:
      'Herausfinden, warum spätere Blicke scheitern; siehe die Seite der Quellen.',
  },
  evidenceStale: {
    meaning:
      'Die Registry wurde länger nicht gefragt, als die Richtlinie erlaubt.',
    advice:
      'Auf der Quellenseite nachsehen, warum sie nicht mehr gefragt wird.',
  },
  notCollectedYet: {
    meaning: 'Noch hat nichts nachgesehen.',
    advice: 'Einen Moment warten oder „Neu prüfen“ drücken.',
  },
  repositoryNotAllowed: {
    meaning:
      'Das Image kommt nicht aus einer erlaubten Registry oder einem erlaubten Repository.',
    advice: 'Aus einer erlaubten Registry ausrollen.',
  },
  unpinnedReference: {
    meaning: 'Der Workload nennt einen Tag und keinen Digest.',
    advice: 'Über den Digest ausrollen.',
  },
  movingTag: {
    meaning: 'Der Workload nennt einen wandernden Tag wie latest.',
    advice: 'Eine Version über ihren Digest ausrollen.',
  },
};
