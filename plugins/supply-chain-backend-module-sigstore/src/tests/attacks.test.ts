import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  IdentityPattern,
  parseDigest,
} from 'backstage-plugin-supply-chain-common';
import type { SigstoreTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import {
  createKeylessBundle,
  GITHUB_ISSUER,
  GithubIdentity,
  PrivateSigstore,
  signatureStatement,
  workflowUri,
} from 'sandbox';
import {
  AttackWorld,
  DIGEST,
  ecKeyPair,
  keyedBundle,
  KeyPair,
  LooseBundle,
  pemOf,
} from '../__testUtils__/AttackWorld';
import { keyRoot, named, sigstoreRoot } from '../__testUtils__/trustRoots';
import { verifyCandidate } from '../verify';

// Cases of the list in src/tests/cases.test.ts that are shown nowhere else.

function verify(
  bundle: LooseBundle,
  trustRoot: SigstoreTrustRoot,
  about = DIGEST,
) {
  const [{ status, reason }] = verifyCandidate({
    candidate: { form: 'bundle', bytes: Buffer.from(JSON.stringify(bundle)) },
    about: parseDigest(about)!,
    trustRoots: named(trustRoot),
    now: new Date(),
  }).checks;
  return reason ? `${status}: ${reason}` : status;
}

describe('a keyed signature', () => {
  let keyPair: KeyPair;
  let trustRoot: SigstoreTrustRoot;

  beforeAll(() => {
    keyPair = ecKeyPair();
    trustRoot = keyRoot({ pem: pemOf(keyPair) });
  });

  it.each<[string, object[]]>([
    ['by name only', [{ name: 'registry.acme.example/acme/app', digest: {} }]],
    ['under SHA-1', [{ digest: { sha1: DIGEST.slice(7, 47) } }]],
    ['with another digest', [{ digest: { sha256: 'cd'.repeat(32) } }]],
  ])('does not cover an image it names %s', (_how, subject) => {
    const statement = { ...signatureStatement(DIGEST), subject };
    expect(verify(keyedBundle(keyPair, { statement }), trustRoot)).toBe(
      'invalid: payloadDigestMismatch',
    );
  });

  it('is over the payload type in its very bytes (CVE-2026-48758)', () => {
    // "ı" is "i" to whoever folds or drops what is not ASCII.
    const bundle = keyedBundle(keyPair);
    bundle.dsseEnvelope.payloadType = 'applıcation/vnd.in-toto+json';
    expect(verify(bundle, trustRoot)).toBe('invalid: malformedPayload');
  });

  it('whose twin verifies as well is by the same signer, so that it counts once', () => {
    const bundle = keyedBundle(keyPair);
    const twin = structuredClone(bundle);
    const [signature] = twin.dsseEnvelope.signatures;
    signature.sig = otherHalf(Buffer.from(signature.sig, 'base64')).toString(
      'base64',
    );
    const signers = [bundle, twin].map(
      each =>
        verifyCandidate({
          candidate: {
            form: 'bundle',
            bytes: Buffer.from(JSON.stringify(each)),
          },
          about: parseDigest(DIGEST)!,
          trustRoots: named(trustRoot),
          now: new Date(),
        }).checks[0],
    );
    expect(signers[0].status).toBe('verified');
    expect(signers[1].signer).toEqual(signers[0].signer);
  });

  it('by a curve that is too short is refused with its trust root', () => {
    const short = generateKeyPairSync('ec', { namedCurve: 'secp224r1' });
    expect(verify(keyedBundle(short), keyRoot({ pem: pemOf(short) }))).toBe(
      'unavailable: trustRootUnusable',
    );
  });
});

describe('an identity', () => {
  const identity: GithubIdentity = {
    repository: 'acme/app',
    workflow: '.github/workflows/release.yml',
    ref: 'refs/tags/v1.0.0',
    commit: 'c'.repeat(40),
  };
  const accepted: IdentityPattern = {
    issuer: GITHUB_ISSUER,
    subject: workflowUri(identity),
  };
  let sigstore: PrivateSigstore;
  let bundle: LooseBundle;

  beforeAll(async () => {
    sigstore = await PrivateSigstore.create();
    bundle = await createKeylessBundle({
      sigstore,
      identity,
      statement: signatureStatement(DIGEST),
    });
  });

  const rootOf = (overrides: Partial<IdentityPattern>) =>
    sigstoreRoot({
      trustedRoot: JSON.stringify(sigstore.trustedRoot()),
      identities: [{ ...accepted, ...overrides }],
    });

  it('is accepted with every extension that is asked for', () => {
    const extensions = {
      buildTrigger: 'push',
      runnerEnvironment: 'github-hosted',
      sourceRepositoryUri: 'https://github.com/acme/app',
    };
    expect(verify(bundle, rootOf({ extensions }))).toBe('verified');
  });

  it.each<[string, Partial<IdentityPattern>]>([
    [
      'an issuer that only begins the same',
      { issuer: `${GITHUB_ISSUER}.evil` },
    ],
    ['an issuer with a slash at its end', { issuer: `${GITHUB_ISSUER}/` }],
    ['a certificate without issuer', { issuer: 'none' }],
    ['a part of the subject only', { subject: 'https://github.com/acme/app' }],
    [
      'an extension that is not there',
      { extensions: { deploymentEnvironment: 'production' } },
    ],
    [
      'the trigger of a stranger',
      { extensions: { buildTrigger: 'pull_request_target' } },
    ],
    ['another runner', { extensions: { runnerEnvironment: 'self-hosted' } }],
    [
      'a repository of the same name that was made anew',
      { extensions: { sourceRepositoryIdentifier: '1' } },
    ],
  ])('is not accepted where the trust root names %s', (_what, overrides) => {
    expect(verify(bundle, rootOf(overrides))).toBe(
      'untrustedSigner: identityMismatch',
    );
  });

  it('is not proven by an inclusion proof that states another tree', () => {
    const changed = structuredClone(bundle);
    changed.verificationMaterial.tlogEntries[0].inclusionProof.rootHash =
      Buffer.alloc(32).toString('base64');
    expect(verify(changed, rootOf({}))).toBe('invalid: transparencyLogInvalid');
  });

  it.each<[string, (proof: LooseBundle) => void]>([
    [
      'another origin',
      proof => {
        const lines = proof.checkpoint.envelope.split('\n');
        proof.checkpoint.envelope = ['evil.example', ...lines.slice(1)].join(
          '\n',
        );
      },
    ],
    [
      'no signature',
      proof => {
        proof.checkpoint.envelope = `${
          proof.checkpoint.envelope.split('\n\n')[0]
        }\n\n`;
      },
    ],
    [
      'something after its signatures',
      proof => {
        proof.checkpoint.envelope += 'more';
      },
    ],
    [
      'another index',
      proof => {
        proof.logIndex = String(Number(proof.logIndex ?? 0) + 7);
      },
    ],
  ])('is not proven by a checkpoint with %s', (_what, change) => {
    const changed = structuredClone(bundle);
    change(changed.verificationMaterial.tlogEntries[0].inclusionProof);
    expect(verify(changed, rootOf({}))).toBe('invalid: transparencyLogInvalid');
  });

  it('is not proven by the promise of another entry (CVE-2022-36056)', async () => {
    const other: LooseBundle = await createKeylessBundle({
      sigstore,
      identity,
      statement: signatureStatement(DIGEST),
    });
    const changed = structuredClone(bundle);
    const [entry] = changed.verificationMaterial.tlogEntries;
    const [otherEntry] = other.verificationMaterial.tlogEntries;
    entry.inclusionPromise = otherEntry.inclusionPromise;
    expect(verify(changed, rootOf({}))).toBe('invalid: transparencyLogInvalid');
    // The whole entry of another signature, good in itself (CVE-2022-23649).
    changed.verificationMaterial.tlogEntries = [otherEntry];
    expect(verify(changed, rootOf({}))).toBe(
      'invalid: transparencyLogMismatch',
    );
  });

  it('is not proven by a timestamp authority the trust root does not hold', async () => {
    const elsewhere = await PrivateSigstore.create();
    const token = await elsewhere.timestamp(
      Buffer.from(bundle.dsseEnvelope.signatures[0].sig, 'base64'),
    );
    const changed = structuredClone(bundle);
    changed.verificationMaterial.timestampVerificationData.rfc3161Timestamps = [
      { signedTimestamp: token.toString('base64') },
    ];
    expect(verify(changed, rootOf({}))).toBe('invalid: timestampInvalid');
  });
});

describe('a chain of certificates the signer brings along', () => {
  it('is not believed', async () => {
    const [own, foreign] = await Promise.all([
      AttackWorld.create(),
      AttackWorld.create(),
    ]);
    const bundle = await foreign.bundle();
    const authority = JSON.parse(foreign.trustedRoot()).certificateAuthorities;
    bundle.mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.2';
    const { certificate, ...others } = bundle.verificationMaterial;
    bundle.verificationMaterial = {
      ...others,
      x509CertificateChain: {
        certificates: [
          certificate,
          ...authority[authority.length - 1].certChain.certificates,
        ],
      },
    };
    expect(verify(bundle, foreign.trustRoot())).toBe('verified');
    expect(verify(bundle, own.trustRoot())).toBe(
      'untrustedSigner: untrustedCertificateAuthority',
    );
  });
});

describe('nesting without end', () => {
  const nested = Buffer.concat(
    Array.from({ length: 3000 }, (_, depth) => {
      const length = (3000 - depth - 1) * 4;
      return Buffer.from([0x30, 0x82, length >> 8, length & 0xff]);
    }),
  );

  it.each<[string, (bundle: LooseBundle, rawBytes: string) => void, string]>([
    [
      'a certificate',
      ({ verificationMaterial }, rawBytes) => {
        verificationMaterial.certificate = { rawBytes };
      },
      'invalid: certificateInvalid',
    ],
    [
      'a timestamp',
      ({ verificationMaterial }, signedTimestamp) => {
        verificationMaterial.timestampVerificationData.rfc3161Timestamps = [
          { signedTimestamp },
        ];
      },
      'invalid: timestampInvalid',
    ],
  ])(
    'in %s is refused and takes nothing down',
    async (_where, put, expected) => {
      const world = await AttackWorld.create();
      const bundle = await world.bundle();
      put(bundle, nested.toString('base64'));
      expect(verify(bundle, world.trustRoot())).toBe(expected);
    },
  );
});

describe('a recorded signature of Rekor v2', () => {
  const folder = resolve(__dirname, '../__fixtures__/cosign/keyless');
  const blobs = resolve(folder, 'blobs/sha256');
  const bundle: LooseBundle = JSON.parse(
    readFileSync(
      resolve(
        blobs,
        '447d72d3eb997de1712bee8436c2ea6dd1e85093b4ac16f35fb167be817ff508',
      ),
      'utf8',
    ),
  );
  const trustRoot = sigstoreRoot({
    trustedRoot: readFileSync(resolve(folder, 'trusted_root.json'), 'utf8'),
    signedCertificateTimestamps: 'none',
    identities: [
      {
        issuer: 'http://127.0.0.1:18081',
        subject: {
          glob: 'https://github.com/example-org/shop-web/.github/workflows/*@refs/heads/main',
        },
      },
    ],
  });
  const { subject } = JSON.parse(
    Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString(),
  );
  const about = `sha256:${subject[0].digest.sha256}`;

  it('is verified with its timestamp and refused without: such a log proves no time', () => {
    expect(verify(bundle, trustRoot, about)).toBe('verified');
    const without = structuredClone(bundle);
    delete without.verificationMaterial.timestampVerificationData;
    expect(verify(without, trustRoot, about)).toBe('invalid: noTrustedTime');
  });
});

/** The other signature that every ECDSA signature comes with: n - s in place of s. */
function otherHalf(der: Buffer): Buffer {
  const order = BigInt(
    '0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  );
  const rLength = der[3];
  const r = der.subarray(4, 4 + rLength);
  const s = BigInt(`0x${der.subarray(6 + rLength).toString('hex')}`);
  const hex = (order - s).toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const twin =
    bytes[0] >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
  return Buffer.concat([
    Buffer.from([0x30, r.length + twin.length + 4, 0x02, r.length]),
    r,
    Buffer.from([0x02, twin.length]),
    twin,
  ]);
}
