import {
  DocumentProblem,
  PolicyBundle,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';

/** A policy source as it is kept. */
export type StoredPolicySource = {
  source: string;
  /** The last good bytes; absent when the source was never good. */
  bundle?: PolicyBundle;
  /** What is wrong with the bytes read last. */
  problems: DocumentProblem[];
};

/** Where the last good bytes of policy sources are kept (L28). */
export interface PolicyStore {
  read(): Promise<StoredPolicySource[]>;
  /** Keeps these sources and forgets the others. */
  write(sources: StoredPolicySource[]): Promise<void>;
  /**
   * Notes which policies are in force and queues what depends on a change, once over all replicas.
   */
  putInForce(policySet: PolicySet): Promise<{ changed: boolean }>;
}
