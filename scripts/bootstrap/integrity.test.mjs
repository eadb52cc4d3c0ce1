import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fromRoot } from '../paths.mjs';
import { assertIntegrity, integrityOf } from './integrity.mjs';
import { yarnRelease } from './pins.mjs';

describe('integrity of what the bootstrap obtains', () => {
  const directory = mkdtempSync(join(tmpdir(), 'supply-chain-integrity-'));
  after(() => rmSync(directory, { recursive: true }));

  it('is written as Subresource Integrity writes it', () => {
    const file = join(directory, 'abc');
    writeFileSync(file, 'abc');
    // SHA-512 of "abc": FIPS 180-4, example C.1.
    assert.equal(
      integrityOf(file),
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
    );
  });

  it('holds for the committed package manager', () => {
    assertIntegrity({
      file: fromRoot(yarnRelease.path),
      expected: yarnRelease.integrity,
      what: 'yarn',
    });
  });

  it('fails when one byte was added', () => {
    const file = join(directory, 'yarn.cjs');
    copyFileSync(fromRoot(yarnRelease.path), file);
    appendFileSync(file, '\n');
    assert.throws(
      () =>
        assertIntegrity({
          file,
          expected: yarnRelease.integrity,
          what: 'yarn',
        }),
      /yarn does not have the pinned content: expected sha512-.*, got sha512-/,
    );
  });
});
