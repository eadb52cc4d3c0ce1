import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const SOURCE = resolve(__dirname, '../index.ts');

/**
 * The program in one file, for tests that start it very often: from its sources each process compiles some 660 files
 * first. `bin/supply-chain` itself has tests of its own.
 *
 * @returns Path of a script, in a folder of its own.
 */
export async function bundleProgram(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'supply-chain-cli-'));
  await build({
    entryPoints: [SOURCE],
    bundle: true,
    platform: 'node',
    target: 'node22',
    // Packages that come in two forms are taken as modules: the other form of some cannot be bundled.
    mainFields: ['module', 'main'],
    outfile: join(directory, 'program.cjs'),
    logLevel: 'silent',
  });
  const script = join(directory, 'start.cjs');
  await writeFile(script, "require('./program.cjs').main();\n");
  return script;
}
