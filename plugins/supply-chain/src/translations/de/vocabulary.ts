import { MessageTree } from '../en';

type Vocabulary = Pick<
  MessageTree,
  | 'outcome'
  | 'severity'
  | 'severityLetter'
  | 'signatureStatus'
  | 'scanStatus'
  | 'scheme'
  | 'place'
  | 'rule'
  | 'sourceKind'
  | 'sourceKinds'
  | 'exploitData'
  | 'sourceState'
  | 'who'
>;

/** Words that stand on every page. */
export const vocabulary: Vocabulary = {
  outcome: {
    service: {
      pass: 'Konform',
      warn: 'Warnung',
      fail: 'Nicht konform',
      unknown: 'Nicht feststellbar',
      waived: 'Ausgenommen',
      notApplicable: 'Nicht abgedeckt',
    },
    rule: {
      pass: 'Erfüllt',
      warn: 'Warnung',
      fail: 'Verletzt',
      unknown: 'Nicht feststellbar',
      waived: 'Ausgenommen',
      notApplicable: '–',
    },
  },
  severity: {
    critical: 'kritisch',
    high: 'hoch',
    medium: 'mittel',
    low: 'niedrig',
    negligible: 'unerheblich',
    unknown: 'nicht bewertet',
    info: 'Hinweis',
  },
  severityLetter: {
    critical: 'K',
    high: 'H',
    medium: 'M',
    low: 'N',
    negligible: 'U',
    unknown: '?',
  },
  signatureStatus: {
    verified: 'Geprüft',
    untrustedSigner: 'Fremder Unterzeichner',
    invalid: 'Ungültig',
    expired: 'Abgelaufen',
    unsigned: 'Nicht signiert',
    unavailable: 'Nicht feststellbar',
  },
  scanStatus: {
    present: 'Gescannt',
    absent: 'Nicht gescannt',
    stale: 'Scan zu alt',
    otherDigest: 'Nicht gescannt',
    unavailable: 'Nicht feststellbar',
  },
  scheme: {
    cosign: 'Cosign',
    contentTrust: 'Docker Content Trust',
    notation: 'Notation',
  },
  place: {
    referrers: 'OCI-Referrers',
    fallbackTag: 'Ersatz-Tag der Referrers',
    sigTag: '.sig-Tag',
    attTag: '.att-Tag',
    sbomTag: '.sbom-Tag',
    contentTrust: 'Docker Content Trust',
    indexEntry: 'Attestierungsmanifest im Index',
  },
  rule: {
    'image-signed': 'Image ist von vertrauenswürdiger Seite signiert',
    'not-content-trust-only':
      'Image ist nicht nur mit Docker Content Trust signiert',
    'provenance-verified': 'Image stammt von einer vertrauten Bauplattform',
    'built-from-own-repository': 'Image ist aus dem eigenen Repository gebaut',
    'registry-allowed': 'Image kommt aus einer erlaubten Registry',
    'digest-pinned': 'Image ist über den Digest festgelegt',
    'evidence-fresh': 'Registry wurde kürzlich gefragt',
    'scan-fresh': 'Image wurde kürzlich gescannt',
    'no-fixable-vulnerability': 'Keine überfällige Schwachstelle mit Korrektur',
    'no-known-exploited': 'Nichts, was bekanntermaßen ausgenutzt wird',
  },
  sourceKind: {
    cluster: 'Cluster',
    registry: 'Registry',
    scanner: 'Scanner',
    enforcer: 'Weiterer Prüfer',
    checks: 'Konfigurationsprüfung',
    contents: 'Inhalt von Images',
    policyFile: 'Richtliniendatei',
    trustRoot: 'Vertrauensanker',
    exploitData: 'Daten zur Ausnutzung',
    catalog: 'Katalog',
  },
  sourceKinds: {
    cluster: 'Cluster',
    registry: 'Registries',
    scanner: 'Scanner',
    enforcer: 'Weitere Prüfer',
    checks: 'Prüfungen von Konfiguration und Geheimnissen',
    contents: 'Inhalte von Images',
    policyFile: 'Richtliniendateien',
    trustRoot: 'Vertrauensanker',
    exploitData: 'Daten zur Ausnutzung',
    catalog: 'Katalog',
  },
  exploitData: {
    knownExploited: 'CISA KEV',
    exploitScores: 'EPSS',
  },
  sourceState: {
    starting: 'Startet',
    ok: 'In Ordnung',
    degraded: 'Eingeschränkt',
    down: 'Ausgefallen',
    notInstalled: 'Nicht installiert',
  },
  who: {
    serviceOwner: 'Verantwortliche des Dienstes',
    platformTeam: 'Plattformteam',
    vendor: 'Hersteller',
  },
};
