import { homedir } from 'node:os';
import { runCommandLine } from './commandLine';

/**
 * Runs the command line of this process.
 *
 * @public
 */
export async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader such as `head` may leave; the exit code still says how it ended.
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
  // Set, not exited with: output that is still in a pipe must reach its reader.
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    homeDirectory: homedir(),
    now: () => new Date(),
    untilStopped,
  });
}

/** Only who waits for it takes the signals; everything else ends by them as usual. */
function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => resolve());
    }
  });
}
