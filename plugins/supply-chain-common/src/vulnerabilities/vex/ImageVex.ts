import { CLOCK_TOLERANCE_MS } from '../../model/clockTolerance';
import { EvidenceTrust } from '../../model/evidenceTrust';
import { earliestInstant } from '../../policy/earliestInstant';
import { PolicyFacts, TrustRoot } from '../../policy/types';
import { DEFAULT_VEX_MIN_TRUST } from '../../policy/vexMinTrust';
import { isKnownAs } from '../isKnownAs';
import { MergedFinding } from '../merge';
import { namesOfFinding } from '../priority/exploitedFindings';
import { decideVex, VexOpinion } from './decideVex';
import { isSamePackage } from './isSamePackage';
import { VexClaim, vexClaimsOf } from './vexClaimsOf';

/**
 * What is stated about one finding.
 *
 * @public
 */
export type VexJudgement = {
  /** Whether the finding counts no more. */
  isExcluded: boolean;
  /** Every statement about it, newest first. */
  opinions: VexOpinion[];
};

const NOTHING: VexJudgement = { isExcluded: false, opinions: [] };

/** What VEX documents state about the findings of one image. */
export class ImageVex {
  readonly #claims = new Map<string, VexClaim[]>();
  readonly #options: { minTrust: EvidenceTrust; now: Date };

  static of(options: {
    facts: PolicyFacts;
    /** Whose attestations count. */
    roots: readonly TrustRoot[];
    /** From which trust on a statement may take a finding out of what counts; absent: those that are signed. */
    minTrust?: EvidenceTrust;
    now: Date;
  }): ImageVex {
    const { minTrust = DEFAULT_VEX_MIN_TRUST, now } = options;
    return new ImageVex(vexClaimsOf(options), { minTrust, now });
  }

  private constructor(
    claims: readonly VexClaim[],
    options: { minTrust: EvidenceTrust; now: Date },
  ) {
    this.#options = options;
    for (const claim of claims) {
      for (const name of claim.statement.names) {
        const named = this.#claims.get(name);
        if (named) {
          named.push(claim);
        } else {
          this.#claims.set(name, [claim]);
        }
      }
    }
  }

  /** What is stated about a finding under any of its names. */
  judge(finding: MergedFinding): VexJudgement {
    const claims = this.#claimsOf(finding);
    return claims.length === 0 ? NOTHING : decideVex(claims, this.#options);
  }

  /** Splits findings by whether they count. */
  split(findings: readonly MergedFinding[]): {
    counted: MergedFinding[];
    excluded: MergedFinding[];
    /** RFC 3339: when the clock alone changes which is which. */
    nextChangeAt?: string;
  } {
    const counted: MergedFinding[] = [];
    const excluded: MergedFinding[] = [];
    const changes: (string | undefined)[] = [];
    for (const finding of findings) {
      const claims = this.#claimsOf(finding);
      const isExcluded =
        claims.length > 0 && decideVex(claims, this.#options).isExcluded;
      (isExcluded ? excluded : counted).push(finding);
      changes.push(...claims.flatMap(each => this.#changesOf(each)));
    }
    const nextChangeAt = earliestInstant(changes);
    return { counted, excluded, ...(nextChangeAt && { nextChangeAt }) };
  }

  /** When a statement begins to count, and when what it came in ends. */
  #changesOf({ statement, evidence }: VexClaim): (string | undefined)[] {
    const from = Date.parse(statement.statedAt) - CLOCK_TOLERANCE_MS;
    return [
      from > this.#options.now.getTime()
        ? new Date(from).toISOString()
        : undefined,
      evidence.expiresAt,
    ];
  }

  #claimsOf(finding: MergedFinding): VexClaim[] {
    if (this.#claims.size === 0) {
      return [];
    }
    const named = new Set(
      namesOfFinding(finding).flatMap(name => this.#claims.get(name) ?? []),
    );
    return [...named].filter(
      claim =>
        isKnownAs(claim.statement.names, finding) && isAbout(claim, finding),
    );
  }
}

/** A product of which no part is named is meant whole. */
function isAbout({ products }: VexClaim, { purl }: MergedFinding): boolean {
  return (
    products === undefined ||
    products.some(
      ({ subcomponents }) =>
        subcomponents === undefined ||
        subcomponents.some(each => isSamePackage(each, purl)),
    )
  );
}
