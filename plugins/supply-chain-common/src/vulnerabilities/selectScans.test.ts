import {
  DIGEST,
  facts,
  factsWithImage,
  INDEX_DIGEST,
  NOW,
  origin,
  OTHER_DIGEST,
  REPOSITORY,
  scan,
  vulnerability,
} from '../testing/exampleFacts';
import { PolicyFacts } from '../policy/types';
import { selectScans } from './selectScans';
import { vulnerabilityClockKey } from './vulnerabilityClockKey';

const children = [
  { digest: DIGEST, platform: 'linux/amd64' },
  { digest: OTHER_DIGEST, platform: 'linux/arm64/v8' },
];
const index = origin({ kind: 'index', children });
const single = origin({ kind: 'index', children: [children[0]] });
const manifest = origin({ parents: [INDEX_DIGEST] });
const of = (digest: typeof DIGEST, platform?: string) =>
  scan({ artifact: { repository: REPOSITORY, digest }, platform });
const running = (
  digest: typeof DIGEST,
  platform: string | undefined,
  others: Partial<PolicyFacts>,
) => factsWithImage({ digest, platform }, others);
const select = (given: PolicyFacts) =>
  selectScans({ facts: given, now: NOW, roots: [] });
const AMD = 'linux/amd64';
const BOTH = 'linux/amd64,linux/arm64';

