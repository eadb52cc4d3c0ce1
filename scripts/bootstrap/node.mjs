import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, progress } from '../console.mjs';
import { fromRoot, toolsDirectory } from '../paths.mjs';
import { runToEnd, showCommand } from '../process.mjs';
import { assertIntegrity } from './integrity.mjs';
import { acceptedNode, nodePackages } from './pins.mjs';

const isWindows = process.platform === 'win32';

/** True for a Node version that "engines" of package.json accepts. */
export function isAcceptedNode(version) {
  const [major, minor, patch] = version
    .replace(/^v/, '')
    .split('.')
    .map(Number);
  return acceptedNode.some(
    accepted =>
      major === accepted.major &&
      (minor > accepted.minor ||
        (minor === accepted.minor && patch >= accepted.patch)),
  );
}

async function npm(args) {
  const command = isWindows ? 'npm.cmd' : 'npm';
  const result = await runToEnd(command, args, {
    cwd: toolsDirectory,
    capture: true,
    shell: isWindows,
  });
  if (result.code !== 0) {
    throw new Failure('could not obtain Node through npm', {
      command: showCommand(command, args),
      output: result.output,
    });
  }
}

async function obtainNode(pin, prefix) {
  mkdirSync(toolsDirectory, { recursive: true });
  const tarball = join(toolsDirectory, `${pin.name}-${pin.version}.tgz`);
  rmSync(prefix, { recursive: true, force: true });
  await npm(['pack', `${pin.name}@${pin.version}`, '--loglevel=error']);
  // Before anything is unpacked: an archive with other bytes is never opened.
  assertIntegrity({
    file: tarball,
    expected: pin.integrity,
    what: `${pin.name}@${pin.version}`,
  });
  await npm([
    'install',
    '--ignore-scripts',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefix',
    prefix,
    tarball,
  ]);
  rmSync(tarball);
}

/**
 * Returns the path of a Node binary this repository can use: the running one
 * when it fits, else a pinned one below `.tools/`.
 */
export async function ensureNode() {
  if (isAcceptedNode(process.version)) {
    return process.execPath;
  }
  const pin = nodePackages[`${process.platform}-${process.arch}`];
  if (!pin) {
    throw new Failure(
      `Node ${process.version} is too old or too new and no pinned Node exists for ` +
        `${process.platform}-${process.arch}. Install Node 24.15 or a later 24 and run this again.`,
    );
  }
  const prefix = join(toolsDirectory, `node-${pin.version}`);
  const binary = join(prefix, 'node_modules', pin.name, pin.binary);
  if (!existsSync(binary)) {
    progress(
      `Node ${process.version} does not fit; obtaining Node ${pin.version} into .tools/`,
    );
    await obtainNode(pin, prefix);
  }
  const check = await runToEnd(binary, ['--version'], {
    cwd: fromRoot(),
    capture: true,
  });
  if (check.code !== 0) {
    throw new Failure(
      `Node ${pin.version} in .tools/ does not run here; delete .tools/ or install Node 24 yourself`,
      { command: `${binary} --version`, output: check.output },
    );
  }
  return binary;
}
