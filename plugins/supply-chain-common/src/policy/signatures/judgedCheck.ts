import { SignedStatement, TrustCheck } from '../../model/signature';

/**
 * A statement with what one trust root says of it.
 *
 * @public
 */
export type JudgedCheck = { statement: SignedStatement; check: TrustCheck };

/** Checks that verified, the best first. */
export function verifiedOf(checks: JudgedCheck[]): JudgedCheck[] {
  // A signature of the image itself says more than one of an index.
  return checks
    .filter(({ check }) => check.status === 'verified')
    .sort(
      (a, b) =>
        Number(a.statement.relation === 'viaIndex') -
        Number(b.statement.relation === 'viaIndex'),
    );
}
