// Run by scripts/test/adoption.mjs, which packs the packages and installs them into a fresh app first.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { packageProblems } from './packageProblems.mjs';
import { prepared } from './prepared.mjs';

const { packages, app } = prepared();
const named = name => packages.find(one => one.name === name);
const appRequire = createRequire(join(app, 'packages/backend/package.json'));
const cliRequire = createRequire(join(app, 'package.json'));

/** Of these a portal needs exactly one copy: they hold contexts, references and identities. */
const singletons = {
  app: [
    'react',
    'react-dom',
    'react-router-dom',
    '@material-ui/core',
    '@backstage/core-plugin-api',
    '@backstage/core-components',
    '@backstage/frontend-plugin-api',
    '@backstage/plugin-catalog-react',
    '@backstage/plugin-permission-react',
    '@backstage/plugin-signals-react',
  ],
  backend: [
    '@backstage/backend-plugin-api',
    '@backstage/plugin-catalog-node',
    '@backstage/plugin-events-node',
    '@backstage/plugin-notifications-node',
    '@backstage/plugin-permission-node',
    '@backstage/plugin-signals-node',
  ],
};

/** The folder of a package as Node finds it from another folder. */
function folderOf(name, from) {
  const { paths } = createRequire(join(from, 'package.json')).resolve;
  const found = paths(name)
    .map(parent => join(parent, name))
    .find(folder => existsSync(join(folder, 'package.json')));
  return found && realpathSync(found);
}

describe('a packed package', () => {
  for (const { name, source, unpacked } of packages) {
    it(`${name} holds what it names and asks for what it imports`, () => {
      assert.deepEqual(
        packageProblems({
          directory: unpacked,
          privatePackages: ['sandbox', 'app', 'backend'],
        }),
        [],
      );
    });

    it(`${name} brings the schema of the configuration it reads`, () => {
      assert.equal(
        existsSync(join(unpacked, 'config.schema.json')),
        existsSync(join(source, 'config.d.ts')),
      );
    });
  }

  it('of the backend brings every migration', () => {
    const { source, unpacked } = named('backstage-plugin-supply-chain-backend');
    assert.deepEqual(
      readdirSync(join(unpacked, 'migrations')),
      readdirSync(join(source, 'migrations')).filter(file =>
        file.endsWith('.js'),
      ),
    );
  });
});

describe('in a fresh app', () => {
  for (const [portal, names] of Object.entries(singletons)) {
    for (const name of names) {
      it(`the packages use the ${name} of the ${portal}`, () => {
        const expected = folderOf(name, join(app, 'packages', portal));
        const found = packages
          .map(one => join(app, 'node_modules', one.name))
          .map(folder => folderOf(name, folder));
        assert.ok(expected, `expected ${name} in the app`);
        assert.deepEqual([...new Set(found)], [expected]);
      });
    }
  }

  // The action of software templates is installed by whoever has templates, not by the steps of the README.
  const installed = packages.filter(
    ({ name }) => !name.includes('scaffolder-backend-module'),
  );
  for (const { name, unpacked } of installed) {
    const manifest = JSON.parse(
      readFileSync(join(unpacked, 'package.json'), 'utf8'),
    );
    // What has `import` only is for the bundler of the app.
    const entries = Object.entries(manifest.exports ?? { '.': manifest.main })
      .filter(([, target]) => typeof target === 'string' || target.require)
      .map(([path]) => join(name, path))
      // Needs the globals of a test runner.
      .filter(path => !path.endsWith('/testUtils'));
    it(`Node loads ${entries.length} entries of ${name}`, () => {
      for (const entry of entries) {
        assert.ok((name.endsWith('cli') ? cliRequire : appRequire)(entry));
      }
    });
  }

  it('the evaluation thread starts from the package', async () => {
    const directory = join(
      app,
      'node_modules/backstage-plugin-supply-chain-node/dist/evaluation',
    );
    const { EVALUATION_WORKER, WORKER_READY } = appRequire(
      join(directory, 'messages.cjs.js'),
    );
    const { EvaluationProgress } = appRequire(
      join(directory, 'EvaluationProgress.cjs.js'),
    );
    const worker = new Worker(join(directory, 'evaluationWorker.cjs.js'), {
      workerData: {
        worker: EVALUATION_WORKER,
        progress: EvaluationProgress.allocate(),
      },
    });
    const [message] = await Promise.race([
      new Promise(resolve => worker.once('message', (...all) => resolve(all))),
      new Promise((_, reject) => worker.once('error', reject)),
    ]);
    await worker.terminate();
    assert.deepEqual(message, WORKER_READY);
  });
});
