import {
  DIGEST,
  facts,
  factsWithImage,
  INDEX_DIGEST,
  NOW,
  origin,
  OTHER_DIGEST,
  policy,
  REPOSITORY,
  rule,
  scan,
  vulnerability,
} from '../testing/exampleFacts';
import { EvidenceTrust, MinimumTrust } from '../model/evidenceTrust';
import { VulnerabilityFinding } from '../model/vulnerability';
import { evaluateNoFixableVulnerability } from '../policy/rules/no-fixable-vulnerability/evaluate';
import { evaluateScanFresh } from '../policy/rules/scan-fresh/evaluate';
import { PolicyFacts } from '../policy/types';
import { vulnerabilityFigures } from '../summary/vulnerabilitySummary';
import { selectScans } from './selectScans';

const FRESH = '2026-11-20T06:00:00Z';
const OLD = '2026-11-01T06:00:00Z';
const critical = (id = 'CVE-2026-1') =>
  vulnerability({
    id,
    severity: 'critical',
    fixedVersion: '2.0.0',
    publishedAt: '2026-01-01T00:00:00Z',
  });

const handedIn = (
  trust: EvidenceTrust,
  findings: VulnerabilityFinding[] = [],
  { scannedAt = FRESH, by = 'main', scanner = 'Trivy' } = {},
) =>
  scan(
    {
      scanner: { name: scanner },
      scannedAt,
      artifact: { repository: REPOSITORY, digest: DIGEST },
      findings,
    },
    { collector: 'upload', trust, uploadedBy: by },
  );
const ownScan = (findings: VulnerabilityFinding[] = [], scannedAt = FRESH) =>
  scan({ findings, scannedAt });

const context = { policy: policy(), trustRoots: [], now: NOW };
const fresh = (given: PolicyFacts, minTrust?: MinimumTrust) => {
  const parameters = { maxAgeHours: 24, ...(minTrust && { minTrust }) };
  const result = evaluateScanFresh({ ...context, facts: given, parameters });
  return [result.outcome, result.reason];
};
const fixable = (given: PolicyFacts, minTrust?: MinimumTrust) => {
  const result = evaluateNoFixableVulnerability({
    ...context,
    facts: given,
    parameters: {
      severity: 'critical',
      leewayDays: 0,
      since: 'firstFixable',
      ...(minTrust && { minTrust }),
    },
  });
  return [result.outcome, result.reason];
};
const PASS = ['pass', undefined];
const FAIL = ['fail', 'fixableVulnerability'];
const NOT_SCANNED = ['unknown', 'notScanned'];

describe('a scan that was handed in satisfies a rule only at the trust it asks for (L9)', () => {
  it.each<[EvidenceTrust, MinimumTrust | undefined, boolean]>([
    ['signed', undefined, true],
    ['signed', 'signed', true],
    ['oidcUpload', undefined, false],
    ['oidcUpload', 'signed', false],
    ['oidcUpload', 'oidcUpload', true],
    ['oidcUpload', 'tokenUpload', true],
    ['tokenUpload', undefined, false],
    ['tokenUpload', 'oidcUpload', false],
    ['tokenUpload', 'tokenUpload', true],
    ['file', undefined, true],
    ['file', 'tokenUpload', false],
  ])('%s where the rule asks for %s', (trust, minTrust, satisfied) => {
    const given = facts({ scans: [handedIn(trust)] });
    const expected = satisfied ? PASS : NOT_SCANNED;
    expect(fresh(given, minTrust)).toEqual(expected);
    expect(fixable(given, minTrust)).toEqual(expected);
  });

  it('is stale as any other', () => {
    const given = facts({
      scans: [handedIn('signed', [], { scannedAt: OLD })],
    });
    expect(fresh(given)).toEqual(['fail', 'scanStale']);
    expect(fixable(given)).toEqual(['unknown', 'scanStale']);
  });

  it('needs one for each platform, whoever made them (L2)', () => {
    const index = origin({
      kind: 'index',
      children: [
        { digest: DIGEST, platform: 'linux/amd64' },
        { digest: OTHER_DIGEST, platform: 'linux/arm64' },
      ],
    });
    const other = scan({
      artifact: { repository: REPOSITORY, digest: OTHER_DIGEST },
    });
    const given = factsWithImage(
      { digest: INDEX_DIGEST, platform: 'linux/amd64,linux/arm64' },
      { origin: index, scans: [other, handedIn('oidcUpload')] },
    );
    expect(fresh(given)).toEqual(['unknown', 'platformNotScanned']);
    expect(fresh(given, 'oidcUpload')).toEqual(PASS);
  });
});

