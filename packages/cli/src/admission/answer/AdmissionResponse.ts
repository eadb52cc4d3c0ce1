import { REVIEW_API_VERSION, REVIEW_KIND } from '../review';

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#response */
export type AdmissionResponse = {
  /** The request's own, echoed. */
  uid: string;
  allowed: boolean;
  status?: { code: number; reason: string; message: string };
  /** At most 120 characters each; shown to whoever made the request. */
  warnings?: string[];
  /** Kept in the audit log of the API server, under the name of the webhook. */
  auditAnnotations?: Record<string, string>;
  patchType?: 'JSONPatch';
  /** Base64. */
  patch?: string;
};

/** What is sent back, always with status 200: anything else is a failed webhook to the API server. */
export type AdmissionReviewAnswer = {
  apiVersion: typeof REVIEW_API_VERSION;
  kind: typeof REVIEW_KIND;
  response: AdmissionResponse;
};

/** Wraps a response. */
export function asReview(response: AdmissionResponse): AdmissionReviewAnswer {
  return { apiVersion: REVIEW_API_VERSION, kind: REVIEW_KIND, response };
}
