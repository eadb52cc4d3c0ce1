/** Provenance: how an image was made, by whom and from what. */
export const provenanceReason = {
  provenanceContradictsCertificate: {
    meaning:
      'Der Herkunftsnachweis sagt über den Bau etwas anderes als das Zertifikat, das ihn signiert hat.',
    advice:
      'Dem Zertifikat vertrauen; herausfinden, wer den Nachweis geschrieben hat, und neu bauen.',
  },
  summaryOtherResource: {
    meaning: 'Die Prüfzusammenfassung betrifft einen anderen Gegenstand.',
    advice:
      'Den Prüfer eine Zusammenfassung für dieses Repository und diesen Digest schreiben lassen.',
  },
  summaryFailed: {
    meaning:
      'Der Prüfer sagt, dass das Image seine Richtlinie nicht erfüllt hat.',
    advice: 'Den Prüfer nach dem Grund fragen und neu bauen.',
  },
  provenanceUnreadable: {
    meaning:
      'Der Inhalt des Herkunftsnachweises hat nicht die Form seiner Art.',
    advice: 'Mit einer aktuellen Version der Bauplattform neu bauen.',
  },
  provenanceSignatureInvalid: {
    meaning: 'Die Signatur des Herkunftsnachweises ist ungültig.',
    advice:
      'Neu attestieren; falls niemand die Attestierung geändert hat, herausfinden, wer es war.',
  },
  provenanceSignerUntrusted: {
    meaning:
      'Kein Vertrauensanker der Richtlinie kennt den Unterzeichner des Herkunftsnachweises.',
    advice:
      'Die vertraute Pipeline attestieren lassen oder ihre Identität oder ihren Schlüssel in einem Vertrauensanker aufführen.',
  },
  builderNotProven: {
    meaning:
      'Der Herkunftsnachweis nennt eine Bauplattform, die nicht der Workflow im Zertifikat ist.',
    advice:
      'Von der Bauplattform selbst attestieren oder den Workflow nennen, der attestiert.',
  },
  builderNotListed: {
    meaning: 'Die Bauplattform steht nicht auf der Liste der Regel.',
    advice:
      'Mit einer aufgeführten Bauplattform bauen oder diese in die Regel aufnehmen.',
  },
  builderNotBound: {
    meaning:
      'Nichts verbindet die Bauplattform mit dem Schlüssel oder der Person, die signiert hat.',
    advice:
      'Die Bauplattform in der Regel aufführen, falls der Unterzeichner für sie spricht.',
  },
  builderUnnamed: {
    meaning:
      'Der Herkunftsnachweis nennt keine Bauplattform oder keine Art des Baus.',
    advice:
      'In der CI bauen, wo BuildKit seine Bauplattform kennt, oder die Bauplattform angeben.',
  },
  verifierNotListed: {
    meaning:
      'Die Regel nennt keinen solchen Prüfer zu dem Vertrauensanker, der signiert hat.',
    advice:
      'Den Prüfer und seinen Vertrauensanker in der Regel nennen, falls Sie sich auf ihn verlassen.',
  },
  summaryWithoutLevel: {
    meaning: 'Die Prüfzusammenfassung nennt keine SLSA-Baustufe.',
    advice: 'Den Prüfer die geprüfte Stufe angeben lassen.',
  },
  runnerSelfHosted: {
    meaning: 'Der Bau lief auf einem selbst betriebenen Runner.',
    advice:
      'Auf einem gehosteten Runner bauen oder selbst betriebene in der Regel erlauben, falls Ihre geschützt sind.',
  },
  runnerNotHosted: {
    meaning: 'Nichts belegt, dass der Bau auf einem gehosteten Runner lief.',
    advice:
      'Auf einem gehosteten Runner bauen und mit einem aktuellen Client attestieren.',
  },
  builderNotIsolated: {
    meaning:
      'Die Bauplattform ist keine, die den Bau von seinem Aufrufer trennt.',
    advice:
      'Für Stufe 3 mit einem geprüften wiederverwendbaren Workflow bauen und ihn aufführen.',
  },
  builderNotReleased: {
    meaning:
      'Die Bauplattform wurde von einem Branch oder Commit aus genutzt, nicht von einer Veröffentlichung.',
    advice:
      'Die Bauplattform über einen Tag einer Veröffentlichung wie v2.1.0 aufrufen.',
  },
  builderInOwnRepository: {
    meaning: 'Die Bauplattform liegt in dem Repository, das sie baut.',
    advice:
      'Für Stufe 3 die Bauplattform dort halten, wo das Projekt sie nicht ändern kann.',
  },
  hashesFromCaller: {
    meaning:
      'Die Bauplattform attestiert einen Digest, den ihr Aufrufer berechnet hat; der Bau selbst lief beim Aufrufer.',
    advice:
      'Eine Bauplattform nutzen, die das Image selbst baut, wo es auf die Trennung ankommt.',
  },
  provenanceUnsigned: {
    meaning:
      'Niemand hat den Herkunftsnachweis signiert: Er ist eine Behauptung.',
    advice: 'Ihn signieren, etwa mit cosign attest oder actions/attest.',
  },
  levelTooLow: {
    meaning: 'Die SLSA-Baustufe liegt unter der, die die Regel verlangt.',
    advice:
      'Nachsehen, warum die Stufe nicht höher ist, und die Pipeline ändern.',
  },
  triggerNotAllowed: {
    meaning:
      'Der Bau wurde von etwas ausgelöst, das keine Veröffentlichung machen darf.',
    advice:
      'Ausrollen, was von einem Branch oder Tag gebaut ist, nicht von einem Pull Request.',
  },
  pullRequestRef: {
    meaning: 'Das Image wurde aus dem Code eines Pull Requests gebaut.',
    advice:
      'Den Pull Request übernehmen und ausrollen, was vom Branch gebaut wird.',
  },
  builderChanged: {
    meaning: 'Das Image davor hat eine andere Bauplattform gebaut.',
    advice: 'Prüfen, ob der Wechsel der Bauplattform gewollt war.',
  },
  workflowChanged: {
    meaning: 'Das Image davor hat ein anderer Workflow gebaut.',
    advice: 'Prüfen, ob der Wechsel des Workflows gewollt war.',
  },
  repositoryChanged: {
    meaning: 'Das Image davor wurde aus einem anderen Repository gebaut.',
    advice: 'Prüfen, ob der Umzug der Quelle gewollt war.',
  },
  noProvenance: {
    meaning: 'Jede Stelle wurde gelesen und enthält keinen Herkunftsnachweis.',
    advice:
      'Die Pipeline, die das Image veröffentlicht, attestieren lassen, wie es gebaut wurde.',
  },
  builtFromOtherRepository: {
    meaning:
      'Das Image wurde aus einem anderen Repository gebaut als erwartet.',
    advice:
      'Es aus seinem eigenen Repository bauen oder den Quellort im Katalog berichtigen.',
  },
  sourceNotListed: {
    meaning:
      'Die Richtlinie führt das Repository nicht auf, aus dem das Image gebaut wurde.',
    advice:
      'Aus einem aufgeführten Repository bauen oder dieses in die Richtlinie aufnehmen.',
  },
  repositoryIdChanged: {
    meaning:
      'Das Repository hat die Adresse eines früheren und ist nicht dasselbe.',
    advice:
      'Vor dem Ausrollen herausfinden, ob es gelöscht und neu angelegt wurde, und von wem.',
  },
  sourceOnlyClaimed: {
    meaning:
      'Nur eine Behauptung, die niemand Vertrautes signiert hat, sagt, woraus es gebaut wurde.',
    advice:
      'Den Herkunftsnachweis mit einer Identität oder einem Schlüssel eines Vertrauensankers signieren.',
  },
  sourceNotStated: {
    meaning: 'Nichts sagt, aus welchem Repository das Image gebaut wurde.',
    advice:
      'Die Herkunft attestieren oder mit einem Zertifikat signieren, das das Quell-Repository nennt.',
  },
  noExpectedSource: {
    meaning:
      'Nichts sagt, aus welchem Repository das Image gebaut sein sollte.',
    advice:
      'backstage.io/source-location setzen oder in der Richtlinie sourceRepositories aufführen.',
  },
  thirdPartyImage: {
    meaning:
      'Das Image ist keines von unseren, also nicht aus unserem Code gebaut.',
    advice: 'Es in ownImages der Richtlinie aufführen, falls es Ihres ist.',
  },
};
