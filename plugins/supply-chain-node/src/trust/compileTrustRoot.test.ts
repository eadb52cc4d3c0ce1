import {
  createHash,
  generateKeyPairSync,
  KeyObject,
  X509Certificate,
} from 'node:crypto';
import { X509Certificate as LibraryCertificate } from '@sigstore/core';
import {
  IdentityPattern,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';
import { PrivateSigstore } from 'sandbox';
import { compileTrustRoot, SigstoreTrustRoot } from './compileTrustRoot';
import { readPublicKey } from './readPublicKey';
import { readTrustedRoot } from './readTrustedRoot';
import { RememberingCertificate } from './RememberingCertificate';

function pemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function root(spec: SigstoreTrustRoot['spec']): SigstoreTrustRoot {
  const digest = createHash('sha256')
    .update(JSON.stringify(spec))
    .digest('hex');
  return { name: 'acme', spec, digest: `sha256:${digest}`, warnings: [] };
}

function keys(
  pem: string,
  overrides: Partial<Extract<TrustRootSpec, { type: 'keys' }>> = {},
): SigstoreTrustRoot {
  return root({
    type: 'keys',
    keys: [{ material: { content: pem, source: 'cosign.pub' } }],
    transparencyLog: 'none',
    timestamps: 'none',
    ...overrides,
  });
}

const identity: IdentityPattern = {
  issuer: 'https://issuer.acme.example',
  subject: { glob: 'https://ci.acme.example/acme/*' },
};

function sigstore(
  content: string,
  identities: IdentityPattern[] = [identity],
): SigstoreTrustRoot {
  return root({
    type: 'sigstore',
    trustedRoot: { content, source: 'trusted_root.json' },
    transparencyLog: 'required',
    timestamps: 'required',
    signedCertificateTimestamps: 'required',
    identities,
  });
}

const p256 = pemOf(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
);

describe('readPublicKey', () => {
  it.each<[string, KeyObject]>([
    ['rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
    [
      'ecdsa-p256',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
    ],
    [
      'ecdsa-p384',
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey,
    ],
    [
      'ecdsa-p521',
      generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey,
    ],
    ['ed25519', generateKeyPairSync('ed25519').publicKey],
  ])('reads %s', (algorithm, publicKey) => {
    const der = publicKey.export({ type: 'spki', format: 'der' });
    expect(readPublicKey(pemOf(publicKey))).toMatchObject({
      ok: true,
      value: {
        algorithm,
        fingerprint: `sha256:${createHash('sha256').update(der).digest('hex')}`,
      },
    });
  });

  it.each<[string, string]>([
    [
      'is RSA of 1024 bits',
      pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey),
    ],
    [
      'is on another curve',
      pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey),
    ],
    ['cannot sign', pemOf(generateKeyPairSync('x25519').publicKey)],
    [
      'is a private key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    ],
    ['is followed by another', p256 + p256],
    ['is no PEM', 'x'],
    ['is damaged', p256.replace(/MFkwEwYH/, 'AAAAAAAA')],
  ])('refuses a key that %s', (_condition, pem) => {
    expect(readPublicKey(pem)).toMatchObject({
      ok: false,
      reason: 'keyUnreadable',
    });
  });
});

describe('readTrustedRoot', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- broken in every way
  let trustedRoot: any;

  beforeAll(async () => {
    trustedRoot = (await PrivateSigstore.create()).trustedRoot();
  });

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- broken in every way
  function changed(change: (copy: any) => void): string {
    const copy = JSON.parse(JSON.stringify(trustedRoot));
    change(copy);
    return JSON.stringify(copy);
  }

  it('reads a complete one', () => {
    const result = readTrustedRoot(JSON.stringify(trustedRoot));
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value.tlogs).toHaveLength(1);
  });

  it('verifies each step of its chains once', () => {
    const result = readTrustedRoot(JSON.stringify(trustedRoot));
    const [leaf, issuer] = result.ok
      ? result.value.timestampAuthorities[0].certChain
      : [];
    const verify = jest.spyOn(X509Certificate.prototype, 'verify');
    expect(leaf.verify(issuer)).toBe(true);
    expect(leaf.verify(issuer)).toBe(true);
    expect(issuer.verify()).toBe(true);
    const other = result.ok
      ? result.value.certificateAuthorities[0].certChain[0]
      : leaf;
    expect(leaf.verify(other)).toBe(false);
    expect(verify).toHaveBeenCalledTimes(3);
    verify.mockRestore();
  });

  it('says the same of its certificates as the library does', () => {
    const [leaf, issuer] =
      trustedRoot.timestampAuthorities[0].certChain.certificates.map(
        ({ rawBytes }: { rawBytes: string }) => Buffer.from(rawBytes, 'base64'),
      );
    const ours = RememberingCertificate.fromDer(leaf);
    const theirs = LibraryCertificate.parse(issuer);
    const other = LibraryCertificate.parse(
      Buffer.from(
        trustedRoot.certificateAuthorities[0].certChain.certificates[0]
          .rawBytes,
        'base64',
      ),
    );
    expect(ours.verify(theirs)).toBe(true);
    expect(ours.verify(other)).toBe(false);
    expect(ours.equals(LibraryCertificate.parse(leaf))).toBe(true);
    expect(ours.equals(theirs)).toBe(false);
    expect(ours.equals(RememberingCertificate.fromDer(leaf))).toBe(true);
    expect(ours.clone().root.toDER()).toEqual(leaf);
    expect(ours.der).toEqual(leaf);
  });

  /* eslint-disable @typescript-eslint/no-explicit-any -- broken in every way */
  it.each<[string, (copy: any) => void]>([
    [
      'a log has no start of validity',
      copy => delete copy.tlogs[0].publicKey.validFor.start,
    ],
    ['a log has no validity', copy => delete copy.tlogs[0].publicKey.validFor],
    [
      'a certificate log has no start of validity',
      copy => delete copy.ctlogs[0].publicKey.validFor.start,
    ],
    [
      'an authority has no start of validity',
      copy => delete copy.certificateAuthorities[0].validFor.start,
    ],
    [
      'a timestamp authority has no validity',
      copy => delete copy.timestampAuthorities[0].validFor,
    ],
    [
      'an authority has no certificates',
      copy => {
        copy.certificateAuthorities[0].certChain.certificates = [];
      },
    ],
    [
      'a certificate is none',
      copy => {
        copy.certificateAuthorities[0].certChain.certificates[0].rawBytes =
          'AAAA';
      },
    ],
    ['a log has no key', copy => delete copy.tlogs[0].publicKey.rawBytes],
    ['a log has no id', copy => delete copy.tlogs[0].logId],
    ['a log stands twice', copy => copy.tlogs.push(copy.tlogs[0])],
    [
      'a certificate log stands twice',
      copy => copy.ctlogs.push(copy.ctlogs[0]),
    ],
    [
      'a log has the id of another key',
      copy => {
        copy.tlogs[0].logId.keyId = Buffer.alloc(32).toString('base64');
      },
    ],
    [
      'a log has a weak key',
      copy => {
        const { publicKey } = generateKeyPairSync('rsa', {
          modulusLength: 1024,
        });
        copy.tlogs[0].publicKey.rawBytes = publicKey
          .export({ type: 'spki', format: 'der' })
          .toString('base64');
      },
    ],
    [
      'it has another media type',
      copy => {
        copy.mediaType = 'application/json';
      },
    ],
  ])('refuses it when %s', (_condition, change) => {
    expect(readTrustedRoot(changed(change))).toMatchObject({
      ok: false,
      reason: 'trustedRootUnreadable',
    });
  });
  /* eslint-enable @typescript-eslint/no-explicit-any */

  it.each(['', '[]', 'null', '{"mediaType":"a","mediaType":"b"}'])(
    'refuses a document that is no trusted root: %s',
    content => {
      expect(readTrustedRoot(content)).toMatchObject({ ok: false });
    },
  );

  describe('in compileTrustRoot', () => {
    it('is compiled once for each content', () => {
      const document = sigstore(JSON.stringify(trustedRoot));
      const compiled = compileTrustRoot(document);
      expect(compiled).toMatchObject({ ok: true, value: { type: 'sigstore' } });
      expect(compileTrustRoot({ ...document })).toBe(compiled);
    });

    it('is shared by roots that differ in identities only', () => {
      const content = JSON.stringify(trustedRoot);
      const [one, other] = [
        compileTrustRoot(sigstore(content)),
        compileTrustRoot(sigstore(content, [{ ...identity, subject: 'x' }])),
      ].map(
        each =>
          each.ok && each.value.type === 'sigstore' && each.value.materialId,
      );
      expect(one).toBe(other);
    });

    it('is refused with what is wrong and where', () => {
      expect(compileTrustRoot(sigstore('{'))).toMatchObject({
        ok: false,
        reason: 'trustedRootUnreadable',
        message: expect.stringMatching(/^trusted_root\.json: /),
      });
    });

    it.each<[string, IdentityPattern[], string]>([
      [
        'a pattern is none',
        [{ ...identity, subject: { regexp: '(' } }],
        'patternInvalid',
      ],
      [
        'a pattern of an extension is none',
        [{ ...identity, extensions: { runnerEnvironment: { regexp: '[' } } }],
        'patternInvalid',
      ],
      ['there are no identities', [], 'documentValueInvalid'],
    ])('is refused when %s', (_condition, identities, reason) => {
      expect(
        compileTrustRoot(sigstore(JSON.stringify(trustedRoot), identities)),
      ).toMatchObject({ ok: false, reason });
    });

    it('gives keys the log they need', () => {
      const material = {
        content: JSON.stringify(trustedRoot),
        source: 'trusted_root.json',
      };
      const compiled = compileTrustRoot(
        keys(p256, { transparencyLog: 'required', trustedRoot: material }),
      );
      expect(compiled).toMatchObject({
        ok: true,
        value: { authorities: { tlogs: [expect.anything()] } },
      });
      expect(
        compileTrustRoot(keys(p256, { timestamps: 'whenPresent' })),
      ).toMatchObject({ ok: false, reason: 'documentValueInvalid' });
    });
  });
});

