export { ImageVex } from './ImageVex';
export type { VexJudgement } from './ImageVex';
export type { VexOpinion } from './decideVex';
export type { JudgedFinding } from './JudgedFinding';
export { isVexAbout } from './isVexAbout';
