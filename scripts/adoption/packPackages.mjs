import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { networkEnvironment } from '../bootstrap/install.mjs';
import { yarnRelease } from '../bootstrap/pins.mjs';
import { fromRoot } from '../paths.mjs';
import { runToEnd } from '../process.mjs';
import { runStep } from './runStep.mjs';

const readManifest = folder =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Packages of this repository that a registry would get: `{ name, folder }`, the folder below the repository. */
function publishedPackages(sources) {
  return ['plugins', 'packages']
    .flatMap(parent =>
      readdirSync(join(sources, parent)).map(name => join(parent, name)),
    )
    .filter(folder => existsSync(join(sources, folder, 'package.json')))
    .map(folder => ({ folder, ...readManifest(join(sources, folder)) }))
    .filter(manifest => !manifest.private)
    .map(({ name, folder }) => ({ name, folder }));
}

/** Everything git knows or would add: what is built elsewhere cannot end up in a package. */
async function copySources(target) {
  const { output } = await runToEnd(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: fromRoot(), capture: true },
  );
  for (const file of output.split('\0').filter(Boolean)) {
    // A file that was deleted and not committed is still known.
    if (existsSync(fromRoot(file))) {
      mkdirSync(dirname(join(target, file)), { recursive: true });
      copyFileSync(fromRoot(file), join(target, file));
    }
  }
}

/**
 * Builds and packs every published package as a release would, in a copy of
 * the sources: packing rewrites manifests for a moment. Returns
 * `{ name, archive, unpacked, source }` of each.
 */
export async function packPackages(directory) {
  const sources = join(directory, 'sources');
  const archives = join(directory, 'archives');
  mkdirSync(archives, { recursive: true });
  await copySources(sources);
  const node = async (title, ...args) =>
    runStep({
      title,
      command: process.execPath,
      args,
      cwd: sources,
      env: { ...process.env, ...(await networkEnvironment()) },
    });
  await node(
    'Installing a copy of the sources',
    yarnRelease.path,
    'install',
    '--immutable',
  );
  await node('Compiling types', 'node_modules/typescript/bin/tsc');
  await node(
    'Building the packages',
    'node_modules/@backstage/cli/bin/backstage-cli',
    'repo',
    'build',
  );
  await node(
    'Packing the packages',
    yarnRelease.path,
    ...['workspaces', 'foreach', '--all', '--no-private'],
    ...['pack', '--out', join(archives, '%s.tgz')],
  );
  return Promise.all(
    publishedPackages(sources).map(async ({ name, folder }) => {
      const archive = join(archives, `${name}.tgz`);
      const unpacked = join(directory, 'unpacked', name);
      await unpack(archive, unpacked);
      return {
        name,
        archive,
        unpacked: join(unpacked, 'package'),
        source: join(sources, folder),
      };
    }),
  );
}

/** Unpacks a gzipped archive into a new folder. */
export async function unpack(archive, target) {
  mkdirSync(target, { recursive: true });
  await runStep({
    title: `Unpacking ${archive}`,
    quiet: true,
    command: 'tar',
    args: ['-xzf', archive, '-C', target],
  });
}
