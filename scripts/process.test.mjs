import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runToEnd, spawnGroup, stopGroup } from './process.mjs';

const node = process.execPath;

describe('a command', () => {
  it('gives its exit code and what it wrote', async () => {
    const code = "console.log('out'); console.error('err'); process.exit(3)";
    const result = await runToEnd(node, ['-e', code], { capture: true });
    assert.equal(result.code, 3);
    assert.match(result.output, /out/);
    assert.match(result.output, /err/);
  });

  it('fails when it does not exist', async () => {
    const result = await runToEnd('no-such-command-here', [], {
      capture: true,
    });
    assert.notEqual(result.code, 0);
    assert.match(result.error.message, /ENOENT/);
  });

  it('is ended when it takes too long', async () => {
    const result = await runToEnd(node, ['-e', 'setInterval(() => {}, 1000)'], {
      capture: true,
      timeoutMs: 200,
    });
    assert.equal(result.timedOut, true);
    assert.notEqual(result.code, 0);
  });

  it('is stopped together with what it started', async () => {
    const grandchild = `
      process.on('SIGTERM', () => {
        console.log('grandchild ends');
        process.exit();
      });
      console.log('ready');
      setInterval(() => {}, 1000);`;
    const parent = `
      require('node:child_process').spawn(
        process.execPath,
        ['-e', ${JSON.stringify(grandchild)}],
        { stdio: ['ignore', 'inherit', 'inherit'] },
      );
      setInterval(() => {}, 1000);`;
    const child = spawnGroup(node, ['-e', parent], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    await new Promise(resolve => {
      child.stdout.on('data', chunk => {
        output += chunk;
        resolve();
      });
    });
    await stopGroup(child);
    assert.match(output, /ready\s+grandchild ends/);
  });
});
