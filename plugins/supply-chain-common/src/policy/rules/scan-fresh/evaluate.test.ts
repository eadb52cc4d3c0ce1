import {
  facts,
  factsWithImage,
  halfScanned,
  INDEX_DIGEST,
  NOW,
  origin,
  OTHER_DIGEST,
  policy,
  scan,
  DIGEST,
  REPOSITORY,
} from '../../../testing/exampleFacts';
import { PolicyFacts } from '../../types';
import { evaluateScanFresh } from './evaluate';

function run(given: PolicyFacts) {
  return evaluateScanFresh({
    facts: given,
    policy: policy(),
    trustRoots: [],
    now: NOW,
    parameters: { maxAgeHours: 24 },
  });
}

const stale = scan({ scannedAt: '2026-11-19T12:00:00Z' });
const index = origin({
  kind: 'index',
  children: [
    { digest: DIGEST, platform: 'linux/amd64' },
    { digest: OTHER_DIGEST, platform: 'linux/arm64' },
  ],
});
const down = { status: 'unavailable' } as const;

describe('scan-fresh', () => {
  // prettier-ignore
  it.each<[string, PolicyFacts, string, string | undefined]>([
    ['what runs was scanned lately', facts(), 'pass', undefined],
    ['the scan is as old as allowed (L21)', facts({ scans: [stale] }), 'fail', 'scanStale'],
    ['the scan is stale and the scanner down (L21)', facts({ scans: [stale], scanner: down }), 'unknown', 'scannerUnavailable'],
    ['the scan is fresh and the scanner down', facts({ scanner: down }), 'pass', undefined],
    ['nothing was scanned', facts({ scans: [] }), 'unknown', 'notScanned'],
    ['no scanner is configured', facts({ scans: [], scanner: undefined }), 'unknown', 'notScanned'],
    ['nothing was scanned and the scanner is down', facts({ scans: [], scanner: down }), 'unknown', 'scannerUnavailable'],
    ['another digest was scanned', facts({ scans: [scan({ artifact: { digest: OTHER_DIGEST } })] }), 'unknown', 'scanOtherDigest'],
    [
      'another digest was scanned and the scanner is down',
      facts({
        scans: [scan({ artifact: { digest: OTHER_DIGEST } })],
        scanner: down,
      }),
      'unknown',
      'scannerUnavailable',
    ],
    [
      'the scan names an index of two platforms (L2)',
      factsWithImage(
        { digest: INDEX_DIGEST },
        {
          origin: index,
          scans: [scan({ artifact: { digest: INDEX_DIGEST } })],
        },
      ),
      'warn',
      'scanPlatformUnknown',
    ],
    ['one of two platforms was scanned (L2)', halfScanned([]), 'unknown', 'platformNotScanned'],
    ['one of two platforms was scanned long ago', halfScanned([], { scannedAt: '2026-11-01T00:00:00Z' }), 'fail', 'scanStale'],
    [
      'the scan names no digest',
      facts({
        scans: [scan({ artifact: { repository: REPOSITORY, tag: '1.0.0' } })],
      }),
      'warn',
      'scanReferenceOnly',
    ],
    [
      'the report cannot be read',
      facts({
        scans: [scan({}, { status: 'invalid', reason: 'malformedReport', detail: undefined })],
      }),
      'unknown',
      'malformedReport',
    ],
    ['the digest is not known (L4)', factsWithImage({ digest: undefined }), 'unknown', 'digestUnknown'],
  ])('when %s', (_condition, given, outcome, reason) => {
    const result = run(given);
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
  });

  it('changes when the scan gets too old', () => {
    expect(run(facts()).nextChangeAt).toBe('2026-11-21T06:00:00.000Z');
  });

  it('names the scanners once and in order', () => {
    const scans = [
      scan({ scanner: { name: 'Trivy' } }),
      scan({ scanner: { name: 'Clair' } }),
    ];
    expect(run(facts({ scans })).facts.scanners).toBe('Clair, Trivy');
  });

  it('leaves out what is not known of an image without digest', () => {
    const given = factsWithImage({ repository: REPOSITORY }, { scans: [] });
    expect(run(given).remediation).toEqual({
      who: 'platformTeam',
      action: 'scanImage',
      parameters: { imageRef: `${REPOSITORY}:1.0.0`, digest: DIGEST },
    });
  });
});
