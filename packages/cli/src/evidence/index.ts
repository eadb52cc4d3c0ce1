export { EvidenceFiles } from './EvidenceFiles';
export { readEvidence } from './readEvidence';
export { readKevFile } from './readKevFile';
