import { spawn } from 'node:child_process';

const isWindows = process.platform === 'win32';
const STOP_GRACE_MS = 10_000;
const live = new Set();
let stopping;

/**
 * Starts a child in its own process group, so that stopping it also stops
 * whatever it started itself.
 */
export function spawnGroup(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !isWindows,
    ...options,
  });
  live.add(child);
  child.closed = new Promise(resolve => {
    child.once('error', error => resolve({ code: 1, error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  child.closed.then(() => live.delete(child));
  return child;
}

function signalGroup(child, signal) {
  try {
    if (isWindows) {
      spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    } else {
      process.kill(-child.pid, signal);
    }
  } catch (error) {
    // The group may have ended between our look and the signal.
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

/** Stops a child and its descendants; resolves when they are gone. */
export async function stopGroup(child) {
  if (!child.pid || !live.has(child)) {
    return;
  }
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_GRACE_MS);
  await child.closed;
  clearTimeout(timer);
}

const cleanups = [];

/** Registers work that must happen before this process ends after a signal. */
export function onStop(cleanup) {
  cleanups.push(cleanup);
}

/** Stops every child and runs every cleanup, once. */
export function stopEverything() {
  stopping ??= (async () => {
    await Promise.all([...live].map(stopGroup));
    for (const cleanup of cleanups.reverse()) {
      await cleanup();
    }
  })();
  return stopping;
}

/** Makes Ctrl-C and SIGTERM end every process this one started. */
export function stopOnSignals() {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [signal, code] of Object.entries(codes)) {
    process.on(signal, () => {
      stopEverything().finally(() => process.exit(code));
    });
  }
}

/** True from the moment a signal asked this process to end. */
export const isStopping = () => stopping !== undefined;

/** Runs a command to its end; returns its exit code and, when captured, its output. */
export async function runToEnd(command, args, options = {}) {
  const { capture = false, timeoutMs, ...spawnOptions } = options;
  const child = spawnGroup(command, args, {
    ...spawnOptions,
    ...(capture ? { stdio: ['ignore', 'pipe', 'pipe'] } : {}),
  });
  const chunks = [];
  child.stdout?.on('data', chunk => chunks.push(chunk));
  child.stderr?.on('data', chunk => chunks.push(chunk));
  let timedOut = false;
  const timer =
    timeoutMs &&
    setTimeout(() => {
      timedOut = true;
      stopGroup(child);
    }, timeoutMs);
  const { code, signal, error } = await child.closed;
  clearTimeout(timer);
  const output = Buffer.concat(chunks).toString('utf8');
  return { code: code ?? 1, signal, error, output, timedOut };
}

/** Renders a command for a message. */
export const showCommand = (command, args) => [command, ...args].join(' ');
