import { MessageTree } from '../en';

/** Die Seite der Richtlinien, und was Zulassung und Geltung auf anderen Seiten sagen. */
export const policies: MessageTree['policies'] = {
  title: 'Richtlinien',
  hint: 'Was von allem verlangt wird, was läuft, und was dabei herauskommt',
  caption:
    'Richtlinien mit dem, wofür sie gelten, wie sie durchgesetzt werden und was sie ergeben',
  none: 'Es ist keine Richtlinie geladen. Ohne eine kann niemand feststellen, ob etwas konform ist.',
  notCovered_one: 'Für {{count}} laufendes Image gilt keine Richtlinie.',
  notCovered_other: 'Für {{count}} laufende Images gilt keine Richtlinie.',
  column: {
    policy: 'Richtlinie',
    covers: 'Gilt für',
    mode: 'Bei der Zulassung',
    services: 'Dienste',
    images: 'Laufende Images',
  },
  mode: {
    audit: 'Prüfen',
    warn: 'Warnen',
    enforce: 'Durchsetzen',
  },
  modeMeaning: {
    audit: 'Alles wird zugelassen; was verstößt, wird nur vermerkt.',
    warn: 'Alles wird zugelassen; was verstößt, kommt mit einer Warnung.',
    enforce: 'Was verstößt, wird abgelehnt.',
  },
  onUnknown: {
    deny: 'Was nicht feststellbar ist, wird beim Durchsetzen abgelehnt.',
    warn: 'Was nicht feststellbar ist, wird beim Durchsetzen mit einer Warnung zugelassen.',
    allow: 'Was nicht feststellbar ist, wird beim Durchsetzen zugelassen.',
  },
  match: {
    everything: 'alles, was läuft',
    entities: 'alles, was zu einem Dienst gehört',
    values: '{{key}}: {{values}}',
    key: {
      entities: 'Dienst',
      'entities.kind': 'Art',
      'entities.type': 'Typ',
      'entities.namespace': 'Namespace des Dienstes',
      'entities.lifecycle': 'Lebenszyklus',
      'entities.system': 'System',
      'entities.owner': 'Zuständig',
      'entities.ref': 'Dienst',
      clusters: 'Cluster',
      namespaces: 'Namespace',
      images: 'Image',
    },
  },
  outcome: {
    nothing: 'noch nichts',
    outdated_one: '{{count}} Image ist nach dieser Fassung noch zu beurteilen',
    outdated_other:
      '{{count}} Images sind nach dieser Fassung noch zu beurteilen',
    show: 'Dienste zeigen: {{outcome}}',
  },
  problem: {
    inForce:
      'Die neueste Fassung von {{source}} lässt sich nicht laden; die vorige bleibt in Kraft.',
    never: 'Von {{source}} ist nichts in Kraft: Es lässt sich nicht laden.',
    line: 'Zeile {{line}}',
  },
  details: {
    covers: 'Gilt für',
    mode: 'Bei der Zulassung',
    enforcedAt: 'Wo durchgesetzt',
    notReported:
      'Kein Webhook der Zulassung hat gemeldet, dass er diese Fassung durchsetzt.',
    trust: 'Signiert unter',
    ownImages: 'Unsere Images',
    allOwn: 'jedes Image',
    platformImages: 'Images der Plattform',
    sourceRepositories: 'Gebaut aus',
    source: 'Dokument',
    loadedAt: 'unverändert seit',
    digest: 'Digest',
    any: 'einem von',
    all: 'allen von',
    atLeast: 'mindestens {{count}} von',
  },
  rules: {
    title: 'Regeln von {{name}}',
    caption: 'Regeln der Richtlinie {{name}}',
    rule: 'Regel',
    severity: 'Schwere',
    effective: 'In Kraft',
    services: 'Dienste',
    images: 'Laufende Images',
    controls: 'Maßnahmen',
    now: 'in Kraft',
    until: 'warnt bis',
    expression: 'Ausdruck',
    parameters: 'Parameter',
    noControls: 'keine genannt',
  },
  catalogue: {
    title: 'Eingebaute Regeln',
    hint: 'wozu jede da ist, und was bei einem Verstoß zu tun ist',
    caption: 'Eingebaute Regeln mit Begründung, Abhilfe und Maßnahmen',
    why: 'Warum',
    what: 'Was bei einem Verstoß zu tun ist',
    controls: 'Maßnahmen',
    usedBy: 'Verwendet von',
    unused: 'keiner Richtlinie',
  },
  frameworks: {
    title: 'Maßnahmen öffentlicher Rahmenwerke',
    hint: 'welche Regel in Kraft welcher Maßnahme dient',
    caption: 'Maßnahmen von {{framework}} mit den Regeln, die ihnen dienen',
    control: 'Maßnahme',
    rules: 'Regeln in Kraft',
    notEvaluated: 'Nicht bewertet',
    available: 'Dienen könnte ihr {{rules}}',
    noRule: 'keine eingebaute Regel kann es feststellen',
    share: '{{served}} von {{total}} bewertet',
    nothing:
      'Keine Regel nennt eine Maßnahme dieses Rahmenwerks: Nichts davon wird hier bewertet.',
    other: 'Andere Maßnahmen',
    read: 'das Rahmenwerk',
  },
  ruleText: {
    'image-signed': {
      motivation:
        'Nur eine Signatur zeigt, dass das Image das ist, welches die vertraute Pipeline hochgeladen hat, wer auch immer in die Registry schreiben kann.',
      remediation:
        'Das Image in der Pipeline, die es hochlädt, über seinen Digest signieren, mit einem Schlüssel oder einer Identität eines Vertrauensankers der Richtlinie.',
    },
    'not-content-trust-only': {
      motivation:
        'Docker Content Trust wird abgeschafft: Dockers eigener Notary-Dienst ist fort, und die Azure Container Registry stellt ihn am 2028-03-31 ein. Ein Image, das nichts anderes signiert, verliert mit dem Server seine Signatur.',
      remediation:
        'Den Digest auch mit Cosign oder dem Notary Project signieren, dessen Vertrauensanker in der Richtlinie nennen, dann Content Trust verlassen.',
    },
    'provenance-verified': {
      motivation:
        'Ein signierter Herkunftsnachweis zeigt, welche Bauplattform das Image aus welcher Quelle und mit welchem Workflow gebaut hat; ohne ihn sieht ein Image von einem Laptop aus wie eines aus der Pipeline.',
      remediation:
        'Die Bauplattform für den hochgeladenen Digest einen SLSA-Herkunftsnachweis schreiben und signieren lassen, mit einer Identität oder einem Schlüssel eines Vertrauensankers der Richtlinie.',
    },
    'built-from-own-repository': {
      motivation:
        'Eine vertraute Pipeline signiert auch, was ein Fork oder ein anderes Projekt baut; nur das Quell-Repository sagt, dass der geprüfte Code läuft.',
      remediation:
        'Das Image aus dem Repository bauen, das der Katalog nennt, oder den Ort der Quelle und die Liste der Quell-Repositories in der Richtlinie berichtigen.',
    },
    'registry-allowed': {
      motivation:
        'Eine Registry, für die niemand bürgt, kann unter jedem Namen alles ausliefern und morgen verschwunden sein.',
      remediation:
        'Das Image in eine erlaubte Registry kopieren und von dort ausrollen, oder die Registry prüfen und erlauben lassen.',
    },
    'digest-pinned': {
      motivation:
        'Ein Tag lässt sich verschieben: Der nächste Pod führt vielleicht etwas aus, das niemand angesehen hat.',
      remediation:
        'Den Digest im Workload nennen, neben dem Tag oder statt seiner.',
    },
    'evidence-fresh': {
      motivation:
        'Eine Signatur kann zurückgezogen, ein Schlüssel widerrufen werden; was vor langer Zeit gefunden wurde, sagt nichts über heute.',
      remediation:
        'Herausfinden, warum die Registry nicht mehr gefragt wird; die Quellenseite zeigt, was scheiterte.',
    },
    'scan-fresh': {
      motivation:
        'Jeden Tag werden neue Schwachstellen bekannt; ein Scan sagt nichts über die seither gefundenen.',
      remediation:
        'Herausfinden, warum der Scanner das Image nicht scannt, und es scannen lassen.',
    },
    'no-known-exploited': {
      motivation:
        'Jemand nutzt die Lücke bereits, wie der Katalog der CISA sagt; ob sie schwer ist, ist dann keine Frage mehr.',
      remediation:
        'Die genannten Pakete heute aktualisieren und ausrollen; ohne Korrektur den Dienst vom Netz nehmen oder das Paket ersetzen.',
    },
    'no-fixable-vulnerability': {
      motivation:
        'Wo es eine Korrektur gibt, ist auch der Weg durch die Lücke öffentlich; es fehlt nur die Aktualisierung.',
      remediation:
        'Die genannten Pakete aktualisieren, das Image neu bauen und ausrollen.',
    },
  },
};

