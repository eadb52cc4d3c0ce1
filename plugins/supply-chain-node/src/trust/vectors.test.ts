import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readPublicKey } from './readPublicKey';
import { readTrustedRoot } from './readTrustedRoot';

// Trusted roots and public keys in the test data of sigstore-go, sigstore-python and cosign.
const FOLDER =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');
const FOLDERS = [
  'sigstore-go/examples',
  'sigstore-go/pkg/testing/data/public-keys',
  'sigstore-go/pkg/testing/data/trusted-roots',
  'sigstore-python/test/assets/staging-tuf/targets',
  'sigstore-python/test/assets/trust_config',
  'sigstore-python/test/assets/trusted_root',
  'sigstore-python/test/assets/tsa',
  'cosign-upstream/pkg/cosign/testdata',
];

/** `good`, or what the refusal says. */
type Expected = 'good' | RegExp;

const TRUSTED_ROOTS: [name: string, expected: Expected][] = [
  ['trusted-root-public-good.json', 'good'],
  ['public-good.json', 'good'],
  ['public-key-validity.json', 'good'],
  ['scaffolding.json', 'good'],
  ['trusted_root_pgi.json', 'good'],
  ['.trusted_root.json', 'good'],
  ['trustedroot.v1.json', 'good'],
  ['trustedroot.v1.local_tlog_ed25519_rekor-tiles.json', 'good'],
  ['trustedroot.badtype.json', /media type .* "bad-media-type"/],
];

/** Authorities alone; each is put into a trusted root that holds nothing else. */
const AUTHORITIES: [name: string, expected: Expected][] = [
  ['certificate_authority.json', 'good'],
  [
    'certificate_authority.empty.json',
    /"certificateAuthorities\[0\]\.certChain\.certificates" is empty/,
  ],
  // Trust begins with what the trust root holds, whoever issued that.
  ['certificate_authority.missingroot.json', 'good'],
  ['tsa/ca.json', 'good'],
];

const PUBLIC_KEYS: [name: string, expected: string | RegExp][] = [
  ['publish_key.pub', 'ecdsa-p256'],
  ['public-key-validity.pem', 'ecdsa-p256'],
  ['.rekor.pub', 'ecdsa-p256'],
  ['.ctfe_2022_2.pub', 'ecdsa-p256'],
  ['testdata/google', 'rsa'],
  // DER; a document holds PEM.
  [
    'testdata/letsencrypt-testflume-2021',
    /expected one PEM block "PUBLIC KEY"/,
  ],
  // Stricter than cosign, which reads PKCS #1 too; `cosign generate-key-pair` never writes it.
  ['testdata/rsa', /expected one PEM block "PUBLIC KEY"/],
];

const LEFT_OUT: [RegExp, string][] = [
  [
    /bundle|\.sigstore\.json$/,
    'bundles and what they sign: publicBundles.test.ts',
  ],
  [
    /statement-provenance/,
    'a statement, of the kind publicBundles.test.ts reads',
  ],
  [
    /trust_config/,
    'configuration of a client around a trusted root; no trust root names such a file',
  ],
  [/signing_config/, 'addresses to sign at'],
  [
    /issue1482/,
    'a timestamp over a text; every timestamp here is one over a signature',
  ],
  [
    /\.crt\.pem$/,
    'authorities of an older client, without periods; they stand in its trusted root too',
  ],
];

if (!existsSync(join(FOLDER, 'sigstore-go'))) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(existsSync(FOLDER)).toBe(true);
  });
} else {
  const files = FOLDERS.flatMap(folder =>
    readdirSync(join(FOLDER, folder), { withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => `${folder}/${entry.name}`),
  );
  const find = (name: string) => {
    const found = files.filter(file =>
      file.endsWith(/^[.]|\//.test(name) ? name : `/${name}`),
    );
    expect(found).toHaveLength(1);
    return found[0];
  };
  const read = (name: string) => readFileSync(join(FOLDER, find(name)), 'utf8');
  const judge = (document: string) => {
    const root = readTrustedRoot(document);
    return root.ok ? 'good' : root.message;
  };

  describe('trusted roots of the clients of Sigstore', () => {
    it.each(TRUSTED_ROOTS)('%s: %s', (name, expected) => {
      expect(judge(read(name))).toMatch(expected);
    });

    it.each(TRUSTED_ROOTS.filter(([, expected]) => expected === 'good'))(
      '%s is read to its end',
      name => {
        const root = readTrustedRoot(read(name));
        const written = JSON.parse(read(name));
        for (const list of [
          'tlogs',
          'ctlogs',
          'certificateAuthorities',
          'timestampAuthorities',
        ] as const) {
          expect(root.ok && root.value[list]).toHaveLength(
            written[list]?.length ?? 0,
          );
        }
      },
    );

    it.each(AUTHORITIES)('an authority of %s: %s', (name, expected) => {
      const document = JSON.stringify({
        mediaType: JSON.parse(read('trustedroot.v1.json')).mediaType,
        certificateAuthorities: [
          // That of timestamps has no period of its own.
          {
            validFor: { start: '2024-01-01T00:00:00Z' },
            ...JSON.parse(read(name)),
          },
        ],
      });
      expect(judge(document)).toMatch(expected);
    });
  });

  it.each(PUBLIC_KEYS)('the public key %s: %s', (name, expected) => {
    const key = readPublicKey(read(name));
    expect(key.ok ? key.value.algorithm : key.message).toMatch(expected);
  });

  it('leaves out no file without a reason', () => {
    const covered = [...TRUSTED_ROOTS, ...AUTHORITIES, ...PUBLIC_KEYS].map(
      ([name]) => find(name),
    );
    const left = files.filter(
      file =>
        !covered.includes(file) &&
        !LEFT_OUT.some(([pattern]) => pattern.test(file)),
    );
    expect(left).toEqual([]);
  });
}
