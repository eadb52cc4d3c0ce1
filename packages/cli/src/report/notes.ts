import { TextSink } from '../commandLine/CommandLineContext';
import type { CollectorLogger } from '../verify/collecting';
import { escapeLogText } from './outputs/escapeLogText';

/** Remarks beside the result, on the error stream. */
export type Notes = CollectorLogger;

/** Notes that people see: warnings and errors, a line each. */
export function createNotes(stderr: TextSink): Notes {
  const print = (level: string) => (message: string) => {
    stderr.write(`supply-chain: ${level}: ${escapeLogText(message)}\n`);
  };
  // What went as it should stands in the report.
  const silent = () => undefined;
  return {
    debug: silent,
    info: silent,
    warn: print('warning'),
    error: print('error'),
  };
}
