import {
  escapeHostileText,
  strictestDecision,
} from 'backstage-plugin-supply-chain-common';
import { JudgedContainer } from '../judging';
import { ReviewProblem } from '../review';
import { AdmissionResponse } from './AdmissionResponse';
import { auditAnnotationsOf } from './auditAnnotationsOf';
import { objectionsOf } from './objectionsOf';
import { patchOf } from './patchOf';
import { refusalMessage, shorten, warningsOf } from './sentences';

/** Which of the two endpoints answers. */
export type Endpoint = 'validate' | 'mutate';

const PROBLEM_MAX_LENGTH = 800;

/** Nothing to judge. */
export function untouched(uid: string): AdmissionResponse {
  return { uid, allowed: true };
}

/** A request that cannot be judged is not let through: the message says why. */
export function unjudged(
  uid: string,
  { reason, message }: Pick<ReviewProblem, 'reason' | 'message'>,
): AdmissionResponse {
  const text = escapeHostileText(`${reason}: ${message}`);
  return {
    uid,
    allowed: false,
    status: {
      code: 400,
      reason: 'BadRequest',
      message: shorten(text, PROBLEM_MAX_LENGTH),
    },
    auditAnnotations: { decision: 'deny', reason },
  };
}

/** The answer to a workload: the strictest of all decisions about its images (L18, L23). */
export function responseOf(
  uid: string,
  judged: JudgedContainer[],
  endpoint: Endpoint,
): AdmissionResponse {
  const auditAnnotations = auditAnnotationsOf(judged);
  if (strictestDecision(judged.map(({ decision }) => decision)) === 'deny') {
    return {
      uid,
      allowed: false,
      status: {
        code: 403,
        reason: 'Forbidden',
        message: refusalMessage(objectionsOf(judged, ['deny'])),
      },
      auditAnnotations,
    };
  }
  // Both endpoints are asked about one request: what is worth a warning is said once.
  const warnings =
    endpoint === 'validate'
      ? warningsOf(objectionsOf(judged, ['allowWithWarning']))
      : [];
  const patch = endpoint === 'mutate' ? patchOf(judged) : undefined;
  return {
    uid,
    allowed: true,
    ...(warnings.length > 0 && { warnings }),
    auditAnnotations,
    ...(patch !== undefined && { patchType: 'JSONPatch' as const, patch }),
  };
}
