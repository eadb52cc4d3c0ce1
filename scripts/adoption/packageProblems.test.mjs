import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { packageProblems } from './packageProblems.mjs';

let directory;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'supply-chain-package-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function problemsOf({ manifest, files = {} }) {
  const all = {
    'README.md': '# a package',
    'package.json': JSON.stringify({ name: 'a-package', ...manifest }),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return packageProblems({ directory, privatePackages: ['sandbox'] });
}

describe('an unpacked package', () => {
  it('is fine when all that it names and imports is there', () => {
    const problems = problemsOf({
      manifest: {
        main: './dist/index.cjs.js',
        exports: {
          '.': { backstage: '@backstage/X', types: './dist/index.d.ts' },
        },
        dependencies: { '@scope/declared': '^1.0.0' },
      },
      files: {
        'dist/index.cjs.js':
          "require('node:fs'); require('@scope/declared/part'); require('./other.cjs.js');",
        'dist/other.cjs.js': '',
        'dist/index.d.ts': "export { A } from './types/a.js';",
        'dist/types/a.d.ts': 'export type A = string;',
      },
    });
    assert.deepEqual(problems, []);
  });

  it('is not when a file is missing or for development only', () => {
    const problems = problemsOf({
      manifest: { exports: { '.': { require: './dist/index.cjs.js' } } },
      files: { 'src/a.test.ts': '' },
    });
    assert.deepEqual(problems, [
      "'src/a.test.ts' is for development only",
      "'exports' names './dist/index.cjs.js', which is not in the package",
    ]);
  });

  it('is not when it asks for what no registry has', () => {
    const problems = problemsOf({
      manifest: { dependencies: { sibling: 'workspace:^', sandbox: '^0.0.0' } },
    });
    assert.deepEqual(problems, [
      "'dependencies' asks for 'sibling' by 'workspace:^'",
      "'dependencies' asks for 'sandbox', which is not published",
    ]);
  });

  it('is not when it imports what it does not ask for', () => {
    const problems = problemsOf({
      manifest: { devDependencies: { 'only-here': '1.0.0' } },
      files: {
        'dist/index.cjs.js': "const a = require('only-here');",
        'dist/index.d.ts': "import { B } from './missing';",
      },
    });
    assert.deepEqual(problems.sort(), [
      "'dist/index.cjs.js' imports 'only-here', which nothing brings",
      "'dist/index.d.ts' imports './missing', which nothing brings",
    ]);
  });
});
