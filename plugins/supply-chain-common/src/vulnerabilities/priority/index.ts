export * from './KnownExploited';
export * from './parseKnownExploited';
export * from './ExploitScores';
export * from './exploitDataAge';
export * from './exploitedFindings';
export * from './compareFixFirst';
