import { createInterface } from 'node:readline';

// eslint-disable-next-line no-control-regex -- terminal colours start with the escape character
const colours = /\u001b\[[0-9;]*m/g;
const logLine = /^\d{4}-\d\d-\d\dT\S+ \S+ (error|warn|info|debug|verbose)\b/;

/** Warnings the sandbox causes on purpose; each says why it is no problem there. */
const expectedWarnings = [
  // Guests may sign in only because this is development.
  /guest/i,
  // Everybody may do everything in the sandbox, except what our own permissions decide.
  /allow-all/i,
];

/**
 * Decides line by line what of a backend's output reaches the console: errors
 * and unexpected warnings with the lines that continue them, and whatever is
 * printed outside of the logger.
 */
export function createLogFilter() {
  let showing = false;
  return function isProblem(rawLine) {
    const line = rawLine.replace(colours, '');
    const level = logLine.exec(line)?.[1];
    if (level) {
      showing =
        level === 'error' ||
        (level === 'warn' &&
          !expectedWarnings.some(pattern => pattern.test(line)));
    } else if (/^\(node:\d+\)|^\(Use `node/.test(line)) {
      // Deprecations inside dependencies: in the log file, not in the way.
      showing = false;
    } else if (/^\s*(at |\w*Error\b|Uncaught|throw )/.test(line)) {
      showing = showing || !/^\s*at /.test(line);
    }
    return showing;
  };
}

/** Calls `onLine` for each line of the streams, in the order of arrival. */
export function forEachLine(streams, onLine) {
  for (const input of streams) {
    createInterface({ input, crlfDelay: Infinity }).on('line', onLine);
  }
}
