import { MessageTree } from '../en';

/** The page of trust roots. */
export const trust: MessageTree['trust'] = {
  title: 'Vertrauensanker',
  hint: 'Wessen Signaturen zählen, bis wann, und was auf ihnen beruht',
  caption:
    'Vertrauensanker mit den Unterzeichnern, dem, was endet, und den Images, die sie bestätigen',
  none: 'Es ist kein Vertrauensanker geladen. Ohne einen kann niemand feststellen, ob ein Image von vertrauenswürdiger Seite signiert ist.',
  column: {
    root: 'Vertrauensanker',
    signers: 'Wer signiert',
    expiry: 'Endet',
    policies: 'Verwendet von',
    images: 'Laufende Images',
  },
  type: {
    keys: 'Schlüssel',
    sigstore: 'Sigstore-Identitäten',
    contentTrust: 'Docker Content Trust',
    notation: 'Notary Project',
  },
  signer: {
    key: 'Schlüssel {{name}}',
    exact: '{{name}}',
    glob: 'jede Identität {{name}}',
    regexp: 'passend zu {{name}}',
    issuedBy: 'ausgestellt von {{issuer}}',
    noIssuer: 'ohne Aussteller',
    authority: 'Zertifikate von {{name}}',
    rootKey: 'Root-Schlüssel {{name}}',
    firstUse: 'was {{name}} zuerst gezeigt hat',
    scope: 'für {{scope}}',
    period: '{{from}} bis {{until}}',
    from: 'ab {{from}}',
    until: 'bis {{until}}',
    more_one: 'und {{count}} weiterer',
    more_other: 'und {{count}} weitere',
  },
  expiry: {
    ended: 'abgelaufen',
    ending: 'endet',
    lasting: 'endet',
    never: 'hat kein Ende',
    nothing: 'nichts, was endet',
    takenOver: 'etwas Neueres übernimmt',
    kind: {
      key: 'Schlüssel',
      certificateAuthority: 'Zertifizierungsstelle',
      timestampAuthority: 'Zeitstempeldienst',
      transparencyLog: 'Transparenzprotokoll',
      certificateLog: 'Zertifikatsprotokoll',
      trustStoreCertificate: 'Zertifikat des Trust Store',
      pinnedAuthority: 'Festgelegte Zertifizierungsstelle',
      tufMetadata: 'TUF-Metadaten',
    },
  },
  unused: 'keiner Richtlinie',
  images: {
    verified_one: '{{count}} Image bestätigt',
    verified_other: '{{count}} Images bestätigt',
    single_one:
      '{{count}} beruht auf einem Schlüssel oder einer Identität allein',
    single_other:
      '{{count}} beruhen auf einem Schlüssel oder einer Identität allein',
    contentTrust_one: '{{count}} allein auf Docker Content Trust',
    contentTrust_other: '{{count}} allein auf Docker Content Trust',
  },
  details: {
    digest: 'Digest',
    source: 'Dokument',
    loadedAt: 'in dieser Fassung seit',
    mirror: 'TUF-Spiegel',
    checkedAt: 'zuletzt bestätigt',
    vouchedUntil: 'bis',
    signers: 'Wer signiert',
    requirements: 'Außerdem verlangt',
    warnings: 'Zu beachten',
    expiries: 'Endet',
    proof: {
      transparencyLog: 'Transparenzprotokoll',
      timestamps: 'Zeitstempel',
      signedCertificateTimestamps: 'Zeitstempel des Zertifikats',
    },
    need: {
      required: '{{proof}}: verlangt',
      whenPresent: '{{proof}}: geprüft, wenn vorhanden',
      none: '{{proof}}: nicht betrachtet',
    },
  },
  list: {
    title: 'Images, die {{name}} bestätigt',
    caption: 'Laufende Images, die der Vertrauensanker {{name}} bestätigt',
    none: 'Kein laufendes Image, das Sie sehen dürfen.',
    filter: 'Zeigen',
    all: 'alle',
    single: 'ein Schlüssel oder eine Identität allein',
    contentTrust: 'Docker Content Trust allein',
    image: 'Image',
    signer: 'Unterzeichner',
    services: 'Dienste',
    alone:
      'Keine andere gültige Signatur: ohne sie ist das Image nicht signiert.',
    noService: 'kein Dienst',
  },
  retirement: {
    title_one:
      '{{count}} laufendes Image ist allein mit Docker Content Trust signiert',
    title_other:
      '{{count}} laufende Images sind allein mit Docker Content Trust signiert',
    why: 'Docker hat seinen Notary-Dienst abgeschaltet, und Azure Container Registry entfernt Content Trust am 31.03.2028. Danach kann niemand mehr feststellen, wer diese Images signiert hat.',
    how: 'Der Umzug, Schritt für Schritt:',
    sign: 'Jedes Image über seinen Digest mit Cosign oder dem Notary Project signieren, neben der alten Signatur.',
    root: 'Einen Vertrauensanker mit dem neuen Schlüssel oder der neuen Identität anlegen und in der Richtlinie neben dem alten nennen.',
    build: 'Den Build jedes neue Image auf die neue Weise signieren lassen.',
    remove:
      'Den alten Vertrauensanker aus der Richtlinie nehmen, sobald diese Liste leer ist.',
  },
};
