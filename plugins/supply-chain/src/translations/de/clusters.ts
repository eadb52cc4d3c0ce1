import { MessageTree } from '../en';

/** What is reported on clusters as a whole. */
export const clusters: MessageTree['clusters'] = {
  title: 'Cluster als Ganzes',
  breadcrumb: 'Cluster',
  hint: 'Vorgaben, Objekte ohne Namespace, Kernkomponenten und Inhalt; zählen für keinen Dienst',
  caption: 'Cluster, und was über jeden als Ganzes berichtet wird',
  none: 'Es wird kein Cluster gelesen.',
  notReported: 'nicht berichtet',
  column: {
    cluster: 'Cluster',
    compliance: 'Vorgaben',
    checks: 'Verletzte Prüfungen',
    vulnerabilities: 'Kernkomponenten',
  },
  page: {
    title: 'Cluster {{cluster}}',
    about:
      'Wie es der Scanner im Cluster berichtet. Nichts davon gehört zu einem Dienst oder ändert eines unserer Ergebnisse.',
    tabs: {
      label: 'Teile des Clusters',
      compliance: 'Vorgaben',
      checks: 'Objekte ohne Namespace',
      vulnerabilities: 'Kernkomponenten',
      contents: 'Inhalt',
    },
    missingPermission:
      'Vorgaben zu Geheimnissen werden weder gezeigt noch gezählt: Es fehlt die Berechtigung {{permission}}.',
  },
  controls: {
    fail_one: '{{count}} verletzt',
    fail_other: '{{count}} verletzt',
    notEvaluated_one: '{{count}} nicht geprüft',
    notEvaluated_other: '{{count}} nicht geprüft',
    pass_one: '{{count}} erfüllt',
    pass_other: '{{count}} erfüllt',
  },
  checkCounts: {
    none: 'nichts verletzt',
    checks_one: '{{count}} Prüfung verletzt',
    checks_other: '{{count}} Prüfungen verletzt',
    objects_one: 'an {{count}} Objekt',
    objects_other: 'an {{count}} Objekten',
  },
  read: {
    ok: 'Gelesen; es wird nichts berichtet.',
    starting: '{{kind}}: noch nicht gelesen.',
    notInstalled:
      '{{kind}} ist in diesem Cluster nicht installiert. Es ist nichts bekannt, und das heißt nicht, dass nichts falsch ist.',
    notRead:
      '{{kind}} wird nicht gelesen: Es ist abgeschaltet, oder das Portal liest nur einzelne Namespaces.',
    down: '{{kind}} lässt sich nicht lesen; was hier steht, kann alt sein.',
    degraded: '{{kind}} wird nur zum Teil gelesen.',
  },
  compliance: {
    frameworks: 'Regelwerke',
    frameworksCaption: 'Regelwerke, mit denen dieser Cluster verglichen wird',
    controls: 'Vorgaben',
    controlsHint: 'zuerst die verletzten, dann die nicht geprüften',
    controlsCaption: 'Vorgaben, die schlechtesten zuerst',
    empty: 'Kein Regelwerk hat eine Vorgabe.',
    notEvaluated:
      'Nicht geprüft: Niemand hat nachgesehen, oder Menschen müssen es tun. Es zählt weder als erfüllt noch als verletzt.',
    timeUnknown: 'der Bericht sagt nicht, wann',
    showControls: 'Vorgaben zeigen',
    version: 'Version {{version}}',
    column: {
      framework: 'Regelwerk',
      result: 'Ergebnis',
      evaluated: 'Geprüft',
      control: 'Vorgabe',
      severity: 'Schwere',
      status: 'Stand',
      failed: 'Verletzte Prüfungen an Objekten',
    },
    status: {
      fail: 'Verletzt',
      notEvaluated: 'Nicht geprüft',
      pass: 'Erfüllt',
    },
  },
  checks: {
    topics: 'Was geprüft wurde',
    topicsCaption: 'Geprüfte Objekte nach Thema',
    list: 'Verletzte Prüfungen',
    listHint: 'die schlimmsten zuerst',
    listCaption:
      'Prüfungen, die Objekte ohne Namespace verletzen, die schlimmsten zuerst',
    empty: 'Nichts von dem, was geprüft wurde, ist verletzt.',
    back: 'Alle verletzten Prüfungen',
    objects: 'Objekte, die {{check}} verletzen',
    objectsCaption: 'Objekte, die {{check}} verletzen',
    objectsEmpty: 'Jetzt verletzt es kein Objekt.',
    leftOut_one: '{{count}} Ergebnis konnte nicht behalten werden',
    leftOut_other: '{{count}} Ergebnisse konnten nicht behalten werden',
    showObjects_one: '{{count}} Objekt',
    showObjects_other: '{{count}} Objekte',
    column: {
      topic: 'Thema',
      objects: 'Objekte',
      fails: 'Verletzt',
      oldest: 'Ältester Bericht',
      check: 'Prüfung',
      severity: 'Schwere',
      about: 'Was falsch ist',
      object: 'Objekt',
      reported: 'Berichtet',
    },
  },
  core: {
    about:
      'Woraus der Cluster selbst besteht: die Steuerungsebene und was auf seinen Knoten läuft. Sie zählen bei keinem Dienst und keinem Image.',
    scans: 'Was gescannt wurde',
    scansCaption: 'Kernkomponenten, die gescannt wurden',
    list: 'Schwachstellen der Kernkomponenten',
    listCaption: 'Schwachstellen der Kernkomponenten, die schlimmsten zuerst',
    empty: 'Der Scan fand nichts.',
    endOfLife: 'bekommt keine Korrekturen mehr',
    search: 'CVE, Paket oder Titel',
    column: {
      component: 'Komponente',
      os: 'Betriebssystem',
      scanner: 'Scanner',
      scanned: 'Gescannt',
      published: 'Veröffentlicht',
    },
  },
  contents: {
    title: 'Woraus der Cluster besteht',
    about:
      'Woraus der Cluster selbst besteht: die Steuerungsebene, seine Knoten und Erweiterungen. Die Images der Dienste haben eigene Seiten.',
    caption: 'Komponenten dieses Clusters',
  },
};
