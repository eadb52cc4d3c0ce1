import { runCommandLine, ExitCode } from '../commandLine';
import { VerifyReport } from '../report';

/** How a command ended and what it wrote. */
export type TestRun = {
  exitCode: ExitCode;
  stdout: string;
  stderr: string;
  /** The JSON on stdout; throws when there is none. */
  report(): VerifyReport;
};

/** Runs a command in this process. Nobody is logged in unless the environment says so. */
export async function runForTest(
  argv: string[],
  options: {
    environment?: Record<string, string>;
    isTTY?: boolean;
    now?: () => Date;
    untilStopped?: () => Promise<void>;
  } = {},
): Promise<TestRun> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({
    isTTY: options.isTTY,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const exitCode = await runCommandLine(argv, {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    environment: options.environment ?? {},
    homeDirectory: '/nonexistent',
    now: options.now ?? (() => new Date()),
    untilStopped: options.untilStopped ?? (async () => undefined),
  });
  return { exitCode, ...written, report: () => JSON.parse(written.stdout) };
}
