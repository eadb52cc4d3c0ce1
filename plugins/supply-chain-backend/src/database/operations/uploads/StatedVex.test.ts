import { VexStatement } from 'backstage-plugin-supply-chain-common';
import { StatedVex } from './StatedVex';

const NOW = new Date('2100-05-01T12:00:00.000Z');
const at = (
  hour: string,
  change: Partial<VexStatement> = {},
): VexStatement => ({
  names: ['CVE-2026-9'],
  status: 'notAffected',
  statedAt: `2100-05-01T${hour}:00:00.000Z`,
  ...change,
});
const affected = { status: 'affected' } as const;
const fixed = { status: 'fixed' } as const;
const unsure = { status: 'underInvestigation' } as const;
const part = (purl: string) => ({
  products: [
    { name: purl, digests: [], repositories: [], subcomponents: [purl] },
  ],
});

/** The documents by their place, from 0. */
const superseded = (...documents: VexStatement[][]) => {
  const stated = new StatedVex(NOW);
  documents.forEach((statements, index) =>
    stated.add(`${index}`, { version: 1, statements, ignored: [] }),
  );
  return stated.firstSuperseded();
};

describe('a VEX document', () => {
  it.each<[string, VexStatement[][]]>([
    ['says the same later', [[at('09')], [at('10')]]],
    ['says later that it matters', [[at('09')], [at('10', affected)]]],
    [
      'says later that it matters still',
      [[at('09', affected)], [at('10', unsure)]],
    ],
    [
      'names the vulnerability in another order',
      [
        [at('09', { names: ['CVE-2026-9', 'GHSA-1'] })],
        [at('10', { names: ['GHSA-1', 'CVE-2026-9'] })],
      ],
    ],
    [
      'and a third one say it all later',
      [
        [at('09'), at('09', { names: ['CVE-2026-10'] })],
        [at('10')],
        [at('10', { names: ['CVE-2026-10'] })],
      ],
    ],
    ['says something at all', [[], [at('10')]]],
  ])('is superseded where another one %s', (_what, documents) => {
    expect(superseded(...documents)).toBe('0');
  });

  it.each<[string, VexStatement[][]]>([
    ['at the same time', [[at('09')], [at('09')]]],
    [
      'that it no longer matters, which something else may contradict',
      [[at('09', affected)], [at('10', fixed)]],
    ],
    ['of another vulnerability', [[at('09')], [at('10', { names: ['X'] })]]],
    [
      'of fewer names of it',
      [[at('09', { names: ['CVE-2026-9', 'GHSA-1'] })], [at('10')]],
    ],
    [
      'of another part of the image',
      [
        [at('09', part('pkg:npm/a@1'))],
        [at('10', part('pkg:npm/b@1'))],
        [at('10')],
      ],
    ],
    [
      'only in part',
      [[at('09'), at('09', { names: ['CVE-2026-10'] })], [at('10')]],
    ],
    ['at a time to come', [[at('09')], [at('13')]]],
    ['within itself', [[at('09'), at('10')]]],
  ])('counts beside what is stated %s', (_what, documents) => {
    expect(superseded(...documents)).toBeUndefined();
  });

  it('is chosen in the order of the documents', () => {
    expect(superseded([at('11')], [at('09')], [at('10')])).toBe('1');
  });
});
