import { BuiltInRuleId } from '../types';
import { builtFromOwnRepositoryDefinition } from './built-from-own-repository/definition';
import { evaluateBuiltFromOwnRepository } from './built-from-own-repository/evaluate';
import { digestPinnedDefinition } from './digest-pinned/definition';
import { evaluateDigestPinned } from './digest-pinned/evaluate';
import { evidenceFreshDefinition } from './evidence-fresh/definition';
import { evaluateEvidenceFresh } from './evidence-fresh/evaluate';
import { imageSignedDefinition } from './image-signed/definition';
import { evaluateImageSigned } from './image-signed/evaluate';
import { noFixableVulnerabilityDefinition } from './no-fixable-vulnerability/definition';
import { evaluateNoFixableVulnerability } from './no-fixable-vulnerability/evaluate';
import { noKnownExploitedDefinition } from './no-known-exploited/definition';
import { evaluateNoKnownExploited } from './no-known-exploited/evaluate';
import { notContentTrustOnlyDefinition } from './not-content-trust-only/definition';
import { evaluateNotContentTrustOnly } from './not-content-trust-only/evaluate';
import { provenanceVerifiedDefinition } from './provenance-verified/definition';
import { evaluateProvenanceVerified } from './provenance-verified/evaluate';
import { registryAllowedDefinition } from './registry-allowed/definition';
import { evaluateRegistryAllowed } from './registry-allowed/evaluate';
import { BuiltInRule } from './rule';
import { scanFreshDefinition } from './scan-fresh/definition';
import { evaluateScanFresh } from './scan-fresh/evaluate';

/**
 * Every built-in rule by id.
 *
 * @public
 */
export const BUILT_IN_RULES: { readonly [K in BuiltInRuleId]: BuiltInRule<K> } =
  {
    'image-signed': {
      definition: imageSignedDefinition,
      evaluate: evaluateImageSigned,
    },
    'not-content-trust-only': {
      definition: notContentTrustOnlyDefinition,
      evaluate: evaluateNotContentTrustOnly,
    },
    'provenance-verified': {
      definition: provenanceVerifiedDefinition,
      evaluate: evaluateProvenanceVerified,
    },
    'built-from-own-repository': {
      definition: builtFromOwnRepositoryDefinition,
      evaluate: evaluateBuiltFromOwnRepository,
    },
    'registry-allowed': {
      definition: registryAllowedDefinition,
      evaluate: evaluateRegistryAllowed,
    },
    'digest-pinned': {
      definition: digestPinnedDefinition,
      evaluate: evaluateDigestPinned,
    },
    'evidence-fresh': {
      definition: evidenceFreshDefinition,
      evaluate: evaluateEvidenceFresh,
    },
    'scan-fresh': {
      definition: scanFreshDefinition,
      evaluate: evaluateScanFresh,
    },
    'no-fixable-vulnerability': {
      definition: noFixableVulnerabilityDefinition,
      evaluate: evaluateNoFixableVulnerability,
    },
    'no-known-exploited': {
      definition: noKnownExploitedDefinition,
      evaluate: evaluateNoKnownExploited,
    },
  };

/**
 * Whether the text is the id of a built-in rule.
 *
 * @public
 */
export function isBuiltInRuleId(text: string): text is BuiltInRuleId {
  return Object.hasOwn(BUILT_IN_RULES, text);
}