describe('a scan that was handed in can add fails, whatever its trust (L9)', () => {
  it.each<[string, PolicyFacts]>([
    [
      'where there is no other',
      facts({ scans: [handedIn('tokenUpload', [critical()])] }),
    ],
    [
      'where our own found nothing',
      facts({ scans: [ownScan(), handedIn('tokenUpload', [critical()])] }),
    ],
    [
      'where our own is stale',
      facts({
        scans: [ownScan([], OLD), handedIn('tokenUpload', [critical()])],
      }),
    ],
    [
      'where the scanner cannot be read',
      facts({
        scans: [handedIn('tokenUpload', [critical()], { scannedAt: OLD })],
        scanner: { status: 'unavailable' },
      }),
    ],
    [
      'where our own may be of something else',
      facts({
        scans: [
          scan({ artifact: { repository: REPOSITORY, tag: '1.0.0' } }),
          handedIn('tokenUpload', [critical()]),
        ],
      }),
    ],
  ])('%s', (_where, given) => {
    expect(fixable(given)).toEqual(FAIL);
    expect(fixable(given, 'oidcUpload')).toEqual(FAIL);
  });

  it('adds nothing from other content, or from a time to come', () => {
    const other = handedIn('oidcUpload', [critical()]);
    other.detail!.artifact = { digest: OTHER_DIGEST };
    const future = handedIn('oidcUpload', [critical()], {
      scannedAt: '2026-11-21T06:00:00Z',
    });
    const given = facts({ scans: [ownScan(), other, future] });
    expect(fixable(given, 'tokenUpload')).toEqual(PASS);
    expect(
      selectScans({ facts: given, now: NOW, roots: [] }),
    ).not.toHaveProperty('claims');
  });

  it('tells when it will fail what cannot be told today', () => {
    const result = evaluateNoFixableVulnerability({
      ...context,
      facts: facts({
        scans: [
          handedIn('tokenUpload', [
            { ...critical(), publishedAt: '2026-11-19T12:00:00Z' },
          ]),
        ],
      }),
      parameters: {
        severity: 'critical',
        leewayDays: 3,
        since: 'firstFixable',
      },
    });
    expect([result.outcome, result.nextChangeAt]).toEqual([
      'unknown',
      '2026-11-22T12:00:00.000Z',
    ]);
  });
});

describe('a scan that was handed in replaces none of our own (L9)', () => {
  it('leaves what ours found, however new and trusted it is', () => {
    const given = facts({
      scans: [ownScan([critical()], OLD), handedIn('oidcUpload')],
    });
    expect(fixable(given, 'oidcUpload')).toEqual(FAIL);
  });

  it('makes no fresh scan stale', () => {
    const given = facts({
      scans: [ownScan(), handedIn('signed', [], { scannedAt: OLD })],
    });
    expect(fresh(given)).toEqual(PASS);
  });

  it('leaves what another who handed in found', () => {
    const given = facts({
      scans: [
        handedIn('oidcUpload', [critical()], { scannedAt: OLD, by: 'main' }),
        handedIn('oidcUpload', [], { by: 'branch' }),
      ],
    });
    expect(fresh(given, 'oidcUpload')).toEqual(PASS);
    expect(fixable(given, 'oidcUpload')).toEqual(FAIL);
  });

  it('gives ours no other name, date or fix state', () => {
    const { fixedVersion, ...known } = critical('CVE-2026-2');
    const given = facts({
      scans: [
        ownScan([{ ...known, fixState: 'unknown' }]),
        handedIn('oidcUpload', [
          {
            ...known,
            aliases: ['CVE-2026-9'],
            fixState: 'notFixed',
            publishedAt: '2026-11-20T00:00:00Z',
          },
        ]),
      ],
    });
    expect(fixable(given, 'oidcUpload')).toEqual(['unknown', 'fixUnknown']);
    const { findings } = selectScans({ facts: given, now: NOW, roots: [] });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ ...known, fixState: 'unknown' });
    expect(findings[0]).not.toHaveProperty('aliases');
    expect(findings[0].sources.map(({ trust }) => trust)).toEqual([
      undefined,
      'oidcUpload',
    ]);
  });

  it('makes ours worse where it says something worse, and counts once', () => {
    const mild = { ...critical(), severity: 'low' as const };
    const { fixedVersion, ...unfixed } = critical('CVE-2026-3');
    const given = facts({
      scans: [
        ownScan([mild, unfixed]),
        handedIn('tokenUpload', [critical(), critical('CVE-2026-3')]),
      ],
    });
    const { findings } = selectScans({ facts: given, now: NOW, roots: [] });
    expect(
      findings.map(({ id, severity, sources, ...each }) => [
        id,
        severity,
        each.fixedVersion,
        sources.map(({ trust }) => trust),
      ]),
    ).toEqual([
      ['CVE-2026-1', 'critical', '2.0.0', [undefined, 'tokenUpload']],
      ['CVE-2026-3', 'critical', fixedVersion, [undefined, 'tokenUpload']],
    ]);
    expect(fixable(given)).toEqual(FAIL);
  });
});

describe('figures', () => {
  it('count what was handed in, and say that nothing vouches for it', () => {
    const given = facts({ scans: [handedIn('oidcUpload', [critical()])] });
    const figures = (minTrust?: MinimumTrust) =>
      vulnerabilityFigures({
        facts: given,
        policies: [
          policy({
            rules: [
              rule('scan-fresh', {
                maxAgeHours: 24,
                ...(minTrust && { minTrust }),
              }),
            ],
          }),
        ],
        trustRoots: [],
        now: NOW,
      }).summary;
    expect(figures()).toMatchObject({
      status: 'absent',
      reason: 'notScanned',
      counts: { critical: 1 },
      fixable: 1,
    });
    expect(figures('oidcUpload')).toMatchObject({
      status: 'present',
      counts: { critical: 1 },
      fixable: 1,
    });
  });
});
