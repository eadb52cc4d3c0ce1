import { codeSigningExtensions } from 'sandbox';
import {
  certificate,
  KEYS,
  rootCertificate,
  signerChain,
} from '../../__testUtils__/signing';
import { notationRoot, trustPolicy } from '../../__testUtils__/trustRoots';
import { compileNotationRoots } from './compileNotationRoot';

function problemOf(root: Parameters<typeof compileNotationRoots>[0][number]) {
  const [{ compiled }] = compileNotationRoots([root]);
  return compiled.ok ? undefined : compiled;
}

const root = rootCertificate();
const timestamps = (pem: string) =>
  notationRoot({ stores: { 'ca:acme': [root.pem], 'tsa:acme': [pem] } });

describe('compileNotationRoots', () => {
  it('leaves out roots that are about something else', () => {
    expect(
      compileNotationRoots([
        {
          name: 'keys',
          digest: 'sha256:0',
          warnings: [],
          spec: {
            type: 'keys',
            keys: [],
            transparencyLog: 'none',
            timestamps: 'none',
          },
        },
      ]),
    ).toEqual([]);
  });

  it('reads several certificates of one file, and of several', () => {
    const other = rootCertificate({ name: 'other' });
    const [{ compiled }] = compileNotationRoots([
      notationRoot({
        stores: { 'ca:acme': [`${root.pem}${other.pem}`, root.pem] },
      }),
    ]);
    expect(
      compiled.ok && compiled.value.trustStores.get('ca:acme'),
    ).toHaveLength(3);
  });

  it('gives what it gave before for the same content', () => {
    const document = notationRoot({ stores: { 'ca:acme': [root.pem] } });
    const [first] = compileNotationRoots([document]);
    const [second] = compileNotationRoots([document]);
    expect(second.compiled).toBe(first.compiled);
  });

  it('forgets the oldest of very many', () => {
    const document = notationRoot({ stores: { 'ca:acme': [root.pem] } });
    const [first] = compileNotationRoots([document]);
    compileNotationRoots(
      Array.from({ length: 256 }, (_, index) => ({
        ...document,
        digest: `sha256:${index}`,
      })),
    );
    expect(compileNotationRoots([document])[0].compiled).not.toBe(
      first.compiled,
    );
  });

  it.each<[string, string]>([
    ['is no certificate', 'x'],
    ['is damaged', root.pem.replace('MII', 'MIJ')],
    ['case 79: was issued for a signer', signerChain()[0].pem],
  ])('refuses a trust store whose certificate %s', (_condition, pem) => {
    expect(
      problemOf(notationRoot({ stores: { 'ca:acme': [pem] } })),
    ).toMatchObject({
      reason: 'trustStoreInvalid',
    });
  });

  it('case 79: refuses a store that holds a signer beside its root', () => {
    const pem = `${root.pem}${signerChain({ root })[0].pem}`;
    expect(
      problemOf(notationRoot({ stores: { 'ca:acme': [pem] } })),
    ).toMatchObject({
      reason: 'trustStoreInvalid',
    });
  });

  it('takes a signer that issued itself, but not as a timestamp authority', () => {
    const { pem } = certificate(codeSigningExtensions());
    expect(
      problemOf(notationRoot({ stores: { 'ca:acme': [pem] } })),
    ).toBeUndefined();
    expect(problemOf(timestamps(pem))).toMatchObject({
      reason: 'trustStoreInvalid',
    });
  });

  it('takes an intermediate authority, but not as a timestamp authority', () => {
    const { pem } = rootCertificate({ issuer: root, name: 'middle' });
    expect(
      problemOf(notationRoot({ stores: { 'ca:acme': [pem] } })),
    ).toBeUndefined();
    expect(problemOf(timestamps(pem))).toMatchObject({
      reason: 'trustStoreInvalid',
    });
  });

  it('refuses a certificate that nobody may have signed so', () => {
    const keys = KEYS['RSA of 2048 bits']();
    const { pem } = rootCertificate({ keys, hash: 'sha1' });
    expect(
      problemOf(notationRoot({ stores: { 'ca:acme': [pem] } })),
    ).toMatchObject({
      reason: 'trustStoreInvalid',
      message: expect.stringContaining('unsupportedAlgorithm'),
    });
  });

  it('refuses a trust policy that enforces revocation', () => {
    const policies = [
      trustPolicy({ signatureVerification: { level: 'strict' } }),
    ];
    expect(
      problemOf(notationRoot({ policies, stores: { 'ca:acme': [root.pem] } })),
    ).toMatchObject({ message: expect.stringContaining('revocation') });
  });
});
