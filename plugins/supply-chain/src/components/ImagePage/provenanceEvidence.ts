import {
  BuildClaims,
  EarlierBuild,
  EvidenceOf,
  PlaceLook,
  ProvenanceStatement,
  schema,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';

type ProvenanceEvidence = EvidenceOf<'provenance'>;

function isProvenanceEvidence(
  evidence: object,
): evidence is ProvenanceEvidence {
  return (evidence as Partial<ProvenanceEvidence>).kind === 'provenance';
}

/** A statement about a build with the check that counts most for it. */
export type CheckedProvenance = {
  statement: ProvenanceStatement;
  check?: TrustCheck;
};

/** What the page shows of how an image was made. */
export type ProvenanceEvidenceView = {
  trail: PlaceLook[];
  /** The statement the summary speaks of. */
  counted?: CheckedProvenance;
  others: CheckedProvenance[];
  earlier?: EarlierBuild;
};

function withCheck(
  statement: ProvenanceStatement,
  { trustRoot }: Partial<schema.ProvenanceSummary> = {},
): CheckedProvenance {
  const { checks } = statement;
  return {
    statement,
    check:
      checks.find(check => check.trustRoot === trustRoot) ??
      checks.find(check => check.status === 'verified') ??
      checks[0],
  };
}

/** How well a statement fits what the summary says: the most fitting is the one that decided. */
function fit(
  { statement, check }: CheckedProvenance,
  summary: schema.ProvenanceSummary,
): number {
  const claims = claimsOf(statement);
  return [
    statement.predicateType === summary.predicateType,
    check?.trustRoot === summary.trustRoot,
    check?.status === 'verified',
    statement.foundIn === summary.foundIn,
    statement.relation === summary.relation,
    claims?.builderId === summary.builder,
    claims?.source?.commit === summary.commit,
  ].filter(Boolean).length;
}

/** Attestations that say nothing of how an image was made. */
const ABOUT_NO_BUILD: readonly ProvenanceStatement['content']['type'][] = [
  'other',
  'vulnerabilityScan',
  'vex',
];

function countedOf(
  statements: CheckedProvenance[],
  summary: schema.ProvenanceSummary | undefined,
): CheckedProvenance | undefined {
  if (!summary) {
    return undefined;
  }
  const [best] = statements
    .filter(({ statement }) => !ABOUT_NO_BUILD.includes(statement.content.type))
    .sort((left, right) => fit(right, summary) - fit(left, summary));
  return best;
}

/**
 * What the builder wrote, where the statement is provenance that could be read.
 */
export function claimsOf(
  statement: ProvenanceStatement | undefined,
): BuildClaims | undefined {
  return statement?.content.type === 'slsaProvenance'
    ? statement.content.claims
    : undefined;
}

/**
 * Takes statements, trail and the build before out of the evidence of an image.
 */
export function provenanceEvidence(
  report: schema.ImageReport,
): ProvenanceEvidenceView {
  const details = report.evidence
    .filter(isProvenanceEvidence)
    .flatMap(({ detail }) => detail ?? []);
  const statements = details
    .flatMap(detail => detail.statements)
    .map(statement => withCheck(statement, report.provenance));
  const counted = countedOf(statements, report.provenance);
  return {
    trail: details.flatMap(detail => detail.trail),
    counted,
    others: statements.filter(each => each !== counted),
    earlier: details.find(detail => detail.earlier)?.earlier,
  };
}
