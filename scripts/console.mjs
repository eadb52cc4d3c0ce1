/** A failure with a message written for a person; anything else thrown is a defect and shows its stack. */
export class Failure extends Error {
  constructor(message, options = {}) {
    super(message);
    this.name = 'Failure';
    this.command = options.command;
    this.output = options.output;
  }
}

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) =>
  colour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const say = message => console.log(message);
export const progress = message => console.log(paint(36, `· ${message}`));
export const heading = message => console.log(`\n${paint(1, `▶ ${message}`)}`);
export const problem = message => console.error(paint(31, message));

export function formatDuration(durationMs) {
  const seconds = durationMs / 1000;
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Says what failed and with which command, as plainly as possible. */
export function reportFailure(error) {
  if (!(error instanceof Failure)) {
    problem(error?.stack ?? String(error));
    return;
  }
  if (error.output) {
    console.error(error.output.trimEnd());
  }
  problem(`\nFailed: ${error.message}`);
  if (error.command) {
    problem(`Command: ${error.command}`);
  }
}
