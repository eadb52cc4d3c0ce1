import {
  DIGEST,
  facts,
  factsWithImage,
  INDEX_DIGEST,
  keyRoot,
  NOW,
  origin,
  OTHER_DIGEST,
  policy,
  rule,
  scan,
  vulnerability,
} from '../../testing/exampleFacts';
import { imageScans } from '../../summary/imageScans';
import { attestedVex, provenanceOf } from '../../testing/exampleVex';
import { PolicyFacts } from '../../policy/types';
import { comparedScans } from './comparedScans';

const POLICIES = [policy({ rules: [rule('scan-fresh', { maxAgeHours: 24 })] })];
const ROOTS = [keyRoot('release', 'pem')];

const compared = (given: PolicyFacts) =>
  comparedScans(
    given,
    imageScans({
      facts: given,
      policies: POLICIES,
      trustRoots: ROOTS,
      now: NOW,
    }),
  );

describe('comparedScans', () => {
  it('trusts a fresh scan of what runs', () => {
    const found = [vulnerability()];
    const { findings, ...rest } = compared(
      facts({ scans: [scan({ findings: found })] }),
    );
    expect(findings).toMatchObject(found);
    expect(rest).toEqual({ scanners: ['Trivy'] });
  });

  it('marks what VEX sets aside', () => {
    const findings = [vulnerability(), vulnerability({ id: 'CVE-2' })];
    expect(
      compared(
        facts({
          scans: [scan({ findings })],
          provenance: provenanceOf([attestedVex()]),
        }),
      ).findings.map(({ id, notAffected }) => [id, notAffected]),
    ).toEqual([
      ['CVE-2026-1000', true],
      ['CVE-2', undefined],
    ]);
  });

  it.each<[string, PolicyFacts['scans']]>([
    ['notScanned', []],
    ['scanStale', [scan({ scannedAt: '2026-11-01T00:00:00Z' })]],
    ['scanOtherDigest', [scan({ artifact: { digest: OTHER_DIGEST } })]],
    [
      'malformedReport',
      [
        scan(undefined, {
          status: 'invalid',
          reason: 'malformedReport',
          detail: undefined,
        }),
      ],
    ],
  ])('says why it cannot tell: %s', (reason, scans) => {
    expect(compared(facts({ scans }))).toMatchObject({ incomplete: reason });
  });

  it('takes what a stale scan found, which it can prove', () => {
    const scans = [
      scan({
        scannedAt: '2026-11-01T00:00:00Z',
        findings: [vulnerability()],
      }),
    ];
    expect(compared(facts({ scans })).findings).toHaveLength(1);
  });

  describe('when an image runs on two platforms (L2)', () => {
    const children = [
      { digest: DIGEST, platform: 'linux/amd64' },
      { digest: OTHER_DIGEST, platform: 'linux/arm64' },
    ];
    const onBoth = (...scans: PolicyFacts['scans']) =>
      factsWithImage(
        { digest: INDEX_DIGEST, platform: 'linux/amd64,linux/arm64' },
        { origin: origin({ kind: 'index', children }), scans },
      );
    const of = (name: string, digest: typeof DIGEST) =>
      scan({ scanner: { name }, artifact: { digest } });

    it('counts who looked at both of them', () => {
      expect(
        compared(
          onBoth(
            of('Trivy', DIGEST),
            of('Trivy', OTHER_DIGEST),
            of('Clair', DIGEST),
          ),
        ),
      ).toEqual({ findings: [], scanners: ['Trivy'] });
    });

    it('says that half a scan is none', () => {
      expect(compared(onBoth(of('Trivy', DIGEST)))).toMatchObject({
        incomplete: 'platformNotScanned',
        scanners: [],
      });
    });
  });
});