describe('compileTrustRoot of keys', () => {
  it('reads the period of a key', () => {
    const compiled = compileTrustRoot(
      keys(p256, {
        keys: [
          {
            material: { content: p256, source: 'cosign.pub' },
            notBefore: '2026-01-01T00:00:00Z',
            notAfter: '2027-01-01T00:00:00Z',
          },
        ],
      }),
    );
    expect(compiled).toMatchObject({
      ok: true,
      value: {
        keys: [
          {
            notBefore: new Date('2026-01-01T00:00:00Z'),
            notAfter: new Date('2027-01-01T00:00:00Z'),
          },
        ],
      },
    });
  });

  it.each<[string, SigstoreTrustRoot, string]>([
    [
      'one key of two is weak',
      keys('', {
        keys: [p256, 'x'].map(content => ({
          material: { content, source: 'cosign.pub' },
        })),
      }),
      'keyUnreadable',
    ],
    ['there is none', keys('', { keys: [] }), 'documentValueInvalid'],
    [
      'a period is no time',
      keys('', {
        keys: [
          {
            material: { content: p256, source: 'cosign.pub' },
            notAfter: 'soon',
          },
        ],
      }),
      'documentValueInvalid',
    ],
  ])('is refused when %s', (_condition, document, reason) => {
    expect(compileTrustRoot(document)).toMatchObject({ ok: false, reason });
  });

  it('forgets the oldest when there are very many', () => {
    const document = keys(p256, { timestamps: 'none' });
    const first = compileTrustRoot({ ...document, digest: 'first' });
    for (let count = 0; count < 256; count += 1) {
      compileTrustRoot({ ...document, digest: String(count) });
    }
    expect(compileTrustRoot({ ...document, digest: 'first' })).not.toBe(first);
  });
});
