import {
  Evidence,
  MergedImage,
  SignedStatement,
  TrustCheck,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';

/** Options of {@link decidingChecks}. */
export type DecidingChecksOptions = {
  image: MergedImage;
  evidence: Evidence[];
  trustRoots: TrustRoot[];
};

/** A check that made the signature count, or one as good. */
export type DecidingCheck = {
  statement: SignedStatement;
  check: TrustCheck;
  trustRoot: TrustRoot;
};

/** The checks by the trust root that decided; none unless a signature counted. */
export function decidingChecks(
  options: DecidingChecksOptions,
): DecidingCheck[] {
  const { image, evidence, trustRoots } = options;
  const { signature } = image;
  const trustRoot = trustRoots.find(
    ({ name }) => name === signature?.trustRoot,
  );
  if (!trustRoot || signature?.status !== 'verified') {
    return [];
  }
  return evidence
    .flatMap(each =>
      each.kind === 'signature' ? each.detail?.statements ?? [] : [],
    )
    .filter(({ relation }) => relation === signature.relation)
    .flatMap(statement =>
      statement.checks
        .filter(check => check.trustRoot === trustRoot.name)
        .map(check => ({ statement, check, trustRoot })),
    );
}
