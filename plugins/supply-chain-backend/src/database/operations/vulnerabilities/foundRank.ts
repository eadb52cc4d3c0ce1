import {
  SEVERITIES_WORST_FIRST,
  Severity,
} from 'backstage-plugin-supply-chain-common';

/**
 * What VEX sets aside stands behind all that counts, as bad as it is: so that the worst of a vulnerability is the worst
 * that counts, wherever a query looks for the least rank.
 */
export const SET_ASIDE_RANK = 100;

/** Behind every rank. */
export const NO_RANK = 2 * SET_ASIDE_RANK;

/** How bad a vulnerability is in some image. */
export type FoundSeverity = {
  severity: Severity;
  /** Set where VEX sets it aside everywhere. */
  notAffected?: true;
};

/** A severity as it is stored: 0 is critical. */
export function foundRank({
  severity,
  notAffected,
}: {
  severity: Severity;
  notAffected?: boolean;
}): number {
  const rank = SEVERITIES_WORST_FIRST.indexOf(severity);
  return notAffected ? SET_ASIDE_RANK + rank : rank;
}

/** The same, read back. */
export function severityAt(stored: unknown): FoundSeverity {
  // PostgreSQL returns what is counted over as text.
  const rank = Number(stored);
  const notAffected = rank >= SET_ASIDE_RANK;
  return {
    severity: SEVERITIES_WORST_FIRST[rank % SET_ASIDE_RANK],
    ...(notAffected && { notAffected }),
  };
}
