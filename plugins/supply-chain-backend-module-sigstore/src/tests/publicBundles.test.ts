import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { keyRoot, named, sigstoreRoot } from '../__testUtils__/trustRoots';
import { vectorFolder } from '../__testUtils__/vectors';
import { verifyCandidate } from '../verify';

// Bundles in the test data of sigstore-go, sigstore-python and cosign: over files, so that they exercise the
// cryptography. Whose signature is accepted is asked elsewhere: here every identity is.
const GO = vectorFolder('sigstore-go');
const PYTHON = vectorFolder('sigstore-python/test/assets');
const COSIGN = vectorFolder('cosign-upstream/pkg/cosign/testdata');

type Root = 'public' | 'staging' | 'stagingWithTsa' | 'npmKey';
/** The trust root, the artifact where there is one, and what is said: `verified`, a reason, or why it is left out. */
type Expected = [Root, string | undefined, string] | { leftOut: string };

const EXPECTED: Record<string, Expected> = {
  'sigstore-go/examples/bundle-provenance.json': [
    'public',
    undefined,
    'verified',
  ],
  'sigstore-go/examples/bundle-publish.json': ['npmKey', undefined, 'verified'],
  'sigstore-go/bundles/dsse-2sigs.sigstore.json': [
    'public',
    undefined,
    'malformedBundle',
  ],
  'sigstore-go/bundles/dsse.sigstore.json': ['public', undefined, 'verified'],
  'sigstore-go/bundles/othername.sigstore.json': {
    leftOut:
      'the signed file is not among the data; the user name is read in verifyCandidate.test.ts',
  },
  'sigstore-go/bundles/public-key-validity.sigstore.json': {
    leftOut:
      'the signed file is not among the data; periods of keys are judged in verifyCandidate.test.ts',
  },
  'sigstore-go/bundles/sigstore.js@2.0.0-provenance.sigstore.json': [
    'public',
    undefined,
    'verified',
  ],
  'sigstore-python/a.dsse.staging-rekor-v2.txt.sigstore.json': {
    leftOut: 'its log is younger than the trusted root among the data',
  },
  'sigstore-python/bundle.txt.sigstore': ['staging', 'bundle.txt', 'verified'],
  'sigstore-python/bundle_cve_2022_36056.txt.sigstore': [
    'staging',
    'bundle_cve_2022_36056.txt',
    'transparencyLogMismatch',
  ],
  'sigstore-python/bundle_invalid_version.txt.sigstore': [
    'staging',
    'bundle_invalid_version.txt',
    'unsupportedBundleVersion',
  ],
  'sigstore-python/bundle_no_cert_v1.txt.sigstore': [
    'staging',
    'bundle_no_cert_v1.txt',
    'malformedBundle',
  ],
  'sigstore-python/bundle_no_checkpoint.txt.sigstore': [
    'staging',
    'bundle_no_checkpoint.txt',
    'malformedBundle',
  ],
  'sigstore-python/bundle_no_log_entry.txt.sigstore': [
    'public',
    'bundle_no_log_entry.txt',
    'transparencyLogMissing',
  ],
  'sigstore-python/bundle_v3.txt.sigstore': [
    'staging',
    'bundle_v3.txt',
    'verified',
  ],
  'sigstore-python/bundle_v3_alt.txt.sigstore': [
    'staging',
    'bundle_v3_alt.txt',
    'verified',
  ],
  'sigstore-python/bundle_v3_github.whl.sigstore': [
    'public',
    'bundle_v3_github.whl',
    'verified',
  ],
  'sigstore-python/bundle_v3_no_signed_time.txt.sigstore.json': [
    'public',
    'bundle_v3_no_signed_time.txt',
    'noTrustedTime',
  ],
  'sigstore-python/integration/Python-3.12.5.tgz.sigstore': {
    leftOut:
      'the signed file is not among the data; its inclusion proof lacks a checkpoint, which is refused',
  },
  'sigstore-python/integration/bundle_v3.txt.sigstore': [
    'staging',
    'integration/bundle_v3.txt',
    'verified',
  ],
  'sigstore-python/staging-rekor-v2.txt.sigstore.json': [
    'staging',
    'staging-rekor-v2.txt',
    'verified',
  ],
  'sigstore-python/tsa/bundle.duplicate.sigstore': [
    'stagingWithTsa',
    'tsa/bundle.txt',
    'timestampInvalid',
  ],
  'sigstore-python/tsa/bundle.many_timestamp.sigstore': [
    'stagingWithTsa',
    'tsa/bundle.txt',
    'malformedBundle',
  ],
  'sigstore-python/tsa/bundle.txt.late_timestamp.sigstore': [
    'stagingWithTsa',
    'tsa/bundle.txt',
    'untrustedCertificateAuthority',
  ],
  // Stricter than sigstore-python, which wants one good timestamp: of its two authorities the root holds one.
  'sigstore-python/tsa/bundle.txt.sigstore': [
    'stagingWithTsa',
    'tsa/bundle.txt',
    'timestampInvalid',
  ],
  'cosign-upstream/oci-attestation.sigstore.json': [
    'public',
    undefined,
    'verified',
  ],
};

