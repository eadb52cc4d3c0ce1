import { EvidenceOf } from '../model/evidence';
import { WorkloadSubject } from '../model/subject';

/**
 * What one report says of one object, with the workload the object belongs to.
 *
 * @public
 */
export type EnforcedEvidence = {
  /** The topmost owner of the object the evidence is about; the object itself where nothing owns it, such as a Role. */
  workload: WorkloadSubject;
  evidence: EvidenceOf<'policyReport'>;
};
