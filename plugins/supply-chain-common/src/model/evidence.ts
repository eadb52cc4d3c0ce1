import { ComplianceDetail } from './compliance';
import { EvidenceTrust } from './evidenceTrust';
import { ReasonCode } from './reasonCodes';
import { Subject } from './subject';
import { OriginDetail } from './origin';
import { PolicyReportDetail } from './policyReport';
import { ProvenanceDetail } from './provenance';
import { SbomDetail } from './sbom';
import { SignatureDetail } from './signature';
import { VexDetail } from './vex';
import { VulnerabilityDetail } from './vulnerability';

/**
 * What was found out, by kind.
 *
 * @public
 */
export type EvidenceDetails = {
  origin: OriginDetail;
  signature: SignatureDetail;
  provenance: ProvenanceDetail;
  vulnerabilities: VulnerabilityDetail;
  sbom: SbomDetail;
  vex: VexDetail;
  policyReport: PolicyReportDetail;
  compliance: ComplianceDetail;
};

/**
 * The kinds of evidence known so far.
 *
 * @public
 */
export type EvidenceKind = keyof EvidenceDetails;

/**
 * Whether something was found (L5).
 *
 * - `absent` needs a complete look with proven access.
 * - `unavailable`: it could not be found out; never read as absent.
 *
 * @public
 */
export type EvidenceStatus = 'present' | 'absent' | 'invalid' | 'unavailable';

/**
 * A later look that failed while an earlier result still stands (L6).
 *
 * @public
 */
export type LastLook = {
  /** RFC 3339. */
  failedAt: string;
  reason: ReasonCode;
  /** RFC 3339: when the next look is due. */
  nextLookAt?: string;
};

/**
 * A fact about a subject, as its collector found it. It never judges.
 *
 * @public
 */
export type EvidenceOf<K extends EvidenceKind> = {
  subject: Subject;
  /** Id of the collector or feed. */
  collector: string;
  kind: K;
  status: EvidenceStatus;
  /** Always set for `invalid` and `unavailable`. */
  reason?: ReasonCode;
  /** Plain text beside the reason, hostile (L32): shown escaped, never parsed. */
  message?: string;
  /** RFC 3339. */
  observedAt: string;
  /** RFC 3339; from then on the evidence counts as `unavailable(evidenceExpired)` (L6). */
  expiresAt?: string;
  lastLook?: LastLook;
  /** Speaks for this entity alone, and for what it runs from the repository (L9). */
  scope?: { entityRef: string };
  /** Absent for what the portal found out itself (L9). */
  trust?: EvidenceTrust;
  /** Who handed it in, as their credentials say; hostile (L32). */
  uploadedBy?: string;
  /** Absent when status is `unavailable`. */
  detail?: EvidenceDetails[K];
};

/**
 * Evidence of any kind, discriminated by `kind`.
 *
 * @public
 */
export type Evidence = { [K in EvidenceKind]: EvidenceOf<K> }[EvidenceKind];
