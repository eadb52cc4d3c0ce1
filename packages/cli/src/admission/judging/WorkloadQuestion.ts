import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { RequestedContainer } from '../review';
import { KnownEntity } from './PortalKnowledge';

/** The images of one workload. */
export type WorkloadQuestion = {
  containers: RequestedContainer[];
  namespace: string;
  labels: Record<string, string>;
  /** Whether references without digest may be rewritten (L23). */
  rewrite: boolean;
  /** Milliseconds that are left for looking at registries, and for everything. */
  verificationMs: number;
  totalMs: number;
};

/** One image of a workload, with what holds for the whole request. */
export type ImageTask = {
  container: RequestedContainer;
  question: Pick<WorkloadQuestion, 'rewrite'>;
  /** The policies in force when the request came; those that are loaded meanwhile hold for the next one. */
  policySet: PolicySet;
  place: { cluster: string; namespace: string };
  entities: KnownEntity[];
  /** Evaluation time (L20). */
  now: Date;
  /** Milliseconds left, from now on. */
  verificationLeftMs(): number;
  totalLeftMs(): number;
};
