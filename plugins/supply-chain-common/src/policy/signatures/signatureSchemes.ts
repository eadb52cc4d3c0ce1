import { EvidenceOf } from '../../model/evidence';
import { SignatureScheme } from '../../model/signature';
import { TrustExpression, TrustRoot, TrustRootSpec } from '../types';

/** Which signing system a trust root accepts. */
const SCHEME_OF_ROOT: Record<TrustRootSpec['type'], SignatureScheme> = {
  keys: 'cosign',
  sigstore: 'cosign',
  contentTrust: 'contentTrust',
  notation: 'notation',
};

/** Evidence without detail says by its collector what was looked for. */
const SCHEME_OF_COLLECTOR: ReadonlyMap<string, SignatureScheme> = new Map([
  ['content-trust', 'contentTrust'],
  ['notation', 'notation'],
]);

/** The signing system a piece of evidence is about. */
export function schemeOf(evidence: EvidenceOf<'signature'>): SignatureScheme {
  return (
    evidence.detail?.scheme ??
    SCHEME_OF_COLLECTOR.get(evidence.collector) ??
    'cosign'
  );
}

/** The signing systems an expression can accept: what others hold changes nothing (L10). */
export function acceptedSchemes(
  expression: TrustExpression,
  roots: ReadonlyMap<string, TrustRoot>,
): Set<SignatureScheme> {
  return new Set(
    expression.of.map(name => SCHEME_OF_ROOT[roots.get(name)!.spec.type]),
  );
}
