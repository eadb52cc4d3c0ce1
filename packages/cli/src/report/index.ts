export type {
  ReportedFinding,
  ReportedSignature,
  ReportedSignatures,
  VerifyReport,
  VerifyResult,
} from './verifyReport';
export { createNotes } from './notes';
export type { Notes } from './notes';
export { printReport } from './printReport';
export { reportOf } from './reportOf';
