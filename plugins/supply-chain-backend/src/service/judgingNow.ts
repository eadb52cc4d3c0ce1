import {
  ExploitScores,
  PolicySet,
  SupplyChainPolicy,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';

/** What findings are told by. */
export type Judging = {
  /** `undefined`: no scores are loaded. */
  scores: ExploitScores | undefined;
  /** Those in force. */
  policies: SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  now: Date;
};

/** Options of {@link judgingNow}. */
export type JudgingOptions = {
  /** What is loaded now; `undefined` before policies have been read for the first time. */
  policySet: () => PolicySet | undefined;
  /** Absent, or `undefined`: no scores are loaded. */
  exploitScores?: () => ExploitScores | undefined;
  now: () => Date;
};

/** What findings are told by, as of now. */
export function judgingNow(options: JudgingOptions): Judging {
  const { now, exploitScores, policySet } = options;
  const { policies = [], trustRoots = [] } = policySet() ?? {};
  return { scores: exploitScores?.(), policies, trustRoots, now: now() };
}
