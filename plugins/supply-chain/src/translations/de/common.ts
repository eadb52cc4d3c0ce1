import { MessageTree } from '../en';

type Common = Pick<
  MessageTree,
  | 'action'
  | 'state'
  | 'recheck'
  | 'source'
  | 'filter'
  | 'table'
  | 'images_one'
  | 'images_other'
  | 'pods_one'
  | 'pods_other'
  | 'policy'
  | 'breadcrumb'
  | 'checked'
  | 'notCheckedYet'
  | 'dash'
>;

/** Texts that several pages share. */
export const common: Common = {
  action: {
    copy: 'Kopieren',
    copyNamed: '{{name}} kopieren',
    copied: 'Kopiert',
    copyFailed:
      'Kopieren ist hier nicht möglich. Bitte den Text von Hand markieren.',
    retry: 'Noch einmal versuchen',
    recheck: 'Neu prüfen',
    export: 'Exportieren',
    exportRows_one: 'Diese {{count}} Zeile exportieren',
    exportRows_other: 'Diese {{count}} Zeilen exportieren',
    exportCsv: 'CSV',
    exportJson: 'JSON',
    exportNeeds:
      'Zum Exportieren fehlt die Berechtigung {{permission}}. Bitte an die Verantwortlichen des Portals wenden.',
    exportRunning: 'Die Zeilen werden gesammelt …',
    exportFailed: 'Der Export ist fehlgeschlagen: {{message}}',
    filters: 'Filter',
    closeFilters: 'Ergebnisse zeigen',
    openImage: 'Image öffnen',
    showSources: 'Quellen ansehen',
    clearFilters: 'Filter zurücksetzen',
  },
  state: {
    loading: 'Wird geladen …',
    refreshing: 'Wird neu geladen; dies ist die letzte Antwort.',
    stale:
      'Der letzte Ladeversuch ist fehlgeschlagen: {{message}}. Dies ist die Antwort davor.',
    errorTitle: 'Das konnte nicht geladen werden',
    errorHint: 'Es wird nichts an seiner Stelle gezeigt.',
    deniedTitle: 'Keine Berechtigung',
    denied:
      'Es fehlt die Berechtigung {{permission}}. Bitte an die Verantwortlichen des Portals wenden.',
    missingTitle: 'Nicht gefunden',
    missing:
      'Es gibt das nicht, oder kein Dienst, der es ausführt, ist für Sie sichtbar.',
    sandbox: 'Beispieldaten aus der Sandbox',
  },
  recheck: {
    needs: 'Zum neuen Prüfen fehlt die Berechtigung {{permission}}.',
    running_one: 'Es wird neu geprüft: {{done}} von {{count}} Image fertig.',
    running_other: 'Es wird neu geprüft: {{done}} von {{count}} Images fertig.',
    done: 'Soeben neu geprüft.',
    slow: 'Die Prüfung läuft noch; diese Seite folgt von selbst.',
    failed: 'Neu prüfen ist fehlgeschlagen: {{message}}',
    requesting: 'Eine neue Prüfung wird angefordert …',
  },
  source: {
    refusesSome: '{{kind}} {{name}} lehnt einige Anfragen ab',
    ok: '{{kind}} {{name}} antwortet',
    starting: '{{kind}} {{name}} startet',
    degraded: '{{kind}} {{name}} antwortet nur teilweise',
    down: '{{kind}} {{name}} ist ausgefallen',
    lastGood: '{{problem}}; gezeigt wird das letzte gute Ergebnis.',
    never: '{{problem}}; noch kam keine Antwort.',
    age: 'Der letzte Erfolg war',
  },
  filter: {
    all: 'alle',
    cluster: 'Cluster',
    outcome: 'Ergebnis',
    text: 'Filter',
    severity: 'Schweregrad',
    search: 'Suche',
  },
  table: {
    rowsPerPage: 'Zeilen je Seite',
    range: '{{from}}–{{to}} von {{total}}',
    next: 'Nächste Seite',
    previous: 'Vorige Seite',
    expand: 'Einzelheiten zu {{name}} zeigen',
    collapse: 'Einzelheiten zu {{name}} verbergen',
    details: 'Einzelheiten zu {{name}}',
    noRows: 'Nichts entspricht den Filtern.',
    sortedAscending: 'aufsteigend sortiert',
    sortedDescending: 'absteigend sortiert',
  },
  images_one: '{{count}} Image',
  images_other: '{{count}} Images',
  pods_one: '{{count}} Pod',
  pods_other: '{{count}} Pods',
  policy: 'Richtlinie',
  breadcrumb: 'Weg zu dieser Seite',
  checked: 'geprüft',
  notCheckedYet: 'noch nicht geprüft',
  dash: '–',
};
