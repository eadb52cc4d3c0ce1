import {
  AdmissionDecision,
  AdmissionOutcome,
  Outcome,
  SupplyChainPolicy,
  Verdict,
} from 'backstage-plugin-supply-chain-common';
import { RequestedContainer } from '../review';

/** What one policy says of one image of a workload. */
export type JudgedPolicy = {
  policy: Pick<SupplyChainPolicy, 'name' | 'digest' | 'mode' | 'onUnknown'>;
  /** The entity the workload belongs to, where that is known. */
  entityRef?: string;
  verdict: Verdict;
  outcome: AdmissionOutcome;
};

/** What all policies say of one image of a workload. */
export type JudgedContainer = {
  container: RequestedContainer;
  /** The worst of the verdicts (L18). */
  outcome: Outcome;
  /** The strictest of the policies' decisions. */
  decision: AdmissionDecision;
  /** Those that match; none: the image is not covered. */
  policies: JudgedPolicy[];
  /** The reference with the verified digest, when it is to take the place of the one written (L23). */
  pinnedRef?: string;
};
