import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vectorFolder } from '../__testUtils__/vectors';
import { checkLeafUsage } from '../verify/checkLeafUsage';
import { LeafCertificate } from '../verify/LeafCertificate';

// Every file of the test data of others is read by a test, or left out for a reason. The names of the tests stand
// beside the patterns so that they can be found.

const NO_TEST_DATA = 'no test data';
const DETACHED =
  'a signature over a file with a certificate beside it and no bundle; nothing of that kind lies in a registry';
const SIGNED_FILE = 'what a bundle or a signature beside it signs';

/** The first pattern that matches tells; the folder stands before the file. */
const FILES: [RegExp, { readBy: string } | { leftOut: string }][] = [
  [/\/(?:LICENSE|ORIGIN\.md)$/, { leftOut: NO_TEST_DATA }],

  [
    /^sigstore-go\/.*(?:\/bundles\/|bundle-[a-z]+\.json$)/,
    { readBy: 'publicBundles.test.ts' },
  ],
  [
    /^sigstore-go\/.*(?:trusted-root|public-key|publish_key)/,
    { readBy: 'vectors.test.ts of trust' },
  ],
  [
    /^sigstore-go\/.*statement-provenance/,
    {
      leftOut:
        'the statement inside of bundle-provenance.json, which publicBundles.test.ts reads',
    },
  ],

  [
    /^sigstore-python\/.*\.sigstore(?:\.json)?$/,
    { readBy: 'publicBundles.test.ts' },
  ],
  [/^sigstore-python\/.*\/x509\/bogus-leaf/, { readBy: 'this test' }],
  [
    /^sigstore-python\/.*\/x509\//,
    {
      leftOut:
        'authorities that issued nothing; what an authority may do follows from the trust root that names it',
    },
  ],
  [
    /^sigstore-python\/.*\/(?:staging-tuf\/targets|trust_config|trusted_root|tsa)\//,
    { readBy: 'vectors.test.ts of trust' },
  ],
  [
    /^sigstore-python\/.*\/staging-tuf\//,
    {
      leftOut:
        'metadata without a root to begin with; vectors.test.ts of tuf reads a whole repository of Sigstore',
    },
  ],
  [/^sigstore-python\/.*\.(?:crt|sig|txt\.bundle)$/, { leftOut: DETACHED }],
  [/^sigstore-python\/.*\.(?:txt|whl)$/, { leftOut: SIGNED_FILE }],
  [
    /^sigstore-python\/.*\/signing_config\//,
    { leftOut: 'addresses to sign at' },
  ],
  [
    /^sigstore-python\/.*\/integration\/attest\//,
    { leftOut: 'what is to be attested, not an attestation' },
  ],

  [
    /^cosign-upstream\/pkg\/cosign\/testdata\/oci-attestation/,
    { readBy: 'publicBundles.test.ts' },
  ],
  [
    /^cosign-upstream\/pkg\/cosign\/testdata\//,
    { readBy: 'vectors.test.ts of trust' },
  ],
  [
    /^cosign-upstream\/pkg\/policy\//,
    {
      leftOut:
        'attestations without a signature, for rules of cosign in CUE and Rego; rules here are other ones',
    },
  ],
  [
    /^cosign-upstream\/test\/testdata\//,
    { leftOut: 'what is to be attested, not an attestation' },
  ],

  [
    /^slsa-verifier\/gha_generic_container\/v[\d.]+\/container_workflow_dispatch(?:\/|\.digest$)/,
    { readBy: 'slsaContainers.test.ts' },
  ],
  [
    /^slsa-verifier\/(?:npm\/gha|vsa\/gce\/v1)\//,
    { readBy: 'slsaVectors.test.ts' },
  ],
  [
    /^slsa-verifier\/gcb_container\/v0\.3\/.*\.json$/,
    { readBy: 'slsaVectors.test.ts' },
  ],
  [
    /^slsa-verifier\/gcb_container\/v0\.3\/.*\.digest$/,
    { leftOut: 'digests of images that are not among the data' },
  ],

  [
    /^sigstore-conformance\/test\/assets\/(?:bundle-verify\/|a\.txt$)/,
    { readBy: 'conformance.test.ts' },
  ],
  [
    /^sigstore-conformance\/test\/assets\/statement\.json$/,
    { leftOut: 'what is to be attested, not an attestation' },
  ],
  [/^sigstore-conformance\/(?:README|docs\/)/, { leftOut: NO_TEST_DATA }],
];

const FOLDERS = [
  'sigstore-go',
  'sigstore-python',
  'sigstore-conformance',
  'cosign-upstream',
  'slsa-verifier',
];

/** Certificates of signers in the data of sigstore-python; why one is none. */
const LEAVES: Record<string, RegExp | 'good'> = {
  'bogus-leaf.pem': 'good',
  'bogus-leaf-invalid-eku.pem': /extended key usage lacks codeSigning/,
  'bogus-leaf-missing-eku.pem': /extended key usage lacks codeSigning/,
  'bogus-leaf-invalid-ku.pem': /key usage lacks digitalSignature/,
};

function filesIn(name: string): string[] {
  const folder = vectorFolder(name)!;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      [name, join(entry.parentPath, entry.name).slice(folder.length + 1)].join(
        '/',
      ),
    );
}

if (!vectorFolder('sigstore-go')) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(vectorFolder('sigstore-go')).toBeDefined();
  });
} else {
  describe.each(FOLDERS)('the data of %s', name => {
    it('is read to its last file, or left out for a reason', () => {
      const unknown = filesIn(name).filter(
        file => !FILES.some(([pattern]) => pattern.test(file)),
      );
      expect(unknown).toEqual([]);
    });
  });

  it('names nothing that is not there', () => {
    const files = FOLDERS.flatMap(filesIn);
    const used = new Set(
      files.map(file => FILES.findIndex(([pattern]) => pattern.test(file))),
    );
    expect(FILES.filter((_, index) => !used.has(index))).toEqual([]);
  });

  describe('certificates of signers', () => {
    const folder = vectorFolder('sigstore-python/test/assets/x509')!;

    it('are all expected to be something', () => {
      expect(
        readdirSync(folder).filter(file => file.startsWith('bogus-leaf')),
      ).toEqual(Object.keys(LEAVES).sort());
    });

    it.each(Object.entries(LEAVES))('%s: %s', (file, expected) => {
      const { raw } = new X509Certificate(readFileSync(join(folder, file)));
      const judge = () => {
        try {
          checkLeafUsage(LeafCertificate.read(raw));
          return 'good';
        } catch (error) {
          return (error as Error).message;
        }
      };
      expect(judge()).toMatch(expected);
    });
  });
}
