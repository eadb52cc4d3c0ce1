// The forms that others script against; the portal answers in the same.
export type {
  CheckReport as VerifyReport,
  CheckResult as VerifyResult,
  ReportedEvidence,
  ReportedFinding,
  ReportedSignature,
  ReportedSignatures,
  ReportedVulnerabilities,
} from 'backstage-plugin-supply-chain-common';
