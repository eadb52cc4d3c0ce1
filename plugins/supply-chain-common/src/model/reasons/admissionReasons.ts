import { defineReasons } from './defineReasons';

/** Reason codes of the admission webhook. */
export const admissionReasons = defineReasons({
  reviewMalformed: {
    about: 'admission',
    meaning: 'What was sent is not an AdmissionReview that can be read.',
    advice:
      'Check what sends it; only the API server of the cluster should reach the webhook.',
  },
  reviewTooLarge: {
    about: 'admission',
    meaning: 'The AdmissionReview is larger than the webhook reads.',
    advice:
      'Raise `limits.bodyBytes` of the webhook, or make the object smaller.',
  },
  reviewNotJson: {
    about: 'admission',
    meaning: 'What was sent is not declared as JSON.',
    advice:
      'Check what sends it; the API server sends `application/json` without encoding.',
  },
  reviewVersionUnsupported: {
    about: 'admission',
    meaning: 'The AdmissionReview is of another version than v1.',
    advice:
      'Set `admissionReviewVersions: ["v1"]` in the webhook configuration.',
  },
  reviewKindUnsupported: {
    about: 'admission',
    meaning: 'The object is neither a pod nor a workload with pods.',
    advice:
      'Narrow the rules of the webhook configuration to pods and workloads.',
  },
  admissionOverloaded: {
    about: 'admission',
    status: 'unavailable',
    meaning: 'The webhook has more to look at than it takes on.',
    advice: 'Try again in a moment; add replicas if it happens often.',
  },
  admissionDeadline: {
    about: 'admission',
    status: 'unavailable',
    meaning:
      'The image was not verified within the time an admission may take.',
    advice:
      'Try again in a moment: the look goes on and its result is kept; check the registry if it stays slow.',
  },
  feedNotConfigured: {
    about: 'admission',
    meaning: 'The webhook is not told what the portal knows.',
    advice:
      'Configure `feed` of the webhook, or leave rules about scans to the portal.',
  },
  feedUnreachable: {
    about: 'admission',
    meaning: 'The verdict feed of the portal cannot be read.',
    advice:
      'Check address, token and connection; what was read stands until it expires.',
  },
  feedMalformed: {
    about: 'admission',
    meaning: 'A page of the verdict feed cannot be read.',
    advice: 'Check that portal and webhook are of the same version.',
  },
  feedSignatureInvalid: {
    about: 'admission',
    meaning: 'A page of the verdict feed is not signed by the pinned key.',
    advice:
      'Check the public key of the webhook against the signing key of the portal, and what lies between them.',
  },
  feedWentBack: {
    about: 'admission',
    meaning: 'The verdict feed went back behind what was read before.',
    advice:
      'Find out who replays old pages; after a restored database start the webhook with an empty state folder.',
  },
  feedExpired: {
    about: 'admission',
    meaning: 'What was read of the verdict feed has expired.',
    advice: 'Restore the connection to the portal.',
  },
  feedFromFuture: {
    about: 'admission',
    meaning: 'A page of the verdict feed was issued in the future.',
    advice: 'Check the clocks of the portal and of the webhook.',
  },
  servingCertificateUnusable: {
    about: 'admission',
    meaning: 'The new certificate of the webhook cannot be used.',
    advice: 'Correct certificate and key; the ones read before stay in use.',
  },
  servingCertificateExpires: {
    about: 'admission',
    meaning: 'The certificate of the webhook expires soon, or has expired.',
    advice: 'Renew it; it is read again without a restart.',
  },
});
