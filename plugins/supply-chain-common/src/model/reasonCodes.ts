import { admissionReasons } from './reasons/admissionReasons';
import { contentTrustReasons } from './reasons/contentTrustReasons';
import { ReasonDefinition } from './reasons/defineReasons';
import { documentReasons } from './reasons/documentReasons';
import { enforcerReasons } from './reasons/enforcerReasons';
import { inventoryReasons } from './reasons/inventoryReasons';
import { notationReasons } from './reasons/notationReasons';
import { policyReasons } from './reasons/policyReasons';
import { provenanceReasons } from './reasons/provenanceReasons';
import { registryReasons } from './reasons/registryReasons';
import { scanReasons } from './reasons/scanReasons';
import { signatureReasons } from './reasons/signatureReasons';
import { sourceReasons } from './reasons/sourceReasons';
import { waiverReasons } from './reasons/waiverReasons';
import type { TrustCheck } from './signature';

export type { ReasonArea, ReasonDefinition } from './reasons/defineReasons';

/**
 * Every reason code. Closed: nothing is refused, unknown or unavailable without one of these.
 * `docs/troubleshooting.md` has one entry for each; a test keeps the two in step.
 *
 * @public
 */
export const REASON_CODES = {
  ...signatureReasons,
  ...contentTrustReasons,
  ...notationReasons,
  ...provenanceReasons,
  ...registryReasons,
  ...inventoryReasons,
  ...policyReasons,
  ...sourceReasons,
  ...scanReasons,
  ...documentReasons,
  ...waiverReasons,
  ...admissionReasons,
  ...enforcerReasons,
};

/**
 * A reason code.
 *
 * @public
 */
export type ReasonCode = keyof typeof REASON_CODES;

/**
 * The definition of a reason code.
 *
 * @public
 */
export function reasonDefinition(code: ReasonCode): ReasonDefinition {
  return REASON_CODES[code];
}

/**
 * The one status of a check a reason belongs to (L11): only for reasons that can explain a signature.
 *
 * @public
 */
export function statusOfReason(
  code: ReasonCode,
): Exclude<TrustCheck['status'], 'verified'> {
  return reasonDefinition(code).status as Exclude<
    TrustCheck['status'],
    'verified'
  >;
}
