export type {
  ReportedEvidence,
  ReportedFinding,
  ReportedSignature,
  ReportedSignatures,
  ReportedVulnerabilities,
  VerifyReport,
  VerifyResult,
} from './verifyReport';
export { createNotes } from './notes';
export type { Notes } from './notes';
export { reportOf } from './reportOf';
export * from './outputs';
