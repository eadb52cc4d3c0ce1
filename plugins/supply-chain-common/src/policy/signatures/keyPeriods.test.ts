import {
  check,
  keyRoot,
  NOW,
  signatures,
  sigstoreRoot,
  statement,
} from '../../testing/exampleFacts';
import { SignatureQuestion, signatureStatusFor } from './signatureStatusFor';

// cosign's public test key; the fingerprint is that of `openssl pkey -pubin -outform DER | sha256sum`.
const PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtZ7qglBlpVGKGyBWbME+ml25wrDW
MVLjdB7WwWTj5tojZD22ZPvMd4QivsgKggP788Bnx+EG+gOo4lf8k4JwQg==
-----END PUBLIC KEY-----
`;
const PEM_FINGERPRINT =
  'sha256:8914cbf777892e638e04e1ff9c543837580c35ca80dc0163ba3a38eb4e79079d';

function ask(overrides: Partial<SignatureQuestion> = {}) {
  return signatureStatusFor({
    policy: { trust: { type: 'any', of: ['release'] } },
    trustRoots: [keyRoot('release', 'pem')],
    signatures: [signatures([statement(check())])],
    now: NOW,
    ...overrides,
  });
}

describe('the period of a key', () => {
  const signer = { type: 'key', fingerprint: PEM_FINGERPRINT } as const;
  const root = (period: { notBefore?: string; notAfter?: string }) => {
    const trusted = keyRoot('release');
    return {
      ...trusted,
      spec: {
        ...trusted.spec,
        keys: [{ material: { content: PEM, source: 'cosign.pub' }, ...period }],
      },
    } as typeof trusted;
  };
  const signed = (signedAt?: string) => [
    signatures([statement(check({ signer, signedAt }))]),
  ];

  // prettier-ignore

  it.each<[string, Parameters<typeof root>[0], string | undefined, string]>([
    ['has not begun', { notBefore: '2026-12-01T00:00:00Z' }, undefined, 'expired'],
    ['is over', { notAfter: '2026-11-20T12:00:00Z' }, undefined, 'expired'],
    ['is now', { notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' }, undefined, 'verified'],
    ['is over and trusted time says that it signed before', { notAfter: '2026-11-20T12:00:00Z' }, '2026-11-01T00:00:00Z', 'verified'],
  ])('%s', (_condition, period, signedAt, status) => {
    expect(ask({ trustRoots: [root(period)], signatures: signed(signedAt) })).toMatchObject({ status });
  });

  it('changes the status when it ends', () => {
    const notAfter = '2026-11-20T18:00:00Z';
    expect(
      ask({ trustRoots: [root({ notAfter })], signatures: signed() })
        .nextChangeAt,
    ).toBe(notAfter);
  });

  // prettier-ignore

  it.each([
    ['not PEM', 'no key'],
    ['not base64', '-----BEGIN PUBLIC KEY-----A=A-----END PUBLIC KEY-----'],
  ])('is not applied to material that is %s', (_condition, content) => {
    expect(ask({ trustRoots: [keyRoot('release', content)] })).toMatchObject({
      status: 'verified',
    });
  });

  it('is not applied to a signer that is a key in a root of identities', () => {
    expect(
      ask({
        trustRoots: [sigstoreRoot('release', 'https://github.com/acme/**')],
      }),
    ).toMatchObject({ status: 'verified' });
  });
});