describe('selectScans', () => {
  // prettier-ignore
  it.each<[string, PolicyFacts, string, string | undefined]>([
    ['the manifest that runs was scanned', running(DIGEST, AMD, { origin: manifest, scans: [of(DIGEST)] }), 'matched', undefined],
    ['the platform of the node is not known', running(DIGEST, undefined, { origin: manifest, scans: [of(DIGEST)] }), 'matched', undefined],
    ['an index that lists it was scanned', running(DIGEST, AMD, { origin: manifest, scans: [of(INDEX_DIGEST)] }), 'partial', 'scanPlatformUnknown'],
    [
      'an index that lists it was scanned on its platform',
      running(DIGEST, AMD, {
        origin: manifest,
        scans: [of(INDEX_DIGEST, AMD)],
      }),
      'matched',
      undefined,
    ],
    ['an index runs and was scanned', running(INDEX_DIGEST, AMD, { origin: index, scans: [of(INDEX_DIGEST)] }), 'partial', 'scanPlatformUnknown'],
    ['an index of one image runs and was scanned', running(INDEX_DIGEST, AMD, { origin: single, scans: [of(INDEX_DIGEST)] }), 'matched', undefined],
    [
      'an index of one image runs somewhere',
      running(INDEX_DIGEST, undefined, {
        origin: single,
        scans: [of(INDEX_DIGEST)],
      }),
      'matched',
      undefined,
    ],
    ['an index runs and its manifest was scanned', running(INDEX_DIGEST, AMD, { origin: index, scans: [of(DIGEST)] }), 'matched', undefined],
    [
      'an index runs and the manifest of a variant was scanned',
      running(INDEX_DIGEST, 'linux/arm64', {
        origin: index,
        scans: [of(OTHER_DIGEST)],
      }),
      'matched',
      undefined,
    ],
    [
      'an index runs and another variant was scanned',
      running(INDEX_DIGEST, 'linux/arm64/v7', {
        origin: index,
        scans: [of(OTHER_DIGEST)],
      }),
      'otherDigest',
      'scanOtherDigest',
    ],
    ['an index runs and the manifest of another platform was scanned', running(INDEX_DIGEST, AMD, { origin: index, scans: [of(OTHER_DIGEST)] }), 'otherDigest', 'scanOtherDigest'],
    ['an index runs somewhere and one manifest was scanned', running(INDEX_DIGEST, undefined, { origin: index, scans: [of(DIGEST)] }), 'partial', 'scanPlatformUnknown'],
    ['an index runs on two platforms and one was scanned (L2)', running(INDEX_DIGEST, BOTH, { origin: index, scans: [of(DIGEST)] }), 'incomplete', 'platformNotScanned'],
    [
      'an index runs on two platforms and both were scanned',
      running(INDEX_DIGEST, BOTH, {
        origin: index,
        scans: [of(DIGEST), of(OTHER_DIGEST)],
      }),
      'matched',
      undefined,
    ],
    ['it is not known whether an index runs', running(DIGEST, AMD, { origin: undefined, scans: [of(DIGEST)] }), 'partial', 'scanPlatformUnknown'],
    [
      'it is not known whether an index runs, nor where',
      running(DIGEST, undefined, {
        origin: undefined,
        scans: [of(DIGEST, AMD)],
      }),
      'partial',
      'scanPlatformUnknown',
    ],
    ['something else was scanned', running(DIGEST, AMD, { origin: manifest, scans: [of(OTHER_DIGEST)] }), 'otherDigest', 'scanOtherDigest'],
    [
      'the report names the reference only',
      facts({
        scans: [scan({ artifact: { repository: REPOSITORY, tag: '1.0.0' } })],
      }),
      'partial',
      'scanReferenceOnly',
    ],
    [
      'the report names another tag only',
      facts({
        scans: [scan({ artifact: { repository: REPOSITORY, tag: '0.9.0' } })],
      }),
      'otherDigest',
      'scanOtherDigest',
    ],
    ['the report names nothing', facts({ scans: [scan({ artifact: {} })] }), 'otherDigest', 'scanOtherDigest'],
    ['the reference of the workload cannot be read', factsWithImage({ imageRef: '::' }, { scans: [scan({ artifact: { repository: REPOSITORY } })] }), 'otherDigest', 'scanOtherDigest'],
    [
      'a better scan lies beside worse ones',
      running(DIGEST, AMD, {
        origin: manifest,
        scans: [of(OTHER_DIGEST), of(INDEX_DIGEST), of(DIGEST)],
      }),
      'matched',
      undefined,
    ],
    ['the date of the scan is none', facts({ scans: [scan({ scannedAt: 'yesterday' })] }), 'unreadable', 'malformedReport'],
    ['the date of the scan lies in the future', facts({ scans: [scan({ scannedAt: '2026-11-20T12:05:01Z' })] }), 'unreadable', 'malformedReport'],
    ['the clock of the cluster is a little ahead', facts({ scans: [scan({ scannedAt: '2026-11-20T12:05:00Z' })] }), 'matched', undefined],
    [
      'the report cannot be read',
      facts({
        scans: [scan({}, { status: 'invalid', reason: 'answerTooLarge', detail: undefined })],
      }),
      'unreadable',
      'answerTooLarge',
    ],
    [
      'the report could not be fetched',
      facts({
        scans: [
          scan(
            {},
            {
              status: 'unavailable',
              reason: 'sourceTimeout',
              detail: undefined,
            },
          ),
        ],
      }),
      'unavailable',
      'sourceTimeout',
    ],
    [
      'the report could not be fetched for no reason given',
      facts({
        scans: [scan({}, { status: 'unavailable', detail: undefined })],
      }),
      'unavailable',
      'scannerUnavailable',
    ],
    ['the scanner is down', facts({ scans: [], scanner: { status: 'unavailable' } }), 'unavailable', 'scannerUnavailable'],
    ['there is no scan', facts({ scans: [] }), 'none', 'notScanned'],
    ['the scanner says that there is none', facts({ scans: [scan({}, { status: 'absent', detail: undefined })] }), 'none', 'notScanned'],
  ])('when %s', (_condition, given, state, reason) => {
    const selection = select(given);
    expect([selection.state, selection.reason]).toEqual([state, reason]);
  });

  it('takes the newest scan of each scanner and tells the age of the oldest of them', () => {
    const finding = (id: string) => [vulnerability({ id })];
    const scans = [
      scan({ scannedAt: '2026-11-20T01:00:00Z', findings: finding('old') }),
      scan({ scannedAt: '2026-11-20T03:00:00Z', findings: finding('new') }),
      scan({
        scanner: { name: 'Clair' },
        scannedAt: '2026-11-20T02:00:00Z',
        findings: finding('clair'),
      }),
    ];
    const selection = select(facts({ scans }));
    expect(selection.findings.map(({ id }) => id)).toEqual(['new', 'clair']);
    expect(selection.scannedAt).toBe('2026-11-20T02:00:00Z');
    expect(select(facts({ scans: [...scans].reverse() }))).toEqual(selection);
  });

  it.each<[string, Parameters<typeof scan>[0]]>([
    ['of an unknown platform', { artifact: { digest: INDEX_DIGEST } }],
    [
      'by reference only',
      { artifact: { repository: REPOSITORY, tag: '1.0.0' } },
    ],
  ])('hears every scanner %s', (_what, what) => {
    const scans = ['Trivy', 'Clair', 'Trivy'].map((name, position) =>
      scan({
        ...what,
        scanner: { name },
        scannedAt: `2026-11-20T0${position + 1}:00:00Z`,
        findings: [vulnerability({ id: `CVE-2026-100${position}` })],
      }),
    );
    const selection = select(
      running(INDEX_DIGEST, AMD, { origin: index, scans }),
    );
    expect(selection.state).toBe('partial');
    expect(selection.findings.map(({ id }) => id)).toEqual([
      'CVE-2026-1002',
      'CVE-2026-1001',
    ]);
    expect(selection.scannedAt).toBe('2026-11-20T02:00:00Z');
  });

  it('counts what several scanners report once, at its worst and with its fix', () => {
    const mild = vulnerability({ severity: 'low', fixedVersion: undefined });
    const scans = [
      scan({ findings: [mild] }),
      scan({ scanner: { name: 'Clair' }, findings: [vulnerability()] }),
    ];
    expect(select(facts({ scans })).findings).toEqual([
      expect.objectContaining({ severity: 'critical', fixedVersion: '3.0.2' }),
    ]);
    const swapped = [
      scan({ findings: [vulnerability()] }),
      scan({ scanner: { name: 'Trivy 2' }, findings: [mild] }),
    ];
    expect(select(facts({ scans: swapped })).findings).toEqual([
      expect.objectContaining({ severity: 'critical', fixedVersion: '3.0.2' }),
    ]);
    const none = [
      scan({ findings: [mild] }),
      scan({ scanner: { name: 'Clair' }, findings: [mild] }),
    ];
    const [unfixed, ...others] = select(facts({ scans: none })).findings;
    expect(others).toEqual([]);
    expect(unfixed).toMatchObject({ id: mild.id, severity: 'low' });
    expect(unfixed.fixedVersion).toBeUndefined();
  });

  it('keeps findings of different files apart', () => {
    const findings = [
      vulnerability({ path: 'a.jar' }),
      vulnerability({ path: 'b.jar' }),
      vulnerability({ path: 'a.jar', purl: 'pkg:maven/x/y@1' }),
    ];
    expect(
      select(facts({ scans: [scan({ findings })] })).findings,
    ).toHaveLength(3);
  });

  it('shows no findings of other content', () => {
    const other = scan({
      artifact: { digest: OTHER_DIGEST },
      findings: [vulnerability()],
    });
    expect(select(facts({ scans: [other] })).findings).toEqual([]);
  });
});

describe('vulnerabilityClockKey', () => {
  it('survives a rebuild and an update of the scanner (L21)', () => {
    const before = vulnerability({ path: 'a.jar' });
    const after = vulnerability({
      installedVersion: '3.0.9',
      purl: 'pkg:deb/debian/openssl@3.0.9',
      path: 'b.jar',
    });
    expect(vulnerabilityClockKey(after)).toBe(vulnerabilityClockKey(before));
  });
});
