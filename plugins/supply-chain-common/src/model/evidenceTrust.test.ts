import {
  EvidenceTrust,
  MinimumTrust,
  satisfiesTrust,
  strictestTrust,
} from './evidenceTrust';

describe('trust in evidence that was handed in (L9)', () => {
  const ASKED = [undefined, 'signed', 'oidcUpload', 'tokenUpload'] as const;

  it.each<[EvidenceTrust | undefined, boolean[]]>([
    [undefined, [true, true, true, true]],
    ['signed', [true, true, true, true]],
    ['oidcUpload', [false, false, true, true]],
    ['tokenUpload', [false, false, false, true]],
    ['file', [true, false, false, false]],
  ])('%s', (trust, expected) => {
    expect(ASKED.map(asked => satisfiesTrust(trust, asked))).toEqual(expected);
  });

  it.each<[(MinimumTrust | undefined)[], MinimumTrust | undefined]>([
    [[], undefined],
    [['tokenUpload'], 'tokenUpload'],
    [['tokenUpload', 'oidcUpload'], 'oidcUpload'],
    [['signed', 'tokenUpload'], 'signed'],
    [['tokenUpload', undefined], undefined],
  ])('the strictest of %j', (asked, expected) => {
    expect(strictestTrust(asked)).toBe(expected);
  });
});
