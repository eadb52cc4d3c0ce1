import { MessageTree } from '../en';

/** What scanners of the clusters checked beside vulnerabilities. */
export const checks: MessageTree['checks'] = {
  title: 'Konfiguration und Geheimnisse',
  about:
    'Wie es der Scanner in den Clustern berichtet, jede Regel einmal je Workload. Unsere Ergebnisse ändert es nicht.',
  topic: {
    configuration: 'Konfiguration',
    rbac: 'RBAC',
    infrastructure: 'Infrastruktur',
    secrets: 'Geheimnisse',
  },
  caption: '{{topic}}: Ergebnisse, die schlechtesten zuerst',
  roles:
    'Rollen gehören zu ihrem Namespace, nicht zu einem einzelnen Workload.',
  nothing: 'Geprüft, und nichts gefunden. Berichtet',
  missingPermission:
    'Welche Geheimnisse ein Scanner fand, wird nicht gezeigt: Es fehlt die Berechtigung {{permission}}.',
};
