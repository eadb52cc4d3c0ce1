import { Digest } from '../model/digest';
import { Remediation, RuleSeverity } from '../model/finding';
import { Outcome } from '../model/outcome';
import { ReasonCode } from '../model/reasonCodes';
import { DigestSource } from '../model/runningImage';
import {
  SignaturePlace,
  SignatureScheme,
  SignatureStatus,
  TrustCheck,
} from '../model/signature';
import { SeverityCounts } from '../model/vulnerability';
import { FindingWaiver } from '../model/waiver';
import type {
  ProvenanceSummary,
  VulnerabilitySummary,
} from '../schema/openapi';
import type { ScanReportFormat } from '../vulnerabilities/scanReport';

/**
 * What `verify` and `check` print as JSON, and what the portal answers to `POST /check`. Others script against it: it is extended, never renamed.
 *
 * @public
 */
export type CheckReport = {
  schemaVersion: 1;
  tool: { name: string; version: string };
  /** RFC 3339: the instant every image was judged at. */
  evaluatedAt: string;
  /** `injected`: `--now` said when it is; such a report is never published or signed (L26). */
  clock: 'system' | 'injected';
  /** Every policy that was loaded. */
  policies: { name: string; digest: string }[];
  /** `check` only: the reports that were handed in. */
  evidence?: ReportedEvidence[];
  /** In the order of the arguments. */
  results: CheckResult[];
};

/**
 * What was found out about one image. A block that was not looked at is left out.
 *
 * @public
 */
export type CheckResult = {
  /** The reference as written. */
  image: string;
  /** `digest` is absent when the tag could not be resolved. */
  subject: { repository: string; digest?: Digest };
  digestSource: DigestSource;
  /** `os/architecture[/variant]`; several, joined by commas, of an index; absent when it could not be read. */
  platform?: string;
  outcome: Outcome;
  /** The reason of the worst finding, or why there is none. */
  reason?: ReasonCode;
  /** The worst over the matching policies (L10). */
  signature: ReportedSignatures;
  /** The worst over the matching policies; absent when none of them asks. */
  provenance?: ReportedProvenance;
  /** `check` only, and only when a matching policy asks or a report was handed in. */
  vulnerabilities?: ReportedVulnerabilities;
  /** `check` only: `repository@digest`, to deploy exactly what was judged; absent without a digest. */
  deploy?: string;
  /** Of all matching policies. */
  findings: ReportedFinding[];
  /** `sha256:` over the facts (L20); empty when the evaluation did not end in time. */
  factsDigest: string;
  /** `sha256:` over the waivers that were offered. */
  waiverDigest: string;
  /** Match keys that had no context and counted as matching (L29). */
  contextMissing: string[];
};

/**
 * The signatures of an image.
 *
 * @public
 */
export type ReportedSignatures = {
  status: SignatureStatus;
  reason?: ReasonCode;
  signatures: ReportedSignature[];
  /** Every place that was looked at. */
  trail: {
    /** The signing system that was looked for. */
    scheme: SignatureScheme;
    place: SignaturePlace;
    /** What was asked for. */
    location: string;
    found: number;
    /** Whether it was read to its end. */
    complete: boolean;
    reason?: ReasonCode;
    note?: string;
  }[];
};

/**
 * One signature under one trust root of a matching policy.
 *
 * @public
 */
export type ReportedSignature = {
  scheme: SignatureScheme;
  status: TrustCheck['status'];
  reason?: ReasonCode;
  /** Fingerprint of the key, or subject of the certificate. */
  signer?: string;
  /** OIDC issuer of the certificate. */
  issuer?: string;
  trustRoot: string;
  /** RFC 3339; only where something trusted says so. */
  signedAt?: string;
  foundIn: SignaturePlace;
  relation: 'exact' | 'viaIndex';
};

/**
 * How an image was made.
 *
 * @public
 */
export type ReportedProvenance = {
  status: ProvenanceSummary['status'];
  /** SLSA Build level, 0 to 3. */
  level: number;
  /** Repository it was built from, normalised. */
  source?: string;
  /** Repository it should be built from. */
  expectedSource?: string;
  builder?: string;
  ref?: string;
  commit?: string;
  workflow?: string;
  trustRoot?: string;
  signer?: string;
  /** What the level rests on, or why it is no higher or the status no better. */
  reasons: string[];
};

/**
 * What the scans say of an image.
 *
 * @public
 */
export type ReportedVulnerabilities = Pick<
  VulnerabilitySummary,
  'status' | 'reason' | 'scannedAt' | 'scanner'
> & {
  /** By severity; absent where no scan speaks for the image: never zero (L8). */
  counts?: SeverityCounts;
  /** How many of them have a fix; absent without `counts`. */
  fixable?: number;
  /** How many more VEX sets aside; absent: none. */
  notAffected?: number;
};

/**
 * A report of a scan or a VEX document that was handed in. Nobody vouches for it but who runs the command (L9).
 *
 * @public
 */
export type ReportedEvidence = {
  /** As written. */
  file: string;
  format: ScanReportFormat | 'openvex';
  /** `sha256:` over the file. */
  digest: string;
  /** RFC 3339; of scans. */
  scannedAt?: string;
  /** RFC 3339; of VEX documents that say when they were written. */
  issuedAt?: string;
  /** References of the images it is about. */
  images: string[];
};

/**
 * What one rule of one policy says.
 *
 * @public
 */
export type ReportedFinding = {
  ruleId: string;
  /** What the rule is called. */
  title: string;
  policy: string;
  severity: RuleSeverity;
  outcome: Outcome;
  reason?: ReasonCode;
  message: string;
  /** RFC 3339: from then on a `warn` is a `fail`. */
  effectiveOn?: string;
  /** Set when the outcome is `waived` (L22). */
  waiver?: FindingWaiver;
  /** Who can do what about it. */
  remediation?: Pick<Remediation, 'who' | 'action' | 'command'>;
};
