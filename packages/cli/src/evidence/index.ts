export { EvidenceFiles } from './EvidenceFiles';
export { formatOf, readEvidence } from './readEvidence';
export type { ScanFile } from './readEvidence';
export { readKevFile } from './readKevFile';