/** Was die Zulassung mit einem Image tut. */
export const admission: MessageTree['admission'] = {
  title: 'Bei der Zulassung',
  is: {
    deny: {
      fail: 'Wird bei der Zulassung abgelehnt',
      unpinnedReference:
        'Wird bei der Zulassung abgelehnt: Der Workload nennt keinen Digest',
      unknown: 'Wird bei der Zulassung als nicht feststellbar abgelehnt',
    },
    allowWithWarning: 'Wird mit einer Warnung zugelassen',
    allow: 'Wird zugelassen',
  },
  wouldBe: {
    deny: {
      fail: 'Würde bei der Zulassung abgelehnt',
      unpinnedReference:
        'Würde bei der Zulassung abgelehnt: Der Workload nennt keinen Digest',
      unknown: 'Würde bei der Zulassung als nicht feststellbar abgelehnt',
    },
    allowWithWarning: 'Würde mit einer Warnung zugelassen',
    allow: 'Würde zugelassen',
  },
  because: {
    audit: 'die Richtlinie prüft nur, heute wird es also zugelassen',
    warn: 'die Richtlinie warnt nur, heute wird es also mit einer Warnung zugelassen',
    enforce: 'wo ein Webhook der Zulassung diese Richtlinie durchsetzt',
  },
  also: {
    fail: 'auch verstößt es gegen eine Regel',
    unpinnedReference: 'auch nennt der Workload keinen Digest',
    unknown: 'auch ist eine Regel nicht feststellbar',
    warn: 'auch warnt eine Regel',
  },
};

/** Welche Richtlinien für ein Image nicht gelten, und warum. */
export const coverage: MessageTree['coverage'] = {
  title: 'Nicht erfasst von',
  caption: 'Richtlinien, die für dieses Image nicht gelten, und warum',
  policy: 'Richtlinie',
  why: 'Warum nicht',
  noEntity: 'Sie gilt für Dienste, und der Workload gehört zu keinem.',
  other: 'Sie gilt für {{key}} {{wanted}}; dieses Image hat {{found}}.',
  nothing: 'Sie gilt für {{key}} {{wanted}}; dieses Image hat keinen Wert.',
};
