import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogFilter } from './logFilter.mjs';

const shown = lines => lines.filter(createLogFilter());
const at = '2026-11-23T16:53:58.970Z';

describe('what of the backend reaches the console', () => {
  it('is nothing as long as all is well', () => {
    assert.deepEqual(
      shown([
        'Loading config from MergedConfigSource{}',
        `${at} rootHttpRouter info Listening on 127.0.0.1:7007`,
        `${at} catalog debug found an error in nothing`,
        '(node:1) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.',
        '(Use `node --trace-deprecation ...` to show where the warning was created)',
      ]),
      [],
    );
  });

  it('is an error with the lines that continue it, and nothing after', () => {
    const lines = [
      `${at} backstage error Plugin 'x' threw`,
      '    at start (x.ts:1:1)',
      '  cause: y',
    ];
    assert.deepEqual(shown([...lines, `${at} catalog info on with it`]), lines);
  });

  it('is an error in colour', () => {
    const line = `\u001b[2m${at}\u001b[22m \u001b[34mx\u001b[39m \u001b[31merror\u001b[39m bad`;
    assert.deepEqual(shown([line]), [line]);
  });

  it('is a warning nobody expects', () => {
    const line = `${at} catalog warn cannot read the location`;
    assert.deepEqual(shown([line]), [line]);
  });

  it('is an exception that was never logged', () => {
    const lines = [
      'Uncaught:',
      'TypeError: x is not a function',
      '    at y (z.ts:1:1)',
    ];
    assert.deepEqual(shown(lines), lines);
  });
});
