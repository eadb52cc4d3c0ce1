import {
  chmodSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { networkEnvironment } from '../bootstrap/install.mjs';
import { yarnRelease } from '../bootstrap/pins.mjs';
import { Failure } from '../console.mjs';
import { fromRoot } from '../paths.mjs';
import { unpack } from './packPackages.mjs';
import { readInstallSteps } from './readme.mjs';
import { runStep } from './runStep.mjs';

/** The newest release that writes an app of the Backstage version in `backstage.json`. */
const CREATE_APP = '@backstage/create-app@0.9.2';
/** An instant after that release and before the next one. */
const NEXT_RELEASE = Date.parse('2026-10-15T00:00:00Z');
const MINUTE_MS = 60_000;
// Yarn 4.13, which the template brings, now and then ends on Node 24 when it repeats a request.
const INSTALL_ATTEMPTS = 3;

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));

function editJson(file, edit) {
  const content = readJson(file);
  edit(content);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

// create-app only looks whether there is a Yarn.
function provideYarn(directory) {
  mkdirSync(directory, { recursive: true });
  const shim = join(directory, 'yarn');
  writeFileSync(
    shim,
    `#!/bin/sh\nexec "${process.execPath}" "${fromRoot(
      yarnRelease.path,
    )}" "$@"\n`,
  );
  chmodSync(shim, 0o755);
  return directory;
}

async function createApp(directory) {
  const app = join(directory, 'app');
  const shims = provideYarn(join(directory, 'shims'));
  await runStep({
    title: `Creating an app with ${CREATE_APP}`,
    command: 'npm',
    args: ['exec', '--yes', '--', CREATE_APP, '--path', app, '--skip-install'],
    cwd: directory,
    env: {
      ...process.env,
      BACKSTAGE_APP_NAME: 'portal',
      PATH: `${shims}${delimiter}${process.env.PATH}`,
    },
  });
  const { version } = readJson(join(app, 'backstage.json'));
  const expected = readJson(fromRoot('backstage.json')).version;
  if (version !== expected) {
    throw new Failure(
      `expected an app of Backstage ${expected}, got ${version}`,
    );
  }
  return app;
}

/** What this machine and this moment need, and a reader of the README does not. */
function adaptToSurroundings(app, packages) {
  editJson(join(app, 'package.json'), manifest => {
    Object.assign(
      manifest.resolutions,
      // No install script runs, so SQLite has to come prebuilt; the others keep to what the registry holds whole.
      readJson(fromRoot('package.json')).resolutions,
      // The packages are on no registry yet.
      Object.fromEntries(
        packages.map(({ name, archive }) => [name, `file:${archive}`]),
      ),
    );
    // How the command line is installed is said in its own README.
    manifest.devDependencies['backstage-supply-chain-cli'] = '*';
  });
  const settings = join(app, '.yarnrc.yml');
  const yarnPath = /^yarnPath: .*$/m.exec(readFileSync(settings, 'utf8'))[0];
  const ageMinutes = Math.floor((Date.now() - NEXT_RELEASE) / MINUTE_MS);
  // The lockfile that goes with a release is fetched from elsewhere than the registry. To see nothing of
  // Backstage that is newer than the release comes to the same. `errors` 1.4 is younger, and fits.
  writeFileSync(
    settings,
    [
      'nodeLinker: node-modules',
      'enableScripts: false',
      'enableTelemetry: false',
      `npmMinimalAgeGate: ${ageMinutes}`,
      "npmPreapprovedPackages: ['*', '@!(backstage)/*', '@backstage/errors']",
      `${yarnPath}\n`,
    ].join('\n'),
  );
}

/** The steps "Backend" and "Frontend" of the README, and nothing else. */
function followReadme(app, { backendPackage, backendLine, frontendPackage }) {
  const add = (folder, name) =>
    editJson(join(app, 'packages', folder, 'package.json'), manifest => {
      manifest.dependencies[name] = '*';
    });
  add('backend', backendPackage);
  add('app', frontendPackage);
  const index = join(app, 'packages/backend/src/index.ts');
  const source = readFileSync(index, 'utf8');
  writeFileSync(
    index,
    source.replace('backend.start();', `${backendLine}\n\nbackend.start();`),
  );
}

async function build(app) {
  const env = {
    ...process.env,
    ...(await networkEnvironment()),
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  };
  // The bundler takes CI=true as "fail on warnings", also on those of dependencies.
  delete env.CI;
  const yarn = /^yarnPath: (.*)$/m.exec(
    readFileSync(join(app, '.yarnrc.yml'), 'utf8'),
  )[1];
  const run = (title, args, attempts) =>
    runStep({
      title,
      command: process.execPath,
      args: [yarn, ...args],
      cwd: app,
      env,
      attempts,
    });
  await run('Installing the app', ['install'], INSTALL_ATTEMPTS);
  await run('Checking the types of the app', ['tsc']);
  await run('Building app and backend', ['build:backend']);
}

/** Lays out the backend as the template's Dockerfile does, beside the modules that are already installed. */
async function deploy(app, target) {
  for (const archive of ['skeleton.tar.gz', 'bundle.tar.gz']) {
    await unpack(join(app, 'packages/backend/dist', archive), target);
  }
  symlinkSync(join(app, 'node_modules'), join(target, 'node_modules'), 'dir');
}

/**
 * Creates an app, installs the packages by the README alone and builds it.
 * Returns `{ app, deployed, steps }`: the sources and what would be deployed.
 */
export async function createFreshApp({ directory, packages }) {
  const steps = readInstallSteps();
  const app = await createApp(directory);
  adaptToSurroundings(app, packages);
  followReadme(app, steps);
  await build(app);
  const deployed = join(directory, 'deployed');
  await deploy(app, deployed);
  mkdirSync(dirname(join(deployed, steps.policyFile)), { recursive: true });
  return { app, deployed, steps };
}
