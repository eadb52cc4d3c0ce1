export { EvidenceFiles } from './EvidenceFiles';
export { readEvidence } from './readEvidence';
export { readFileUpTo } from './readFileUpTo';
export { readKevFile } from './readKevFile';
