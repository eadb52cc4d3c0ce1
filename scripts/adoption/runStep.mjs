import { Failure, formatDuration, progress } from '../console.mjs';
import { runToEnd, showCommand } from '../process.mjs';

/** Runs one command of a longer preparation: without its output when it works, with all of it when it does not. */
export async function runStep({
  title,
  command,
  args,
  attempts = 1,
  quiet = false,
  ...options
}) {
  const tell = quiet ? () => {} : progress;
  tell(title);
  const startedAt = Date.now();
  let result;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    result = await runToEnd(command, args, { ...options, capture: true });
    if (result.code === 0) {
      tell(`${title}: ${formatDuration(Date.now() - startedAt)}`);
      return result.output;
    }
  }
  throw new Failure(`${title}: exit code ${result.code}`, {
    command: showCommand(command, args),
    output: result.error?.message ?? result.output,
  });
}
