import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { ReasonCode, TrustCheck } from 'backstage-plugin-supply-chain-common';
import { readTrustStore } from 'backstage-plugin-supply-chain-node/trust';
import { notationRoot, trustPolicy } from '../__testUtils__/trustRoots';
import { vectorFolder } from '../__testUtils__/vectors';
import { compileNotationRoots, verifyEnvelope } from '../verify';
import { readEnvelope } from '../verify/soundEnvelope';
import { parseTimestampToken } from '../verify/timestamp/parseTimestampToken';
import { verifyTimestamp } from '../verify/timestamp/verifyTimestamp';
import { Certificate } from '../verify/x509/Certificate';

// Test data of notation-go and notation-core-go. What each file is, is in its name and in the tests of those projects.
const folder = vectorFolder('notation');

type Verdict = [TrustCheck['status'], ReasonCode?];

const VERIFIED: Verdict = ['verified', undefined];
const EXPIRED: Verdict = ['expired', 'signatureExpired'];
const NOT_VALID_THEN: Verdict = ['expired', 'certificateNotValidAtSigning'];
const PLUGIN: Verdict = ['invalid', 'pluginRequired'];
const MALFORMED: Verdict = ['invalid', 'malformedEnvelope'];

/** What is expected of each envelope by a trust root that holds the root of its own chain. */
const ENVELOPES: Record<string, Verdict> = {
  'ca_valid_sig_env.json': VERIFIED,
  'sa_valid_sig_env.json': VERIFIED,
  'sig_env_with_metadata.json': VERIFIED,
  'cose_signature.sig': VERIFIED,
  'jws_signature.sig': VERIFIED,
  'ca_expired_sig_env.json': EXPIRED,
  'sa_expired_sig_env.json': EXPIRED,
  'ca_invalid_sig_env.json': MALFORMED,
  'sa_invalid_sig_env.json': MALFORMED,
  'ca_plugin_sig_env.json': PLUGIN,
  'sa_plugin_sig_env.json': PLUGIN,
  'coseExpiredWithTimestamp.sig': VERIFIED,
  'coseWithTimestamp.sig': VERIFIED,
  'jwsExpiredWithTimestamp.sig': VERIFIED,
  'jwsWithTimestamp.sig': VERIFIED,
  'timestampAfterNotAfter.sig': NOT_VALID_THEN,
  'timestampBeforeNotBefore.sig': NOT_VALID_THEN,
  'withoutTimestamp.sig': ['invalid', 'timestampMissing'],
};

/** The client accepts these with a plugin of the version they ask for; no plugin runs here. */
const WITH_PLUGIN = /^ca_(?:in)?compatible_pluginver_sig_env_/;

/** Trust stores by whether they may be used. */
const TRUST_STORES: Record<string, boolean> = {
  'ca/valid-trust-store': true,
  'ca/valid-trust-store-2': true,
  'ca/valid-trust-store-self-signed': true,
  'signingAuthority/valid-trust-store': true,
  'signingAuthority/valid-trust-store-2': true,
  'tsa/test-timestamp': true,
  'tsa/test-mismatch': true,
  'ca/trust-store-with-leaf-certs': false,
  'ca/trust-store-with-leaf-certs-in-single-file': false,
  'ca/trust-store-with-invalid-certs': false,
  'tsa/test-nonCA': false,
  'tsa/test-nonSelfIssued': false,
};

/** Files that no test here is about, and why. */
const LEFT_OUT: [RegExp, string][] = [
  [/LICENSE|ORIGIN\.md/, 'no test data'],
  [/revocation\/crl/, 'revocation is not looked at'],
  [/oci-layout/, 'an image layout; the registry client is tested elsewhere'],
  [
    /SYMLINK|symlinks/,
    'links in folders; the loader of documents follows none out of theirs',
  ],
  [
    /trust-store-with-directories/,
    'folders in folders; a document names files',
  ],
  [
    /verifier\/testdata\/verifier/,
    'certificates that a test of the client signs with',
  ],
  [
    /multi-der\.der/,
    'two certificates of DER side by side; a document holds PEM',
  ],
];

/** Files of certificates, by how many a store of authorities takes from each; 0: it may not be used. */
const CERTIFICATE_FILES: Record<string, number> = {
  'der.der': 1,
  'pem.crt': 1,
  'multi-pem.crt': 2,
  'openssl-minimum-self-signed.pem': 1,
  'timestamp_root.crt': 1,
  'timestamp_intermediate.crt': 1,
  'timestamp_leaf.crt': 0,
  invalid: 0,
};
const CERTIFICATE_FOLDER = 'notation-core-go/x509/testdata';

const TRUST_STORE_FOLDER = 'notation-go/verifier/testdata/truststore/x509';

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() || entry.isSymbolicLink())
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** PEM, whatever the file holds; what is no certificate as it is. */
function pemOf(file: string): string {
  const bytes = readFileSync(file);
  try {
    return bytes.includes('-----BEGIN')
      ? bytes.toString()
      : new X509Certificate(bytes).toString();
  } catch {
    // Some files are wrong on purpose: the store is to be refused for them.
    return bytes.toString('latin1');
  }
}

