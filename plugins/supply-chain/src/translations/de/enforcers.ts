import { MessageTree } from '../en';

/** What other enforcers of the clusters say. */
export const enforcers: MessageTree['enforcers'] = {
  title: 'Weitere Prüfer',
  about:
    'Wie es die Prüfer in den Clustern berichten, jeder Verstoß einmal je Workload. Unsere Ergebnisse ändert es nicht.',
  caption: 'Ergebnisse weiterer Prüfer, die schlechtesten zuerst',
  column: {
    result: 'Ergebnis',
    policy: 'Richtlinie',
    message: 'Was sie sagt',
    workload: 'Workload',
    observed: 'Berichtet',
  },
  result: {
    fail: 'Verletzt',
    error: 'Fehler',
    warn: 'Warnung',
    pass: 'Erfüllt',
    skip: 'Übersprungen',
  },
  count: '{{result}}: {{count}}',
  remediation: 'Zu tun:',
  noSource: 'Prüfer nicht genannt',
  onlyGood: 'Nichts ist verletzt.',
  onlyNotes: 'Keine Ergebnisse, die hier zu zeigen sind.',
  showAll_one: '{{count}} weiteres zeigen',
  showAll_other: '{{count}} weitere zeigen',
  showFewer: 'Nur zeigen, was nicht erfüllt ist',
  notListed_one:
    '{{count}} weiteres Ergebnis ist gezählt und nicht aufgeführt.',
  notListed_other:
    '{{count}} weitere Ergebnisse sind gezählt und nicht aufgeführt.',
  notesTitle: 'Nicht gezeigt',
  leftOut_one: '{{count}} Ergebnis von {{source}}',
  leftOut_other: '{{count}} Ergebnisse von {{source}}',
};
