export { ImageVex } from './ImageVex';
export type { VexJudgement } from './ImageVex';
export type { VexOpinion } from './decideVex';
export { isVexAbout } from './isVexAbout';