if (folder === undefined) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(folder).toBeDefined();
  });
} else {
  const files = filesIn(folder);
  const stampAuthority = pemOf(
    join(folder, TRUST_STORE_FOLDER, 'tsa/test-timestamp/globalsignRoot.cer'),
  );
  const otherAuthority = pemOf(
    join(
      folder,
      TRUST_STORE_FOLDER,
      'tsa/test-mismatch/DigiCertTSARootSHA384.cer',
    ),
  );
  const envelopes = files.filter(
    file => basename(file) in ENVELOPES || WITH_PLUGIN.test(basename(file)),
  );
  const isStamped = (file: string) => file.includes('/sigEnv/');

  /** Judges an envelope by a trust root that holds the root of its own chain. */
  const judge = (file: string, authority = stampAuthority): Verdict => {
    const bytes = readFileSync(join(folder, file));
    const format = bytes[0] === '{'.charCodeAt(0) ? 'jws' : 'cose';
    const read = (() => {
      try {
        return readEnvelope(bytes, format);
      } catch {
        // What cannot be read is judged as it is; there is nothing to take a root out of.
        return undefined;
      }
    })();
    const own = read?.envelope.chain.at(-1);
    const pem = own ? new X509Certificate(own).toString() : stampAuthority;
    const root = notationRoot({
      policies: [
        trustPolicy({
          trustStores: [
            'ca:own',
            'signingAuthority:own',
            ...(isStamped(file) ? ['tsa:acme'] : []),
          ],
        }),
      ],
      stores: {
        'ca:own': [pem],
        'signingAuthority:own': [pem],
        'tsa:acme': [authority],
      },
    });
    const signedAt = read?.envelope.attributes.signingTime ?? new Date(0);
    const isExpired = file.includes('expired_sig_env');
    const afterMs = isExpired ? 24 * 60 * 60 * 1000 : 60_000;
    const [check] = verifyEnvelope({
      bytes,
      format,
      artifact: read?.target ?? ({} as never),
      repository: 'registry.acme.example/software/net-monitor',
      trustRoots: compileNotationRoots([root]),
      // Envelopes with a timestamp are judged long after their certificates have ended.
      now: isStamped(file)
        ? new Date('2026-11-25T12:00:00Z')
        : new Date(signedAt.getTime() + afterMs),
    }).checks;
    return [check.status, check.reason];
  };

  describe('envelopes of the reference client', () => {
    it.each(envelopes)('%s', file => {
      expect(judge(file)).toEqual(ENVELOPES[basename(file)] ?? PLUGIN);
    });

    it.each(envelopes.filter(file => /With(?:T|t)imestamp\.sig$/.test(file)))(
      '%s, by another timestamp authority',
      file => {
        expect(judge(file, otherAuthority)).toEqual([
          'invalid',
          'timestampInvalid',
        ]);
      },
    );
  });

  describe('timestamps of the reference client', () => {
    const tokens = files.filter(file => file.endsWith('.p7s'));
    const roots = [Certificate.read(new X509Certificate(stampAuthority).raw)];

    it.each(tokens.filter(file => basename(file) === 'TimeStampToken.p7s'))(
      '%s is read',
      file => {
        const token = parseTimestampToken(readFileSync(join(folder, file)));
        expect(token.info.genTime.getUTCFullYear()).toBeGreaterThan(2020);
      },
    );

    it.each(tokens.filter(file => basename(file) !== 'TimeStampToken.p7s'))(
      '%s is refused',
      file => {
        const token = readFileSync(join(folder, file));
        const stamped = Buffer.from('notation');
        expect(() => verifyTimestamp({ token, stamped, roots })).toThrow(
          expect.objectContaining({ reason: 'timestampInvalid' }) as never,
        );
      },
    );
  });

  describe('trust stores of the reference client', () => {
    it.each(Object.entries(TRUST_STORES))('%s (usable: %s)', (name, usable) => {
      const store = join(folder, TRUST_STORE_FOLDER, name);
      const materials = readdirSync(store).map(file => ({
        content: pemOf(join(store, file)),
        source: file,
      }));
      const type = name.split('/')[0];
      expect(readTrustStore(`${type}:${basename(name)}`, materials).ok).toBe(
        usable,
      );
    });
  });

  describe('files of certificates', () => {
    it.each(Object.entries(CERTIFICATE_FILES))('%s (%s)', (name, count) => {
      const file = join(folder, CERTIFICATE_FOLDER, name);
      const store = readTrustStore('ca:acme', [
        { content: pemOf(file), source: name },
      ]);
      expect(store.ok ? store.value.length : 0).toBe(count);
    });
  });

  // Made to test signers: a critical attribute that nobody knows, and no certificates.
  it.each([
    ['jws', 'malformedEnvelope'],
    ['cose', 'unsupportedCriticalAttribute'],
  ] as const)(
    'the envelope of the conformance test for %s is refused (%s)',
    (format, reason) => {
      const text = readFileSync(
        join(
          folder,
          `notation-core-go/signature/${format}/testdata/conformance.json`,
        ),
      );
      const bytes =
        format === 'jws'
          ? text
          : Buffer.from(
              JSON.parse(text.toString('utf8')).expectedOutput.cborHex,
              'hex',
            );
      expect(() => readEnvelope(bytes, format)).toThrow(
        expect.objectContaining({ reason }) as never,
      );
    },
  );

  it('leaves out no file without a reason', () => {
    const covered = (file: string) =>
      envelopes.includes(file) ||
      file.endsWith('.p7s') ||
      Object.keys(TRUST_STORES).some(name =>
        file.startsWith(`${TRUST_STORE_FOLDER}/${name}/`),
      ) ||
      file.endsWith('tsaRootCert.cer') ||
      file.endsWith('/conformance.json') ||
      Object.keys(CERTIFICATE_FILES).some(
        name => file === `${CERTIFICATE_FOLDER}/${name}`,
      ) ||
      LEFT_OUT.some(([pattern]) => pattern.test(file));
    expect(files.filter(file => !covered(file))).toEqual([]);
    expect(envelopes.length).toBeGreaterThanOrEqual(
      Object.keys(ENVELOPES).length,
    );
  });
}
