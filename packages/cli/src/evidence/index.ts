export { EvidenceFiles } from './EvidenceFiles';
export { readEvidence } from './readEvidence';
export { readFileUpTo } from './readFileUpTo';
