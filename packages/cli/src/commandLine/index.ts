export * from './CommandLineContext';
export { EXIT_CODES, worstExitCode } from './exitCodes';
export type { ExitCode } from './exitCodes';
export * from './runCommandLine';
