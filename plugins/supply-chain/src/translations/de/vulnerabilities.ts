import { MessageTree } from '../en';

/** Was Scans gefunden haben, und die Seite der Schwachstellen in allem, was läuft. */
export const vulnerabilities: MessageTree['vulnerabilities'] = {
  none: 'Keine Befunde',
  exploited_one: '{{count}} bekannt ausgenutzt',
  exploited_other: '{{count}} bekannt ausgenutzt',
  fixable_one: '{{count}} behebbar',
  fixable_other: '{{count}} behebbar',
  setAside_one: '{{count}} durch VEX beiseitegelegt',
  setAside_other: '{{count}} durch VEX beiseitegelegt',
  imagesSetAside_one: 'in {{count}} Image durch VEX beiseitegelegt',
  imagesSetAside_other: 'in {{count}} Images durch VEX beiseitegelegt',
  gap: '{{number}} von {{total}} nicht gescannt',
  scanned: 'gescannt',
  notScanned: 'Kein Scan für diesen Digest.',
  notScannedHow:
    'Trivy Operator im Cluster installieren oder nachsehen, warum er den Workload übergeht.',
  title: 'Schwachstellen',
  hint: 'Was Scans in allem gefunden haben, was läuft; bekannt ausgenutzte und schwerste zuerst',
  caption: 'Schwachstellen in allem, was läuft',
  search: 'CVE, Advisory, Titel',
  empty: 'Keine Schwachstelle in dem, was gescannt wurde.',
  column: {
    runsIn: 'Läuft in',
    service: 'Dienst',
    image: 'Image',
    clusters: 'Cluster',
    package: 'Paket',
    due: 'Frist',
  },
  hasFix: 'vorhanden',
  inServices_one: '{{count}} Dienst',
  inServices_other: '{{count}} Dienste',
  atLeast: 'mindestens {{number}} Images',
  unscanned_one:
    '{{count}} laufendes Image wurde nicht gescannt: Was es enthält, steht nicht in dieser Liste.',
  unscanned_other:
    '{{count}} laufende Images wurden nicht gescannt: Was sie enthalten, steht nicht in dieser Liste.',
  showUnscanned: 'Dienste mit nicht gescannten Images zeigen',
  whereElse: 'Wo sie sonst läuft',
  whereElseOf: 'Wo sie sonst läuft: {{id}}',
  one: {
    back: 'Alle Schwachstellen',
    runsIn: 'Läuft in {{images}} von {{services}}',
    runsInNoService: 'Läuft in {{images}} von keinem Dienst',
    nowhere: 'In keinem Image, das gescannt wurde',
    countsNowhere: 'Zählt in keinem Image, das gescannt wurde',
    setAside_one: 'VEX legt sie in {{count}} Image beiseite.',
    setAside_other: 'VEX legt sie in {{count}} Images beiseite.',
    nowhereOfOwner: 'In keinem gescannten Image dieses Zuständigen',
    andUnscanned_one:
      '{{places}}; {{count}} laufendes Image wurde nicht gescannt und könnte sie haben.',
    andUnscanned_other:
      '{{places}}; {{count}} laufende Images wurden nicht gescannt und könnten sie haben.',
    allScanned: '{{places}}.',
  },
  places: {
    title: 'Wo sie läuft',
    caption: 'Dienste und Images mit {{id}}',
    none: 'Kein gescanntes Image, das Sie sehen dürfen, hat sie.',
    noService: 'gehört zu keinem Dienst',
    upgrade: '{{installed}} → {{fixed}}',
    overdue: 'überfällig',
  },
};
