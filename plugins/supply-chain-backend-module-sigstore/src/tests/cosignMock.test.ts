import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  IdentityPattern,
  ReasonCode,
  SignatureStatus,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import {
  CaseRegistry,
  GITHUB_ISSUER,
  loadCaseRegistry,
  OciRegistryServer,
} from 'sandbox';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import { keyRoot, sigstoreRoot } from '../__testUtils__/trustRoots';
import { foldersIn, vectorFolder } from '../__testUtils__/vectors';

// Attack and edge cases with their expected verdicts; how they were made is in the README beside them.
const folder = vectorFolder('cosign-mock');

type CasePolicy = {
  type: 'keyless' | 'key' | 'provenance';
  san?: string;
  issuer?: string | null;
  publicKey?: string;
  requireTlog?: boolean;
  ctlogThreshold?: number;
  trustedRoot?: string;
  tag?: string;
};
type Case = { image: string; policy: CasePolicy; expect: string };

/** The reason each refusal must have; that it is refused says the case itself. */
const REASONS: Record<string, [SignatureStatus, ReasonCode]> = {
  'bundle-annotation-lies-about-predicate_unsigned': [
    'unsigned',
    'attestedOnly',
  ],
  'bundle-base64-junk_fail': ['invalid', 'malformedBundle'],
  'bundle-cert-while-key-required_fail': ['untrustedSigner', 'keyNotInScheme'],
  'bundle-future-version_fail': ['invalid', 'unsupportedBundleVersion'],
  'bundle-manifest-subject-mismatch_warn': ['invalid', 'subjectMismatch'],
  'bundle-statement-other-subject_fail': ['invalid', 'payloadDigestMismatch'],
  'bundle-truncated-json_fail': ['invalid', 'malformedBundle'],
  'legacy-1001-layers_fail': ['unavailable', 'tooManyCandidates'],
  'legacy-duplicate-json-key_fail': ['invalid', 'malformedPayload'],
  'legacy-issuer-prefix_fail': ['untrustedSigner', 'identityMismatch'],
  'legacy-key-notlog-but-required_fail': ['invalid', 'transparencyLogMissing'],
  // The trust root itself names the weak key, so it is the root that cannot be used.
  'legacy-key-rsa1024_fail': ['unavailable', 'trustRootUnusable'],
  'legacy-keyless-no-time_fail': ['invalid', 'transparencyLogMissing'],
  'legacy-payload-other-digest_fail': ['invalid', 'payloadDigestMismatch'],
  'legacy-san-dot-wildcard_fail': ['untrustedSigner', 'identityMismatch'],
  'legacy-tsa-over-other-signature_fail': ['invalid', 'timestampInvalid'],
  'legacy-wrong-key_fail': ['untrustedSigner', 'noMatchingKey'],
  unsigned: ['unsigned', 'noSignature'],
};

/** Where the case leaves the choice open, what was chosen. */
const CHOICES: Record<string, 'pass' | 'fail'> = {
  // L11: a referrer whose own subject is another image is not about this one.
  'bundle-manifest-subject-mismatch_warn': 'fail',
};

function trustRootOf(policy: CasePolicy): TrustRoot {
  const read = (file: string) => readFileSync(join(folder!, file), 'utf8');
  const trustedRoot = read(policy.trustedRoot ?? 'trusted_root.json');
  const transparencyLog = policy.requireTlog === false ? 'none' : 'required';
  if (policy.type === 'key') {
    return keyRoot({
      pem: read(policy.publicKey!),
      transparencyLog,
      ...(transparencyLog === 'required' && { trustedRoot }),
    });
  }
  const identity: IdentityPattern =
    policy.type === 'provenance'
      ? { issuer: GITHUB_ISSUER, subject: { glob: 'https://github.com/**' } }
      : { issuer: policy.issuer ?? 'none', subject: policy.san! };
  return sigstoreRoot({
    trustedRoot,
    transparencyLog,
    signedCertificateTimestamps:
      policy.ctlogThreshold === 0 ? 'none' : 'required',
    identities: [identity],
  });
}

async function judgeCase(name: string) {
  const path = join(folder!, 'cases', name);
  const readJson = (file: string) =>
    JSON.parse(readFileSync(join(path, file), 'utf8'));
  const { image, policy }: Case = readJson('case.json');
  const registry: CaseRegistry = readJson('registry.json');
  const server = await OciRegistryServer.start({
    content: [loadCaseRegistry(registry)],
  });
  const client = clientFor(server);
  try {
    const repository = `${server.host}/${registry.repository}`;
    const { judgement, evidence, provenance } = await judgeImage({
      client,
      repository,
      digest: image.split('@')[1],
      imageRefs: policy.tag ? [`${repository}:${policy.tag}`] : [],
      trustRoots: [trustRootOf(policy)],
    });
    return { judgement, evidence, provenance };
  } finally {
    await client.close();
    await server.stop();
  }
}

if (folder === undefined) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(folder).toBeDefined();
  });
} else {
  const cases = foldersIn(join(folder, 'cases')).map(name => ({
    name,
    ...(JSON.parse(
      readFileSync(join(folder, 'cases', name, 'case.json'), 'utf8'),
    ) as Case),
  }));
  // What provenance amounts to is judged by its own rules; here it counts whether it is verified and what it says.
  const attested = cases.filter(({ policy }) => policy.type === 'provenance');
  const judged = cases.filter(({ policy }) => policy.type !== 'provenance');

  describe('attack and edge cases', () => {
    it.each(judged)('$name', async ({ name, expect: expected }) => {
      const { judgement } = await judgeCase(name);
      const verdict = CHOICES[name] ?? expected;
      expect([judgement.status, judgement.reason]).toEqual(
        verdict === 'pass' ? ['verified', undefined] : REASONS[name],
      );
    });

    it.each(attested)('$name', async ({ name }) => {
      const { provenance } = await judgeCase(name);
      expect(provenance.detail?.statements).toMatchObject([
        {
          predicateType: 'https://slsa.dev/provenance/v1',
          content: { type: 'slsaProvenance', version: '1' },
          signed: true,
          checks: [{ status: 'verified' }],
        },
      ]);
    });

    it('knows the relation of a signature on the index', async () => {
      const { evidence } = await judgeCase(
        'index-signed-pod-shows-child-via-index-ok',
      );
      expect(
        evidence.detail?.statements.map(({ relation }) => relation),
      ).toEqual(['viaIndex']);
    });
  });
}
