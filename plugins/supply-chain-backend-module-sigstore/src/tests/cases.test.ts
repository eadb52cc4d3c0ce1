import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REASON_CODES } from 'backstage-plugin-supply-chain-common';

/**
 * What a verifier must refuse, or must not call "signed": the cases of cosign and of registries, by their numbers in
 * the reference this project was made from, with the reason code that answers each and the test that shows it. Where
 * the answer is no reason code, it stands in brackets.
 */
const CASES = readFileSync(resolve(__dirname, 'cases.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split('\t'))
  .map(([number, what, reason, file, test]) => ({
    number: Number(number),
    what,
    reason,
    file,
    test,
  }));

const PLUGINS = resolve(__dirname, '../../..');

describe('the cases a verifier must refuse', () => {
  it('are all here, each once', () => {
    expect(CASES.map(({ number }) => number)).toEqual(
      Array.from({ length: 62 }, (_, index) => index + 1),
    );
  });

  it.each(CASES)(
    '$number, $what: $reason, is shown by a test',
    ({ reason, file, test }) => {
      expect(reason).toMatch(/^\(.+\)$|^[a-zA-Z]+$/);
      expect(reason.startsWith('(') || reason in REASON_CODES).toBe(true);
      expect(readFileSync(resolve(PLUGINS, file), 'utf8')).toContain(test);
    },
  );
});
