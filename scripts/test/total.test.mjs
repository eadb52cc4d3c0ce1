import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { printTotal } from './total.mjs';

function total(results) {
  const log = mock.method(console, 'log', () => {});
  try {
    const code = printTotal(results);
    return { code, line: log.mock.calls[0].arguments[0].trim() };
  } finally {
    log.mock.restore();
  }
}

describe('the last line of a test run', () => {
  it('sums up and succeeds when all passed', () => {
    assert.deepEqual(
      total([
        { passed: 2, failed: 0, skipped: 0 },
        { passed: 3, failed: 0, skipped: 0 },
      ]),
      { code: 0, line: '5 passed, 0 failed' },
    );
  });

  it('names what was skipped', () => {
    assert.deepEqual(total([{ passed: 2, failed: 0, skipped: 1 }]), {
      code: 0,
      line: '2 passed, 0 failed, 1 skipped',
    });
  });

  it('fails when one failed', () => {
    assert.deepEqual(total([{ passed: 2, failed: 1, skipped: 0 }]), {
      code: 1,
      line: '2 passed, 1 failed',
    });
  });

  it('fails when nothing ran', () => {
    assert.deepEqual(total([{ passed: 0, failed: 0, skipped: 4 }]), {
      code: 1,
      line: '0 passed, 0 failed, 4 skipped',
    });
  });
});
