import { PolicyFacts } from '../policy/types';
import {
  check,
  NOW,
  OTHER_DIGEST,
  policy,
  REPOSITORY,
  rule,
  scan,
  signatures,
  statement,
  vulnerability,
} from '../testing/exampleFacts';
import {
  CRITICAL,
  good,
  judge,
  neverStarted,
  PINNED,
  POLICY,
  vulnerable,
} from '../testing/exampleJudged';
import { attestedVex, provenanceOf } from '../testing/exampleVex';

describe('judgeImage', () => {
  it('says everything surfaces need of one image', () => {
    expect(good).toMatchObject({
      key: PINNED,
      imageRef: PINNED,
      counted: true,
      running: true,
      thirdParty: false,
      platformImage: false,
      outcome: 'pass',
      answers: {
        signature: 'pass',
        registry: 'pass',
        scan: 'pass',
        vulnerabilities: 'pass',
      },
      signature: {
        status: 'verified',
        scheme: 'cosign',
        signer: 'sha256:aa',
        trustRoot: 'release',
        foundIn: 'referrers',
        relation: 'exact',
        placesSearched: 2,
        observedAt: '2026-11-20T11:00:00Z',
      },
      vulnerabilities: {
        status: 'present',
        fixable: 0,
        scanner: 'Trivy',
        counts: { critical: 0 },
      },
      placement: {
        cluster: 'prod-eu',
        workloadKind: 'Deployment',
        pods: 2,
        running: true,
      },
      evaluatedAt: NOW.toISOString(),
    });
  });

  it('counts fixable criticals and those past their limit', () => {
    expect(vulnerable).toMatchObject({
      fixableCritical: 1,
      fixableCriticalOverdue: 1,
      vulnerabilities: { fixable: 2, counts: { critical: 1, high: 1 } },
    });
    const inLeeway = vulnerability({ publishedAt: '2026-11-19T00:00:00Z' });
    const recent = { facts: { scans: [scan({ findings: [inLeeway] })] } };
    expect(judge(recent)).toMatchObject({
      fixableCritical: 1,
      fixableCriticalOverdue: 0,
    });
    const clock = {
      key: 'CVE-2026-1000|openssl',
      firstSeenAt: '2026-10-01T00:00:00Z',
      firstFixableAt: '2026-10-01T00:00:00Z',
    };
    expect(
      judge({ facts: { ...recent.facts, vulnerabilityClocks: [clock] } }),
    ).toMatchObject({ fixableCriticalOverdue: 1 });
  });

  it('counts what is known to be exploited, under any name, without what VEX sets aside, and nothing where no catalogue is loaded', () => {
    const listed = (id: string) => ({
      id,
      dateAdded: '2026-11-01',
      dueDate: '2026-11-22',
      ransomware: false,
    });
    const knownExploited = {
      releasedAt: '2026-11-20T00:00:00Z',
      entries: [listed('CVE-2026-1000'), listed('CVE-3')],
    };
    const scans = [
      scan({
        findings: [
          ...CRITICAL,
          vulnerability({ id: 'GHSA-3', aliases: ['CVE-3'] }),
        ],
      }),
    ];
    const exploited = (given: Partial<PolicyFacts>) =>
      judge({ facts: { scans, ...given } }).vulnerabilities?.exploited;
    expect(exploited({ knownExploited })).toBe(2);
    expect(
      exploited({
        knownExploited,
        provenance: provenanceOf([attestedVex()]),
      }),
    ).toBe(1);
    expect(
      exploited({ knownExploited: { ...knownExploited, entries: [] } }),
    ).toBe(0);
    expect(exploited({})).toBeUndefined();
    expect(exploited({ knownExploited, scans: [] })).toBeUndefined();
  });

  it('say that a later look failed, and of several which one did last (L6)', () => {
    const failed = (failedAt: string) => ({
      lastLook: { failedAt, reason: 'scannerUnavailable' as const },
    });
    const scans = [
      scan({}, failed('2026-11-20T00:00:00Z')),
      scan({ scanner: { name: 'Clair' } }, failed('2026-11-21T00:00:00Z')),
    ];
    expect(judge({ facts: { scans } }).vulnerabilities?.lastLook).toEqual(
      failed('2026-11-21T00:00:00Z').lastLook,
    );
  });

  // prettier-ignore

  it.each<[string, Partial<PolicyFacts>, string, string | undefined, boolean]>([
    ['present', {}, 'present', undefined, true],
    ['stale', { scans: [scan({ scannedAt: '2026-11-01T00:00:00Z' })] }, 'stale', 'scanStale', true],
    ['a guess', { origin: undefined }, 'present', 'scanPlatformUnknown', true],
    [
      'of another digest',
      {
        scans: [scan({ artifact: { digest: OTHER_DIGEST }, findings: CRITICAL })],
      },
      'otherDigest',
      'scanOtherDigest',
      false,
    ],
    ['missing', { scans: [] }, 'absent', 'notScanned', false],
    ['out of reach', { scans: [], scanner: { status: 'unavailable' } }, 'unavailable', 'scannerUnavailable', false],
    ['unreadable', { scans: [scan({}, { status: 'invalid', detail: undefined })] }, 'unavailable', 'malformedReport', false],
  ])('has counts only where a scan speaks for it: %s (L8)', (_condition, given, status, reason, hasCounts) => {
    const { vulnerabilities } = judge({ facts: given });
    expect([vulnerabilities?.status, vulnerabilities?.reason]).toEqual([status, reason]);
    expect(vulnerabilities?.counts !== undefined).toBe(hasCounts);
  });

  it('shows the worst signature status of the policies that say something about it', () => {
    const strict = policy({
      name: 'strict',
      trust: { type: 'any', of: ['vendor'] },
    });
    const silent = policy({
      name: 'silent',
      trust: undefined,
      rules: [rule('scan-fresh', { maxAgeHours: 24 })],
    });
    expect(
      judge({ policies: [POLICY, strict, silent] }).signature,
    ).toMatchObject({ status: 'unavailable', reason: 'trustRootUnusable' });
    expect(judge({ policies: [silent] }).signature).toBeUndefined();
    const trustOnly = policy({ rules: silent.rules });
    expect(judge({ policies: [trustOnly] }).signature).toMatchObject({
      status: 'verified',
    });
  });

  it('says that no trust root applies where no policy is loaded (L37)', () => {
    expect(judge({ policies: [], facts: { signatures: [] } })).toMatchObject({
      outcome: 'unknown',
      reason: 'noPolicy',
      answers: {},
      signature: {
        status: 'unavailable',
        reason: 'noTrustRootConfigured',
        placesSearched: 0,
      },
    });
  });

  it('shows who signed, when, and the look that failed since (L6)', () => {
    const lastLook = {
      failedAt: NOW.toISOString(),
      reason: 'rateLimited',
    } as const;
    const signer = {
      type: 'identity',
      subject: 'https://github.com/acme/w',
      extensions: {},
    } as const;
    const evidence = signatures(
      [statement(check({ signer, signedAt: '2026-11-11T00:00:00Z' }))],
      { evidence: { lastLook } },
    );
    expect(
      judge({ facts: { signatures: [evidence] } }).signature,
    ).toMatchObject({
      signer: 'https://github.com/acme/w',
      signedAt: '2026-11-11T00:00:00Z',
      lastLook,
    });
    const unnamed = signatures([statement(check({ signer: undefined }))]);
    expect(
      judge({ facts: { signatures: [unnamed] } }).signature,
    ).not.toHaveProperty('signer');
  });

  it('shows one that never started and does not count it (L4)', () => {
    expect(neverStarted).toMatchObject({
      key: `${REPOSITORY}/new:1`,
      counted: false,
      outcome: 'notApplicable',
      reason: 'neverStarted',
      placement: { waitingReason: 'ImagePullBackOff' },
    });
    expect(neverStarted.signature).toBeUndefined();
    expect(neverStarted.vulnerabilities).toBeUndefined();
  });

  it('tells third-party images (L36), and keeps what is not known out', () => {
    const image = {
      imageRef: '::',
      repository: undefined,
      digest: undefined,
      platform: undefined,
    };
    const unreadable = judge({ image });
    expect(unreadable).toMatchObject({
      key: '::',
      thirdParty: true,
      reason: 'referenceUnreadable',
    });
    expect(unreadable.placement).not.toHaveProperty('platform');
  });
});
