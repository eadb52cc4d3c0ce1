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
  general_one: '{{count}} von {{total}} Images: {{meaning}}',
  general_other: '{{count}} von {{total}} Images: {{meaning}}',
  plain_one: '{{count}} von {{total}} Images besteht nicht.',
  plain_other: '{{count}} von {{total}} Images bestehen nicht.',
  reason: {
    noSignature_one: '{{count}} von {{total}} Images ist nicht signiert.',
    noSignature_other: '{{count}} von {{total}} Images sind nicht signiert.',
    attestedOnly_one:
      '{{count}} von {{total}} Images hat Attestierungen, aber keine Signatur.',
    attestedOnly_other:
      '{{count}} von {{total}} Images haben Attestierungen, aber keine Signatur.',
    noMatchingKey_one:
      '{{count}} von {{total}} Images ist mit einem Schlüssel signiert, dem hier niemand vertraut.',
    noMatchingKey_other:
      '{{count}} von {{total}} Images sind mit einem Schlüssel signiert, dem hier niemand vertraut.',
    identityMismatch_one:
      '{{count}} von {{total}} Images ist von einer nicht aufgeführten Identität signiert.',
    identityMismatch_other:
      '{{count}} von {{total}} Images sind von einer nicht aufgeführten Identität signiert.',
    payloadDigestMismatch_one:
      '{{count}} von {{total}} Images trägt eine Signatur, die für ein anderes Image gemacht wurde.',
    payloadDigestMismatch_other:
      '{{count}} von {{total}} Images tragen eine Signatur, die für ein anderes Image gemacht wurde.',
    registryRefused_one:
      '{{count}} von {{total}} Images ist nicht beurteilbar: Die Registry hat abgelehnt.',
    registryRefused_other:
      '{{count}} von {{total}} Images sind nicht beurteilbar: Die Registry hat abgelehnt.',
    registryUnavailable_one:
      '{{count}} von {{total}} Images ist nicht beurteilbar: Die Registry hat nicht geantwortet.',
    registryUnavailable_other:
      '{{count}} von {{total}} Images sind nicht beurteilbar: Die Registry hat nicht geantwortet.',
    noTrustRootConfigured_one:
      '{{count}} von {{total}} Images ist nicht beurteilbar: Kein Vertrauensanker ist eingerichtet.',
    noTrustRootConfigured_other:
      '{{count}} von {{total}} Images sind nicht beurteilbar: Kein Vertrauensanker ist eingerichtet.',
    notScanned_one: '{{count}} von {{total}} Images wurde nie gescannt.',
    notScanned_other: '{{count}} von {{total}} Images wurden nie gescannt.',
    scanStale_one: '{{count}} von {{total}} Images hat einen zu alten Scan.',
    scanStale_other:
      '{{count}} von {{total}} Images haben einen zu alten Scan.',
    fixableVulnerability_one:
      '{{count}} von {{total}} Images hat eine überfällige Schwachstelle, für die es eine Korrektur gibt.',
    fixableVulnerability_other:
      '{{count}} von {{total}} Images haben eine überfällige Schwachstelle, für die es eine Korrektur gibt.',
    fixableVulnerabilityInLeeway_one:
      '{{count}} von {{total}} Images hat eine Schwachstelle mit Korrektur, noch innerhalb der Frist.',
    fixableVulnerabilityInLeeway_other:
      '{{count}} von {{total}} Images haben eine Schwachstelle mit Korrektur, noch innerhalb der Frist.',
    repositoryNotAllowed_one:
      '{{count}} von {{total}} Images kommt aus einer nicht erlaubten Registry.',
    repositoryNotAllowed_other:
      '{{count}} von {{total}} Images kommen aus einer nicht erlaubten Registry.',
    unpinnedReference_one:
      '{{count}} von {{total}} Images ist über einen Tag statt über den Digest ausgerollt.',
    unpinnedReference_other:
      '{{count}} von {{total}} Images sind über einen Tag statt über den Digest ausgerollt.',
    movingTag_one:
      '{{count}} von {{total}} Images läuft unter einem wandernden Tag.',
    movingTag_other:
      '{{count}} von {{total}} Images laufen unter einem wandernden Tag.',
    digestUnknown_one:
      '{{count}} von {{total}} Images läuft ohne bekannten Digest.',
    digestUnknown_other:
      '{{count}} von {{total}} Images laufen ohne bekannten Digest.',
    noPolicy_one:
      '{{count}} von {{total}} Images ist nicht beurteilbar: Keine Richtlinie ist geladen.',
    noPolicy_other:
      '{{count}} von {{total}} Images sind nicht beurteilbar: Keine Richtlinie ist geladen.',
  },
};
