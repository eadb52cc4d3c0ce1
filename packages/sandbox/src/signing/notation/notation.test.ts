import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { OciRegistryServer } from '../../registry';
import { keyUsage } from './certificateExtensions';
import { CborMap, CborTag, encodeCbor } from './cbor';
import { derBits, derInteger, derOid, derTime } from './der';
import { issueCertificate } from './issueCertificate';
import { NotationAuthority } from './NotationAuthority';
import { publishNotationSignature } from './publishNotationSignature';
import { signForNotation } from './signForNotation';

const NOW = new Date('2026-11-25T12:00:00Z');
const TARGET = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: `sha256:${'ab'.repeat(32)}`,
  size: 561,
};

const hex = (bytes: Buffer) => bytes.toString('hex');

describe('DER', () => {
  // Goldens by `openssl asn1parse` and the examples of ITU-T X.690.
  it.each([
    ['a number', derInteger(0), '020100'],
    ['a number whose first bit is set', derInteger(128), '02020080'],
    ['an object identifier', derOid('1.2.840.113549'), '06062a864886f70d'],
    ['bits', derBits(Buffer.from([0x80]), 7), '03020780'],
    ['a time', derTime(NOW), '170d3236313132353132303030305a'],
    [
      'a time after 2049',
      derTime(new Date('2050-01-01T00:00:00Z')),
      '180f32303530303130313030303030305a',
    ],
  ])('writes %s', (_what, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  it.each([
    ['one bit', keyUsage(['digitalSignature']), '03020780'],
    ['two bits', keyUsage(['keyCertSign', 'cRLSign']), '03020106'],
    ['the ninth bit', keyUsage(['decipherOnly']), '0303070080'],
  ])('writes a key usage of %s', (_what, { value }, expected) => {
    expect(hex(value)).toBe(expected);
  });
});

describe('CBOR', () => {
  // https://www.rfc-editor.org/rfc/rfc8949#appendix-A
  it.each([
    ['a number', 23, '17'],
    ['a number of two bytes', 100, '1864'],
    ['a number of three bytes', 1000, '1903e8'],
    ['a number of five bytes', 1000000, '1a000f4240'],
    ['a negative number', -100, '3863'],
    ['bytes', Buffer.from('01020304', 'hex'), '4401020304'],
    ['a text', 'IETF', '6449455446'],
    ['a list', [1, [2, 3]], '8201820203'],
    ['a map', new CborMap([['a', 1]]), 'a1616101'],
    ['a tagged value', new CborTag(1, 1363896240), 'c11a514b67b0'],
  ])('writes %s', (_what, value, expected) => {
    expect(hex(encodeCbor(value))).toBe(expected);
  });
});

describe('NotationAuthority', () => {
  const authority = NotationAuthority.create({ now: NOW });

  it('issues certificates that Node reads and that its root verifies', () => {
    const [leaf, root] = authority
      .issueSigner('release')
      .map(({ der }) => new X509Certificate(der));
    expect(leaf.subject).toBe('C=US\nST=WA\nO=Acme\nCN=release');
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect([root.ca, leaf.ca]).toEqual([true, false]);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.3']);
    expect(new Date(leaf.validFrom).getTime()).toBeLessThan(NOW.getTime());
    expect(new Date(leaf.validTo).getTime()).toBeGreaterThan(NOW.getTime());
  });

  it('issues certificates of whatever is asked for', () => {
    const { der } = issueCertificate({
      subject: [['1.2.3.4', 'x']],
      notBefore: NOW,
      notAfter: NOW,
      extensions: [],
      hash: 'sha1',
    });
    expect(new X509Certificate(der).validTo).toContain('Nov 25');
  });

  it('stamps bytes', () => {
    const token = authority.timestamp(Buffer.from('signature'), NOW);
    const imprint = createHash('sha256').update('signature').digest();
    expect(token.includes(imprint)).toBe(true);
    expect(token.includes(Buffer.from('20261125120000Z'))).toBe(true);
  });
});

describe('signForNotation', () => {
  const authority = NotationAuthority.create({ now: NOW });
  const chain = authority.issueSigner('release');
  const options = { chain, target: TARGET, signingTime: NOW };
  const key = {
    key: chain[0].publicKey,
    dsaEncoding: 'ieee-p1363' as const,
    padding: constants.RSA_PKCS1_PSS_PADDING,
  };

  it('makes a JWS whose parts are what the specification says', () => {
    const jws = JSON.parse(
      signForNotation({ ...options, format: 'jws' }).toString(),
    );
    const read = (text: string) =>
      JSON.parse(Buffer.from(text, 'base64url').toString());
    expect(Object.keys(jws)).toEqual([
      'payload',
      'protected',
      'header',
      'signature',
    ]);
    expect(read(jws.payload)).toEqual({ targetArtifact: TARGET });
    expect(read(jws.protected)).toEqual({
      alg: 'ES256',
      crit: ['io.cncf.notary.signingScheme'],
      cty: 'application/vnd.cncf.notary.payload.v1+json',
      'io.cncf.notary.signingScheme': 'notary.x509',
      'io.cncf.notary.signingTime': '2026-11-25T12:00:00Z',
    });
    const signed = Buffer.from(`${jws.protected}.${jws.payload}`);
    const signature = Buffer.from(jws.signature, 'base64url');
    expect(
      verify(
        'sha256',
        signed,
        { key: key.key, dsaEncoding: key.dsaEncoding },
        signature,
      ),
    ).toBe(true);
  });

  it('makes a tagged COSE_Sign1', () => {
    const cose = signForNotation({ ...options, format: 'cose' });
    expect(hex(cose.subarray(0, 3))).toBe('d28458');
    expect(cose.includes('io.cncf.notary.signingScheme')).toBe(true);
    expect(cose.includes(chain[0].der)).toBe(true);
  });

  it('marks what a signing authority says, and an end, as critical', () => {
    const jws = JSON.parse(
      signForNotation({
        ...options,
        format: 'jws',
        scheme: 'notary.x509.signingAuthority',
        expiry: new Date('2026-12-01T00:00:00Z'),
      }).toString(),
    );
    const { crit } = JSON.parse(
      Buffer.from(jws.protected, 'base64url').toString(),
    );
    expect(crit).toEqual([
      'io.cncf.notary.signingScheme',
      'io.cncf.notary.authenticSigningTime',
      'io.cncf.notary.expiry',
    ]);
  });
});

describe('publishNotationSignature', () => {
  it('pushes a manifest that refers to the image, in either form', async () => {
    const registry = await OciRegistryServer.start();
    const chain = NotationAuthority.create({ now: NOW }).issueSigner('release');
    const publish = (form: 'artifactType' | 'config') =>
      publishNotationSignature({
        registry,
        repository: 'shop/web',
        subject: TARGET,
        format: 'cose',
        envelope: Buffer.from('envelope'),
        chain,
        createdAt: NOW,
        form,
      });
    const digests = [publish('artifactType'), publish('config')];
    const answer = await fetch(
      `http://${registry.host}/v2/shop/web/referrers/${TARGET.digest}`,
    );
    const { manifests } = (await answer.json()) as {
      manifests: { digest: string; artifactType: string }[];
    };
    await registry.stop();
    expect(manifests.map(({ digest }) => digest).sort()).toEqual(
      digests.sort(),
    );
    manifests.forEach(({ artifactType }) =>
      expect(artifactType).toBe('application/vnd.cncf.notary.signature'),
    );
  });
});
