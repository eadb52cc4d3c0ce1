import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dsse } from '@sigstore/core';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { keyRoot, named, sigstoreRoot } from '../__testUtils__/trustRoots';
import { vectorFolder } from '../__testUtils__/vectors';
import { readClaim, verifyCandidate } from '../verify';
import { SignedBytes } from '../verify/SignedBytes';

// Data of slsa-verifier that lies in no registry: npm attestations, provenance of Google Cloud Build, a verification
// summary. They exercise signatures and what is read of predicates.
const SLSA = vectorFolder('slsa-verifier');
const GO = vectorFolder('sigstore-go/examples');
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const IN_TOTO = 'application/vnd.in-toto+json';

/** verifiers/internal/gcb/keys/materials/us-west2.key of slsa-verifier at 62e8e1ff. */
const GCB_KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEw/gdczl7qDD4ww9B6WmJ6++/hQ5S
mdw/1RBcwNNQE9qN0O+DilRE9/AjH7OvJUhNznOzEzH7mFq5mNdmUjYlXg==
-----END PUBLIC KEY-----
`;

/** Provenance of Google Cloud Build whose signature is good by no key we hold, or broken. */
const GCB_BROKEN: readonly string[] = [
  'gcloud-container-empty-signature.json',
  'gcloud-container-invalid-signature-encoding.json',
  'gcloud-container-mismatch-payload-builderid.json',
  'gcloud-container-mismatch-payload-digest.json',
  'gcloud-container-multiple-invalid-provenance.json',
  'gcloud-container-multiple-invalid-signatures.json',
];
/** Not even JSON. */
const GCB_UNREADABLE = 'gcloud-container-no-signature.json';

type GcbEnvelope = {
  payload: string;
  payloadType: string;
  signatures: { sig: string }[];
};

/**
 * Whether one of the signatures is Google's. It is over the payload alone and not over the DSSE encoding, so that it is
 * no signature of the envelope: such an envelope in a registry would be refused.
 */
function hasGoodSignature({ payload, payloadType, signatures }: GcbEnvelope) {
  const bytes = Buffer.from(payload, 'base64url');
  return signatures.some(({ sig }) => {
    const signature = Buffer.from(sig, 'base64url');
    const key = createPublicKey(GCB_KEY);
    expect(
      SignedBytes.ofEnvelope({
        payload: bytes,
        payloadType,
        signature,
      }).verifySignature(key),
    ).toBe(false);
    return SignedBytes.ofMessage(bytes, signature).verifySignature(key);
  });
}

if (!SLSA || !GO) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(SLSA).toBeDefined();
  });
} else {
  describe('npm attestations of slsa-verifier', () => {
    const folder = join(SLSA, 'npm/gha');
    const files = readdirSync(folder).filter(file => file.endsWith('.json'));
    const trustedRoot = read(GO, 'trusted-root-public-good.json');
    const roots = named(
      sigstoreRoot({
        name: 'provenance',
        trustedRoot,
        identities: [
          {
            issuer: 'https://token.actions.githubusercontent.com',
            subject: { glob: 'https://github.com/**' },
          },
        ],
      }),
      keyRoot({
        name: 'publish',
        pem: read(GO, 'publish_key.pub'),
        transparencyLog: 'required',
        trustedRoot,
      }),
    );

    it('are all here', () => {
      expect(files).toHaveLength(15);
    });

    it.each(files)('%s', file => {
      const tarball = readFileSync(join(folder, file.replace(/\.json$/, '')));
      const hex = createHash('sha512').update(tarball).digest('hex');
      const { attestations } = JSON.parse(read(folder, file));
      const results = attestations.map(({ bundle }: { bundle: object }) => {
        const { predicateType, content, checks } = verifyCandidate({
          candidate: {
            form: 'bundle',
            bytes: Buffer.from(JSON.stringify(bundle)),
          },
          about: parseDigest(`sha512:${hex}`)!,
          trustRoots: roots,
          now: new Date('2026-11-23T12:00:00Z'),
        });
        const verified = checks.find(({ status }) => status === 'verified');
        return [
          predicateType?.split('/').slice(-2)[0],
          content?.type,
          verified?.trustRoot,
        ];
      });
      expect(results).toEqual([
        [
          'publish',
          'other',
          file.includes('invalidsigpub') ? undefined : 'publish',
        ],
        [
          'provenance',
          'slsaProvenance',
          file.includes('invalidsigprov') ? undefined : 'provenance',
        ],
      ]);
    });
  });

  describe('provenance of Google Cloud Build', () => {
    const folder = join(SLSA, 'gcb_container/v0.3');
    const files = readdirSync(folder).filter(file => file.endsWith('.json'));

    it('is all here', () => {
      expect(files).toHaveLength(24);
    });

    it.each(files.filter(file => file !== GCB_UNREADABLE))('%s', file => {
      const { provenance_summary: summary } = JSON.parse(read(folder, file));
      const good = summary.provenance.filter(
        ({ envelope }: { envelope: GcbEnvelope }) => hasGoodSignature(envelope),
      );
      expect(good.length > 0).toBe(!GCB_BROKEN.includes(file));
      for (const { envelope } of good) {
        // It says no builder the way its predicate type wants it, or all of it: whatever it says is read.
        const bytes = Buffer.from(envelope.payload, 'base64url');
        expect(
          readClaim(bytes, parseDigest(`sha256:${'0'.repeat(64)}`)!),
        ).toMatchObject({
          predicateType: expect.stringContaining('slsa.dev/provenance/v'),
          content: { type: 'slsaProvenance' },
        });
      }
    });

    it('that is no JSON is no envelope', () => {
      expect(() => JSON.parse(read(folder, GCB_UNREADABLE))).toThrow();
    });
  });

  it('a verification summary is read, and is about no image', () => {
    const folder = join(SLSA, 'vsa/gce/v1');
    const bytes = readFileSync(join(folder, 'gke-gce-pre.bcid-vsa.jsonl'));
    const pem = read(folder, 'vsa_signing_public_key.pem');
    const { payload, signatures } = JSON.parse(bytes.toString('utf8'));
    const signed = dsse.preAuthEncoding(
      IN_TOTO,
      Buffer.from(payload, 'base64'),
    );
    const signature = Buffer.from(signatures[0].sig, 'base64');
    const key = createPublicKey(pem);
    // Good, but two numbers side by side in place of the form in ASN.1 that cosign writes and reads.
    expect(
      verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature),
    ).toBe(true);
    expect(
      SignedBytes.ofEnvelope({
        payload: Buffer.from(payload, 'base64'),
        payloadType: IN_TOTO,
        signature,
      }).verifySignature(key),
    ).toBe(false);
    expect(
      verifyCandidate({
        candidate: { form: 'envelope', bytes, annotations: {} },
        about: parseDigest(`sha256:${'0'.repeat(64)}`)!,
        trustRoots: named(keyRoot({ pem })),
        now: new Date(),
      }),
    ).toMatchObject({
      predicateType: 'https://slsa.dev/verification_summary/v1',
      content: {
        type: 'verificationSummary',
        summary: {
          result: 'PASSED',
          verifiedLevels: ['BCID_L1', 'SLSA_BUILD_LEVEL_2'],
        },
      },
      // Its subject is the number of a machine image, no digest.
      checks: [{ status: 'invalid', reason: 'payloadDigestMismatch' }],
    });
  });
}
