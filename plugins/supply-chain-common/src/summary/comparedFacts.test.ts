import { comparedFacts, FactsToCompare } from './comparedFacts';

const SIGNER = {
  trustRoot: 'acme-ci',
  scheme: 'cosign',
  signer: 'https://github.com/acme/web/release.yml@refs/tags/v1',
  identity: 'acme release workflow',
} as const;

const PROVENANCE = {
  status: 'verified',
  level: 2,
  levelReasons: [],
  builder: 'https://github.com/acme/builder@v1',
  source: 'https://github.com/acme/web',
  commit: 'aa',
} as const;

const IMAGE: FactsToCompare = {
  signature: { status: 'verified', placesSearched: 1 },
  signers: [SIGNER],
  provenance: PROVENANCE as never,
  base: { name: 'docker.io/library/alpine:3.20', digest: 'sha256:aa' as never },
};

const resultsOf = (before: FactsToCompare, after: FactsToCompare) =>
  Object.fromEntries(
    comparedFacts(before, after).map(({ id, result }) => [id, result]),
  );

describe('comparedFacts', () => {
  it('finds an image the same as itself', () => {
    expect(resultsOf(IMAGE, IMAGE)).toEqual({
      signature: 'same',
      signer: 'same',
      trustRoot: 'same',
      provenance: 'same',
      builder: 'same',
      source: 'same',
      commit: 'same',
      baseImage: 'same',
      baseDigest: 'same',
    });
  });

  it('takes the next release by the same signer and builder for the same', () => {
    const [{ after, ...signer }] = comparedFacts(IMAGE, {
      ...IMAGE,
      signers: [{ ...SIGNER, signer: SIGNER.signer.replace('v1', 'v2') }],
    }).filter(({ id }) => id === 'signer');
    expect(signer.result).toBe('same');
    expect(after).not.toEqual(signer.before);
    expect(
      resultsOf(IMAGE, {
        ...IMAGE,
        provenance: {
          ...PROVENANCE,
          builder: 'https://github.com/acme/builder@v2',
          source: 'https://github.com/acme/web.git',
          commit: 'BB',
        } as never,
      }),
    ).toMatchObject({ builder: 'same', source: 'same', commit: 'different' });
  });

  it('tells another signer, and does not mind their order', () => {
    const other = { ...SIGNER, identity: 'stranger', signer: 'stranger' };
    const both = { ...IMAGE, signers: [other, SIGNER] };
    expect(resultsOf(IMAGE, both)).toMatchObject({ signer: 'different' });
    expect(
      resultsOf({ ...IMAGE, signers: [SIGNER, other] }, both),
    ).toMatchObject({ signer: 'same', trustRoot: 'same' });
  });

  it('lets a claim show a difference, and prove nothing alike (L8)', () => {
    const claimed = {
      ...IMAGE,
      provenance: { ...PROVENANCE, status: 'claimed', commit: 'bb' } as never,
    };
    const facts = comparedFacts(IMAGE, claimed);
    const of = (wanted: string) => facts.find(({ id }) => id === wanted);
    expect(of('builder')).toMatchObject({
      result: 'unknown',
      claimed: ['after'],
    });
    expect(of('commit')).toMatchObject({ result: 'different' });
    expect(comparedFacts(claimed, claimed)).toContainEqual(
      expect.objectContaining({
        id: 'builder',
        result: 'unknown',
        claimed: ['before', 'after'],
      }),
    );
  });

  it('cannot tell what only one says, and leaves out what neither does', () => {
    expect(resultsOf({ signature: IMAGE.signature }, IMAGE)).toMatchObject({
      signature: 'same',
      signer: 'unknown',
      baseImage: 'unknown',
    });
    expect(comparedFacts({}, {})).toEqual([]);
    expect(
      resultsOf(
        { provenance: { ...PROVENANCE, source: 'no address' } as never },
        { provenance: { ...PROVENANCE, source: 'no address' } as never },
      ),
    ).toMatchObject({ source: 'same' });
  });
});