const FOLDERS: [string, string | undefined][] = [
  ['sigstore-go/examples', GO && join(GO, 'examples')],
  ['sigstore-go/bundles', GO && join(GO, 'pkg/testing/data/bundles')],
  ['sigstore-python', PYTHON],
  ['cosign-upstream', COSIGN],
];

function bundlesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.sigstore(\.json)?$|bundle-[a-z]+\.json$/.test(file))
    .sort();
}

function trustRootOf(root: Root) {
  const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
  const publicGood = read(GO!, 'examples/trusted-root-public-good.json');
  if (root === 'npmKey') {
    return keyRoot({
      pem: read(GO!, 'examples/publish_key.pub'),
      transparencyLog: 'required',
      trustedRoot: publicGood,
    });
  }
  const targets = join(PYTHON!, 'staging-tuf/targets');
  const staging = JSON.parse(
    read(
      targets,
      readdirSync(targets).find(file => file.endsWith('.trusted_root.json'))!,
    ),
  );
  if (root === 'stagingWithTsa') {
    staging.timestampAuthorities = [
      ...(staging.timestampAuthorities ?? []),
      {
        ...JSON.parse(read(PYTHON!, 'tsa/ca.json')),
        validFor: { start: '2024-10-31T00:00:00Z' },
      },
    ];
  }
  return sigstoreRoot({
    trustedRoot: root === 'public' ? publicGood : JSON.stringify(staging),
    identities: [{ issuer: { glob: '**' }, subject: { glob: '**' } }],
  });
}

function verify(file: string, root: Root, artifactFile?: string): string {
  const bytes = readFileSync(file);
  const artifact =
    artifactFile === undefined
      ? undefined
      : readFileSync(join(PYTHON!, artifactFile));
  const [{ status, reason }] = verifyCandidate({
    candidate: { form: 'bundle', bytes, artifact },
    about: parseDigest(
      artifact
        ? `sha256:${createHash('sha256').update(artifact).digest('hex')}`
        : subjectOf(bytes),
    )!,
    trustRoots: named(trustRootOf(root)),
    now: new Date('2026-11-23T12:00:00Z'),
  }).checks;
  return reason ?? status;
}

function subjectOf(bytes: Buffer): string {
  const { dsseEnvelope } = JSON.parse(bytes.toString('utf8'));
  const { subject } = JSON.parse(
    Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8'),
  );
  const [[algorithm, hex]] = Object.entries(subject[0].digest);
  return `${algorithm}:${hex}`;
}

if (!GO || !PYTHON || !COSIGN) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(GO).toBeDefined();
  });
} else {
  const files = FOLDERS.flatMap(([name, folder]) =>
    bundlesIn(folder!).map(
      file => [`${name}/${file}`, resolve(folder!, file)] as [string, string],
    ),
  );

  describe('bundles of sigstore-go, sigstore-python and cosign', () => {
    it('are all expected to be something, or left out for a reason', () => {
      expect(files.map(([name]) => name).sort()).toEqual(
        Object.keys(EXPECTED).sort(),
      );
    });

    const judged = files.flatMap(([name, file]) => {
      const expected = EXPECTED[name];
      return Array.isArray(expected) ? [{ name, file, expected }] : [];
    });

    it.each(judged)('$name', ({ file, expected }) => {
      const [root, artifact, result] = expected;
      expect(verify(file, root, artifact)).toBe(result);
    });
  });
}
