import { TrustRoot } from 'backstage-plugin-supply-chain-common';
import { NotationAuthority } from 'sandbox';
import { readTrustStore } from './readTrustStore';
import { trustMaterialProblem } from './trustMaterialProblem';

const authority = NotationAuthority.create({
  now: new Date('2026-11-25T12:00:00Z'),
});
const [leaf, root] = authority.issueSigner('release');
const material = (content: string) => ({ content, source: 'acme.crt' });

describe('readTrustStore', () => {
  it('reads every certificate of every file', () => {
    const store = readTrustStore('ca:acme', [
      material(`${root.pem}${authority.timestampRoot.pem}`),
      material(root.pem),
    ]);
    expect(store).toEqual({
      ok: true,
      value: [root.der, authority.timestampRoot.der, root.der],
    });
  });

  it.each([
    ['a certificate that was issued for a signer', leaf.pem],
    ['such a certificate beside its root', `${root.pem}${leaf.pem}`],
    ['something that is no certificate', 'certificate'],
    ['a certificate that is damaged', root.pem.replace('MII', 'MIJ')],
  ])('refuses %s', (_what, content) => {
    expect(readTrustStore('ca:acme', [material(content)])).toEqual({
      ok: false,
      reason: 'trustStoreInvalid',
      message: expect.stringContaining('acme.crt'),
    });
  });

  it('is asked about every store when a trust root is loaded', () => {
    const rootOf = (pem: string): TrustRoot => ({
      name: 'acme',
      digest: 'sha256:0',
      warnings: [],
      spec: {
        type: 'notation',
        trustPolicy: { content: '{}', source: 'trustpolicy.json' },
        trustStores: {
          'ca:acme': [material(root.pem)],
          'tsa:acme': [material(pem)],
        },
      },
    });
    expect(
      trustMaterialProblem(rootOf(authority.timestampRoot.pem)),
    ).toBeUndefined();
    expect(trustMaterialProblem(rootOf(leaf.pem))).toMatchObject({
      reason: 'trustStoreInvalid',
    });
  });
});
