import { MessageTree } from '../en';

/** Der Satz oben auf der Seite. */
export const headline: MessageTree['headline'] = {
  pass_one: 'Das eine Image erfüllt jede zutreffende Regel.',
  pass_other: 'Alle {{count}} Images erfüllen jede zutreffende Regel.',
  notApplicable: 'Keine Richtlinie gilt für das, was hier läuft.',
  pending: 'Die erste Prüfung läuft.',
  noImages: 'Noch wurde kein Image gezählt.',
  alsoUnknown_one: 'Bei {{count}} ist es nicht feststellbar.',
  alsoUnknown_other: 'Bei {{count}} ist es nicht feststellbar.',
  share: '{{count}} von {{total}} Images',
  onlyOne: 'Das Image',
  general_one: '{{images}}: {{label}}.',
  general_other: '{{images}}: {{label}}.',
  plain_one: '{{images}} besteht nicht.',
  plain_other: '{{images}} bestehen nicht.',
  reason: {
    noSignature_one: '{{images}} ist nicht signiert.',
    noSignature_other: '{{images}} sind nicht signiert.',
    attestedOnly_one: '{{images}} hat Attestierungen, aber keine Signatur.',
    attestedOnly_other: '{{images}} haben Attestierungen, aber keine Signatur.',
    noMatchingKey_one:
      '{{images}} ist mit einem Schlüssel signiert, dem hier niemand vertraut.',
    noMatchingKey_other:
      '{{images}} sind mit einem Schlüssel signiert, dem hier niemand vertraut.',
    identityMismatch_one:
      '{{images}} ist von einer nicht aufgeführten Identität signiert.',
    identityMismatch_other:
      '{{images}} sind von einer nicht aufgeführten Identität signiert.',
    payloadDigestMismatch_one:
      '{{images}} trägt eine Signatur, die für ein anderes Image gemacht wurde.',
    payloadDigestMismatch_other:
      '{{images}} tragen eine Signatur, die für ein anderes Image gemacht wurde.',
    tagSignsOtherDigest_one:
      '{{images}} läuft mit einem anderen Digest, als sein Tag signiert.',
    tagSignsOtherDigest_other:
      '{{images}} laufen mit einem anderen Digest, als ihr Tag signiert.',
    contentTrustOnly_one:
      '{{images}} ist nur mit Docker Content Trust signiert.',
    contentTrustOnly_other:
      '{{images}} sind nur mit Docker Content Trust signiert.',
    noProvenance_one: '{{images}} hat keinen Herkunftsnachweis.',
    noProvenance_other: '{{images}} haben keinen Herkunftsnachweis.',
    provenanceUnsigned_one:
      '{{images}} hat einen Herkunftsnachweis, den niemand signiert hat.',
    provenanceUnsigned_other:
      '{{images}} haben einen Herkunftsnachweis, den niemand signiert hat.',
    builtFromOtherRepository_one:
      '{{images}} wurde aus einem anderen Repository gebaut als erwartet.',
    builtFromOtherRepository_other:
      '{{images}} wurden aus einem anderen Repository gebaut als erwartet.',
    levelTooLow_one: '{{images}} wurde auf zu niedriger Stufe gebaut.',
    levelTooLow_other: '{{images}} wurden auf zu niedriger Stufe gebaut.',
    triggerNotAllowed_one:
      '{{images}} wurde von etwas gebaut, das nicht veröffentlichen darf.',
    triggerNotAllowed_other:
      '{{images}} wurden von etwas gebaut, das nicht veröffentlichen darf.',
    noExpectedSource_one:
      '{{images}} ist nicht vergleichbar: Kein Repository wird erwartet.',
    noExpectedSource_other:
      '{{images}} sind nicht vergleichbar: Kein Repository wird erwartet.',
    registryRefused_one:
      '{{images}} ist nicht beurteilbar: Die Registry hat abgelehnt.',
    registryRefused_other:
      '{{images}} sind nicht beurteilbar: Die Registry hat abgelehnt.',
    registryUnavailable_one:
      '{{images}} ist nicht beurteilbar: Die Registry hat nicht geantwortet.',
    registryUnavailable_other:
      '{{images}} sind nicht beurteilbar: Die Registry hat nicht geantwortet.',
    noTrustRootConfigured_one:
      '{{images}} ist nicht beurteilbar: Kein Vertrauensanker ist eingerichtet.',
    noTrustRootConfigured_other:
      '{{images}} sind nicht beurteilbar: Kein Vertrauensanker ist eingerichtet.',
    notScanned_one: '{{images}} wurde nie gescannt.',
    notScanned_other: '{{images}} wurden nie gescannt.',
    scanStale_one: '{{images}} hat einen zu alten Scan.',
    scanStale_other: '{{images}} haben einen zu alten Scan.',
    fixableVulnerability_one:
      '{{images}} hat eine überfällige Schwachstelle, für die es eine Korrektur gibt.',
    fixableVulnerability_other:
      '{{images}} haben eine überfällige Schwachstelle, für die es eine Korrektur gibt.',
    fixableVulnerabilityInLeeway_one:
      '{{images}} hat eine Schwachstelle mit Korrektur, noch innerhalb der Frist.',
    fixableVulnerabilityInLeeway_other:
      '{{images}} haben eine Schwachstelle mit Korrektur, noch innerhalb der Frist.',
    repositoryNotAllowed_one:
      '{{images}} kommt aus einer nicht erlaubten Registry.',
    repositoryNotAllowed_other:
      '{{images}} kommen aus einer nicht erlaubten Registry.',
    unpinnedReference_one:
      '{{images}} ist über einen Tag statt über den Digest ausgerollt.',
    unpinnedReference_other:
      '{{images}} sind über einen Tag statt über den Digest ausgerollt.',
    movingTag_one: '{{images}} läuft unter einem wandernden Tag.',
    movingTag_other: '{{images}} laufen unter einem wandernden Tag.',
    digestUnknown_one: '{{images}} läuft ohne bekannten Digest.',
    digestUnknown_other: '{{images}} laufen ohne bekannten Digest.',
    noPolicy_one:
      '{{images}} ist nicht beurteilbar: Keine Richtlinie ist geladen.',
    noPolicy_other:
      '{{images}} sind nicht beurteilbar: Keine Richtlinie ist geladen.',
  },
};
