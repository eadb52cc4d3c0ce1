import { Outcome } from '../../model/outcome';
import {
  REASON_CODES,
  ReasonCode,
  reasonDefinition,
} from '../../model/reasonCodes';
import { SignatureStatus } from '../../model/signature';
import { BuiltInRuleId } from '../types';

/**
 * Which reason codes a rule gives with which outcome. A rule that is not in force yet gives those of `fail` with `warn`,
 * and a waiver those of `fail`, `warn` and `unknown` with `waived`.
 *
 * @public
 */
export type RuleReasons = Partial<
  Record<Exclude<Outcome, 'pass' | 'waived'>, readonly ReasonCode[]>
>;

const CODES = Object.keys(REASON_CODES) as ReasonCode[];

function ofStatus(...statuses: SignatureStatus[]): ReasonCode[] {
  return CODES.filter(code => {
    const { status } = reasonDefinition(code);
    return status !== undefined && statuses.includes(status);
  });
}

/** Of an image without repository or digest, nothing can be told. */
const WITHOUT_SUBJECT: readonly ReasonCode[] = [
  'referenceUnreadable',
  'digestUnknown',
  'neverStarted',
];

const UNREAD = [...WITHOUT_SUBJECT, ...ofStatus('unavailable')];

const WITHOUT_SCAN: readonly ReasonCode[] = [
  ...WITHOUT_SUBJECT,
  'notScanned',
  'scanOtherDigest',
  'platformNotScanned',
  'malformedReport',
  'scannerUnavailable',
];

const PERHAPS_OTHER_SCAN: readonly ReasonCode[] = [
  'scanPlatformUnknown',
  'scanReferenceOnly',
];

const BUILD_CHANGED: readonly ReasonCode[] = [
  'builderChanged',
  'workflowChanged',
  'repositoryChanged',
];

const ABOUT_SOURCE: readonly ReasonCode[] = [
  'builtFromOtherRepository',
  'sourceNotListed',
  'repositoryIdChanged',
  'sourceOnlyClaimed',
  'sourceNotStated',
  'noExpectedSource',
  'thirdPartyImage',
];

const ABOUT_PROVENANCE = CODES.filter(
  code =>
    reasonDefinition(code).about === 'provenance' &&
    ![...BUILD_CHANGED, ...ABOUT_SOURCE].includes(code),
);

/** Of every built-in rule; the tests hold what rules say to it. */
export const RULE_REASONS: Readonly<Record<BuiltInRuleId, RuleReasons>> = {
  'image-signed': {
    fail: [
      ...ofStatus('invalid', 'expired', 'untrustedSigner', 'unsigned'),
      'viaIndexNotAllowed',
    ],
    unknown: UNREAD,
  },
  'not-content-trust-only': {
    fail: ['contentTrustOnly'],
    unknown: WITHOUT_SUBJECT,
    notApplicable: ofStatus(
      'invalid',
      'expired',
      'untrustedSigner',
      'unsigned',
      'unavailable',
    ),
  },
  'provenance-verified': {
    fail: [...ABOUT_PROVENANCE, ...ofStatus('invalid')],
    unknown: UNREAD,
    warn: BUILD_CHANGED,
  },
  'built-from-own-repository': {
    fail: [
      'builtFromOtherRepository',
      'sourceNotListed',
      'repositoryIdChanged',
      'provenanceContradictsCertificate',
      'summaryOtherResource',
    ],
    unknown: [
      'noExpectedSource',
      'sourceNotStated',
      'sourceOnlyClaimed',
      ...ABOUT_PROVENANCE,
      ...UNREAD,
    ],
    notApplicable: ['thirdPartyImage'],
  },
  'registry-allowed': {
    fail: ['repositoryNotAllowed'],
    unknown: ['referenceUnreadable'],
  },
  'digest-pinned': {
    fail: ['unpinnedReference', 'movingTag'],
    unknown: ['referenceUnreadable'],
  },
  'evidence-fresh': {
    fail: ['evidenceStale'],
    unknown: UNREAD,
    warn: ofStatus('unavailable'),
  },
  'scan-fresh': {
    fail: ['scanStale'],
    unknown: WITHOUT_SCAN,
    warn: PERHAPS_OTHER_SCAN,
  },
  'no-fixable-vulnerability': {
    fail: ['fixableVulnerability'],
    unknown: [
      'scanStale',
      'fixUnknown',
      'severityUnknown',
      ...WITHOUT_SCAN,
      ...PERHAPS_OTHER_SCAN,
    ],
    warn: ['fixableVulnerabilityInLeeway', ...PERHAPS_OTHER_SCAN],
  },
  'no-known-exploited': {
    fail: ['knownExploited'],
    unknown: [
      'exploitDataMissing',
      'exploitDataOutdated',
      'scanStale',
      ...WITHOUT_SCAN,
    ],
    warn: ['knownExploitedBeforeDueDate', ...PERHAPS_OTHER_SCAN],
  },
};
