import {
  ContentTrustFacts,
  EvidenceOf,
  PlaceLook,
  schema,
  SignedStatement,
  signerText,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';

type SignatureEvidence = EvidenceOf<'signature'>;

function isSignatureEvidence(evidence: object): evidence is SignatureEvidence {
  return (evidence as Partial<SignatureEvidence>).kind === 'signature';
}

/** A statement with the check that counts most for it: a verified one, or the first. */
export type CheckedStatement = {
  statement: SignedStatement;
  check?: TrustCheck;
};

/** What the pages show of the signatures of an image. */
export type SignatureEvidenceView = {
  trail: PlaceLook[];
  statements: CheckedStatement[];
  /** The signatures that verify, that on which the status rests first; none unless the status is verified. */
  counted: CheckedStatement[];
  /** One per trust root of content trust whose data could be read. */
  contentTrust: ContentTrustFacts[];
};

function withCheck(
  statement: SignedStatement,
  { trustRoot }: Partial<schema.SignatureSummary> = {},
): CheckedStatement {
  const verified = statement.checks.filter(
    check => check.status === 'verified',
  );
  return {
    statement,
    check:
      verified.find(check => check.trustRoot === trustRoot) ??
      verified[0] ??
      statement.checks[0],
  };
}

/** How well a signature fits what the summary says: the most fitting is the one that decided. */
function fit(
  { statement, check }: CheckedStatement,
  summary: schema.SignatureSummary,
): number {
  const signer = check?.signer && signerText(check.signer);
  return [
    check?.trustRoot === summary.trustRoot,
    signer === summary.signer,
    statement.scheme === summary.scheme,
    statement.foundIn === summary.foundIn,
    statement.relation === summary.relation,
  ].filter(Boolean).length;
}

function countedOf(
  statements: CheckedStatement[],
  summary: schema.SignatureSummary | undefined,
): CheckedStatement[] {
  if (summary?.status !== 'verified') {
    return [];
  }
  return statements
    .filter(
      ({ statement, check }) =>
        statement.kind === 'signature' && check?.status === 'verified',
    )
    .sort((left, right) => fit(right, summary) - fit(left, summary));
}

/**
 * Takes the discovery trail and the signed statements out of the evidence of an image.
 */
export function signatureEvidence(
  report: schema.ImageReport,
): SignatureEvidenceView {
  const details = report.evidence
    .filter(isSignatureEvidence)
    .flatMap(({ detail }) => detail ?? []);
  const { signature } = report;
  const statements = details
    .flatMap(detail => detail.statements)
    .map(statement => withCheck(statement, signature));
  return {
    trail: details.flatMap(detail => detail.trail),
    statements,
    counted: countedOf(statements, signature),
    contentTrust: details.flatMap(detail => detail.contentTrust ?? []),
  };
}
