export { writeOutputs } from './writeOutputs';
export { writeGithubFiles } from './githubFiles';
