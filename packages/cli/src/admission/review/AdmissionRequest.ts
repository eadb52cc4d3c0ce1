import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/** The one version that is spoken, both ways. */
export const REVIEW_API_VERSION = 'admission.k8s.io/v1';

/** The one kind that is spoken, both ways. */
export const REVIEW_KIND = 'AdmissionReview';

/** An object of the Kubernetes API of which nothing is known but that it is one. */
export type UncheckedObject = Record<string, unknown>;

/**
 * A request of the API server, as far as the webhook needs it. Every text in it is hostile (L32).
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#request
 */
export type AdmissionRequest = {
  uid: string;
  operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  /** Kind of the object, for instance `Deployment`. */
  kind: string;
  /** Empty for the object itself. */
  subResource: string;
  namespace: string;
  name: string;
  /** `null` where the API server sends none. */
  object: UncheckedObject | null;
  oldObject: UncheckedObject | null;
};

/** Why a body is not a request that can be judged. */
export type ReviewProblem = {
  reason: ReasonCode;
  message: string;
  /** Set when the body says which request it is: the answer is then a review, otherwise an HTTP error. */
  uid?: string;
};

/** Result of reading a body. */
export type ReviewReading =
  | { ok: true; request: AdmissionRequest }
  | { ok: false; problem: ReviewProblem };
