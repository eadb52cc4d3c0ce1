import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TrustRoot, TrustRootSpec } from 'backstage-plugin-supply-chain-common';
import { PrivateSigstore } from 'sandbox';
import { fingerprintOf } from './readPublicKey';
import { dueExpiries, expiryStateOf } from './dueExpiries';
import { expiriesOf, TrustExpiry, TrustExpiryKind } from './expiriesOf';

const root = (spec: TrustRootSpec): TrustRoot => ({
  name: 'acme',
  spec,
  digest: 'sha256:00',
  warnings: [],
});
const material = (content: string) => ({ content, source: 'a file' });

describe('what of a trust root can end', () => {
  it('is each key, with its period', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const notAfter = '2027-01-01T00:00:00.000Z';
    const key = { kind: 'key', name: fingerprintOf(publicKey) };
    expect(
      expiriesOf(
        root({
          type: 'keys',
          keys: [
            { material: material(pem), notAfter },
            { material: material(pem) },
          ],
          transparencyLog: 'none',
          timestamps: 'none',
        }),
      ),
    ).toEqual([{ ...key, endsAt: notAfter }, key]);
  });

  it('is each authority and log of a trusted root, and the metadata that brought it', async () => {
    const sigstore = await PrivateSigstore.create();
    const trustedRoot = JSON.parse(JSON.stringify(sigstore.trustedRoot()));
    const tlogEnd = '2027-02-01T00:00:00.000Z';
    trustedRoot.tlogs[0].publicKey.validFor.end = tlogEnd;
    const expiresAt = '2026-12-01T00:00:00.000Z';
    const expiries = expiriesOf(
      root({
        type: 'sigstore',
        trustedRoot: {
          ...material(JSON.stringify(trustedRoot)),
          tuf: {
            mirror: 'https://tuf.acme.example',
            checkedAt: expiresAt,
            expiresAt,
          },
        },
        transparencyLog: 'required',
        timestamps: 'whenPresent',
        signedCertificateTimestamps: 'required',
        identities: [{ issuer: 'none', subject: 'x' }],
      }),
    );
    expect(expiries.map(({ kind }) => kind)).toEqual([
      'certificateAuthority',
      'timestampAuthority',
      'transparencyLog',
      'certificateLog',
      'tufMetadata',
    ]);
    expect(expiries[2]).toMatchObject({ endsAt: tlogEnd });
    expect(expiries[3].endsAt).toBeUndefined();
    expect(expiries[4]).toEqual({
      kind: 'tufMetadata',
      name: 'https://tuf.acme.example',
      endsAt: expiresAt,
    });
    // The certificates of the authorities end although their operator names no end.
    expect(expiries[0].endsAt).toMatch(/^20/);
  });

  // openssl x509 -noout -subject -enddate
  it('is each certificate of a trust store and of a pin', () => {
    const pem = readFileSync(
      require.resolve('./__fixtures__/two-authorities.pem'),
      'utf8',
    );
    const certificates = [
      { name: 'CN=Acme CA 1, O=Acme', endsAt: '2036-01-01T00:00:00.000Z' },
      { name: 'CN=Acme CA 2', endsAt: '2026-12-15T00:00:00.000Z' },
    ];
    const of = (kind: TrustExpiryKind) =>
      certificates.map(each => ({ kind, ...each }));
    expect(
      expiriesOf(
        root({
          type: 'notation',
          trustPolicy: material('{}'),
          trustStores: { 'ca:acme': [material(pem)] },
        }),
      ),
    ).toEqual(of('trustStoreCertificate'));
    expect(
      expiriesOf(
        root({
          type: 'contentTrust',
          server: 'https://notary.acme.example',
          trustOnFirstUse: false,
          pins: [
            { images: '**', type: 'rootKeyIds', rootKeyIds: ['00'] },
            {
              images: 'a/**',
              type: 'certificateAuthority',
              certificateAuthority: material(pem),
            },
          ],
        }),
      ),
    ).toEqual(of('pinnedAuthority'));
  });

  it('leaves out what cannot be read', () => {
    const broken = material(
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    );
    expect(
      expiriesOf(
        root({
          type: 'notation',
          trustPolicy: material('{}'),
          trustStores: { 'ca:acme': [broken, material('')] },
        }),
      ),
    ).toEqual([]);
    expect(
      expiriesOf(
        root({
          type: 'keys',
          keys: [{ material: broken }],
          trustedRoot: broken,
          transparencyLog: 'required',
          timestamps: 'none',
        }),
      ),
    ).toEqual([]);
  });
});

describe('what is due', () => {
  const now = new Date('2026-12-01T00:00:00Z');
  const at = (
    kind: TrustExpiryKind,
    endsAt: string | undefined,
  ): TrustExpiry => ({ kind, name: endsAt ?? 'endless', endsAt });
  const SOON = '2026-12-31T00:00:00.000Z';
  const LATER = '2026-12-31T00:00:00.001Z';
  const JUST_ENDED = '2026-12-01T00:00:00.000Z';
  const LONG_ENDED = '2026-11-01T00:00:00.000Z';

  it.each<[string, TrustExpiry[], string[]]>([
    ['without an end', [at('key', undefined)], []],
    ['31 days before the end', [at('key', LATER)], []],
    ['30 days before the end', [at('key', SOON)], [SOON]],
    ['at the end', [at('key', JUST_ENDED)], [JUST_ENDED]],
    [
      'long after the end of the only one',
      [at('key', LONG_ENDED)],
      [LONG_ENDED],
    ],
    [
      'soon after the end of one of two keys',
      [at('key', JUST_ENDED), at('key', LATER)],
      [JUST_ENDED],
    ],
    [
      'long after the end of one of two keys',
      [at('key', LONG_ENDED), at('key', undefined)],
      [],
    ],
    [
      'before the end of an authority that another follows',
      [at('certificateAuthority', SOON), at('certificateAuthority', LATER)],
      [],
    ],
    [
      'before the end of an authority beside a log that lasts',
      [at('certificateAuthority', SOON), at('transparencyLog', LATER)],
      [SOON],
    ],
    ['before the end of TUF metadata', [at('tufMetadata', SOON)], []],
    [
      'after the end of TUF metadata',
      [at('tufMetadata', JUST_ENDED)],
      [JUST_ENDED],
    ],
  ])('%s', (_, expiries, due) => {
    expect(dueExpiries(expiries, now).map(({ name }) => name)).toEqual(due);
  });

  it('stands where its end says', () => {
    expect(
      [LATER, SOON, JUST_ENDED, undefined].map(endsAt =>
        expiryStateOf(at('key', endsAt), now),
      ),
    ).toEqual(['lasting', 'ending', 'ended', 'lasting']);
  });
});
