/** Admission: the webhook, what reaches it and what it reads. */
export const admissionReason = {
  reviewMalformed: {
    meaning: 'Was geschickt wurde, ist kein lesbarer AdmissionReview.',
    advice:
      'Nachsehen, was ihn schickt; nur der API-Server des Clusters sollte den Webhook erreichen.',
  },
  reviewTooLarge: {
    meaning: 'Der AdmissionReview ist größer, als der Webhook liest.',
    advice:
      '`limits.bodyBytes` des Webhooks erhöhen oder das Objekt verkleinern.',
  },
  reviewNotJson: {
    meaning: 'Was geschickt wurde, ist nicht als JSON ausgewiesen.',
    advice:
      'Nachsehen, was es schickt; der API-Server schickt `application/json` ohne Kodierung.',
  },
  reviewVersionUnsupported: {
    meaning: 'Der AdmissionReview hat eine andere Version als v1.',
    advice:
      'In der Konfiguration des Webhooks `admissionReviewVersions: ["v1"]` setzen.',
  },
  reviewKindUnsupported: {
    meaning: 'Das Objekt ist weder ein Pod noch ein Workload mit Pods.',
    advice:
      'Die Regeln der Webhook-Konfiguration auf Pods und Workloads beschränken.',
  },
  admissionOverloaded: {
    meaning: 'Der Webhook hat mehr zu prüfen, als er annimmt.',
    advice:
      'Gleich noch einmal versuchen; kommt es oft vor, Replikate hinzufügen.',
  },
  admissionDeadline: {
    meaning:
      'Das Image wurde nicht in der Zeit geprüft, die eine Zulassung dauern darf.',
    advice:
      'Gleich noch einmal versuchen: Die Prüfung läuft weiter und ihr Ergebnis bleibt; bleibt es langsam, die Registry prüfen.',
  },
  feedNotConfigured: {
    meaning: 'Der Webhook erfährt nicht, was das Portal weiß.',
    advice:
      '`feed` des Webhooks einrichten oder Regeln über Scans dem Portal überlassen.',
  },
  feedUnreachable: {
    meaning: 'Der Feed der Urteile des Portals ist nicht lesbar.',
    advice:
      'Adresse, Token und Verbindung prüfen; was gelesen wurde, gilt bis zu seinem Ablauf.',
  },
  feedMalformed: {
    meaning: 'Eine Seite des Feeds der Urteile ist nicht lesbar.',
    advice: 'Prüfen, ob Portal und Webhook von derselben Version sind.',
  },
  feedSignatureInvalid: {
    meaning:
      'Eine Seite des Feeds der Urteile ist nicht mit dem hinterlegten Schlüssel signiert.',
    advice:
      'Den öffentlichen Schlüssel des Webhooks mit dem Signaturschlüssel des Portals vergleichen und prüfen, was dazwischen liegt.',
  },
  feedWentBack: {
    meaning: 'Der Feed der Urteile ging hinter früher Gelesenes zurück.',
    advice:
      'Herausfinden, wer alte Seiten wiederholt; nach einer zurückgespielten Datenbank den Webhook mit leerem Zustandsordner starten.',
  },
  feedExpired: {
    meaning: 'Was vom Feed der Urteile gelesen wurde, ist abgelaufen.',
    advice: 'Die Verbindung zum Portal wiederherstellen.',
  },
  feedFromFuture: {
    meaning:
      'Eine Seite des Feeds der Urteile wurde in der Zukunft ausgestellt.',
    advice: 'Die Uhren des Portals und des Webhooks prüfen.',
  },
  servingCertificateUnusable: {
    meaning: 'Das neue Zertifikat des Webhooks ist nicht verwendbar.',
    advice:
      'Zertifikat und Schlüssel berichtigen; die zuvor gelesenen bleiben in Gebrauch.',
  },
  servingCertificateExpires: {
    meaning:
      'Das Zertifikat des Webhooks läuft bald ab oder ist schon abgelaufen.',
    advice: 'Es erneuern; es wird ohne Neustart neu gelesen.',
  },
};
