import {
  EvidenceOf,
  PlaceLook,
  schema,
  SignedStatement,
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
  /** The statement the signature status rests on. */
  counted?: CheckedStatement;
};

function withCheck(statement: SignedStatement): CheckedStatement {
  return {
    statement,
    check:
      statement.checks.find(check => check.status === 'verified') ??
      statement.checks[0],
  };
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
  const statements = details
    .flatMap(detail => detail.statements)
    .map(withCheck);
  const { signature } = report;
  const counted =
    signature?.status === 'verified'
      ? statements.find(
          ({ statement, check }) =>
            statement.kind === 'signature' &&
            check?.status === 'verified' &&
            (!signature.trustRoot || check.trustRoot === signature.trustRoot),
        )
      : undefined;
  return {
    trail: details.flatMap(detail => detail.trail),
    statements,
    counted,
  };
}
