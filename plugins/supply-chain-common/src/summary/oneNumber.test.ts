import {
  check,
  facts,
  NOW,
  OTHER_DIGEST,
  policy,
  rule,
  scan,
  signatures,
} from '../testing/exampleFacts';
import {
  ALL,
  CRITICAL,
  good,
  judge,
  neverStarted,
  UNSIGNED,
  unsigned,
  vulnerable,
} from '../testing/exampleJudged';
import {
  provenance,
  provenanceStatement,
  SOURCE,
  workflowIdentity,
} from '../testing/exampleProvenance';
import { attestedVex, provenanceOf } from '../testing/exampleVex';
import { shareOf } from '../model/outcome';
import { JudgedImage } from './JudgedImage';
import { entitySummary } from './entitySummary';
import { countFigures, keyFiguresOf } from './keyFiguresOf';
import { mergeImages } from './mergeImages';
import { serviceRowOf } from './serviceRowOf';

const rowOf = (images: JudgedImage[]) =>
  serviceRowOf(
    {
      entityRef: 'component:default/web',
      owner: 'group:default/team-checkout',
    },
    images,
  );

describe('one number', () => {
  const summary = entitySummary(ALL);
  const row = rowOf(ALL);
  const figures = keyFiguresOf(countFigures([{ images: ALL }]));
  const share = (index: number) => {
    const { pass, fail, warn, unknown, waived } = summary.tiles[index].counts;
    return { pass, applicable: pass + fail + warn + unknown + waived, unknown };
  };

  it('is the same on the page of the service, in its row and in the key figures', () => {
    expect(row.signed).toEqual({ pass: 2, applicable: 3, unknown: 0 });
    expect(share(0)).toEqual(row.signed);
    expect(figures.signed).toEqual(row.signed);
    expect(share(2)).toEqual(row.registry);
    expect(figures.registryAllowed).toEqual(row.registry);
    expect(figures.scannedFresh).toEqual({
      pass: 2,
      applicable: 3,
      unknown: 1,
    });
    expect(row.counts).toEqual(summary.counts);
    expect(summary.tiles[4].counts).toEqual(summary.counts);
    expect([row.outcome, row.reason]).toEqual([
      summary.outcome,
      summary.reason,
    ]);
    expect(row.clusters).toEqual(summary.clusters);
    expect(row.vulnerabilities?.counts).toEqual(summary.tiles[3].severities);
    expect(row.vulnerabilities?.fixable).toBe(summary.tiles[3].fixable);
    expect(figures).toMatchObject({
      services: 1,
      servicesFailing: 1,
      fixableCritical: 1,
      fixableCriticalOverdue: 1,
      cannotTell: 0,
    });
  });

  it('is the same for what is known to be exploited', () => {
    const knownExploited = {
      releasedAt: '2026-11-20T00:00:00Z',
      entries: [
        {
          id: 'CVE-2026-1000',
          dateAdded: '2026-11-01',
          dueDate: '2026-11-22',
          ransomware: false,
        },
      ],
    };
    const images = [
      judge({ facts: { knownExploited } }),
      judge({
        image: { digest: OTHER_DIGEST, imageRef: 'registry.acme.example/b:1' },
        facts: {
          knownExploited,
          image: { ...facts().image, digest: OTHER_DIGEST },
          origin: undefined,
          scans: [
            scan({
              artifact: { digest: OTHER_DIGEST },
              findings: CRITICAL,
            }),
          ],
        },
      }),
    ];
    const [none, some] = images.map(each => each.vulnerabilities?.exploited);
    expect([none, some]).toEqual([0, 1]);
    const service = serviceRowOf(
      { entityRef: 'component:default/web', owner: 'group:default/a' },
      images,
    );
    expect(service.vulnerabilities?.exploited).toBe(1);
    expect(entitySummary(images).tiles[3].exploited).toBe(1);
    // No catalogue is loaded: that is not none.
    expect(row.vulnerabilities).not.toHaveProperty('exploited');
    expect(summary.tiles[3]).not.toHaveProperty('exploited');
  });

  it('is the same for what is built from our repository, with what cannot be told named', () => {
    const policies = [
      policy({
        ownImages: ['registry.acme.example/**'],
        rules: [rule('built-from-own-repository', { hostAliases: {} })],
      }),
    ];
    const builtFrom = (sourceLocation: string, container: string) =>
      judge({
        policies,
        image: { container, repository: `registry.acme.example/${container}` },
        facts: {
          entity: { ...facts().entity!, sourceLocation },
          provenance: provenance([
            provenanceStatement({
              checks: [check({ signer: workflowIdentity() })],
            }),
          ]),
        },
      });
    const images = [
      builtFrom(SOURCE, 'own'),
      builtFrom('https://github.com/acme/other', 'other'),
      judge({
        policies,
        image: { container: 'unread', digest: OTHER_DIGEST },
        facts: { entity: { ...facts().entity!, sourceLocation: SOURCE } },
      }),
      judge({
        policies,
        image: { container: 'vendor', repository: 'vendor.example/proxy' },
      }),
    ];
    const expected = { pass: 1, applicable: 3, unknown: 1 };
    const { tiles } = entitySummary(images);
    expect(shareOf(tiles[1].counts)).toEqual(expected);
    expect(
      serviceRowOf({ entityRef: 'component:default/web' }, images).provenance,
    ).toEqual(expected);
    expect(
      keyFiguresOf(countFigures([{ images }])).builtFromOwnRepository,
    ).toEqual(expected);
  });

  it('counts rows, without what never started', () => {
    expect(summary.images).toHaveLength(4);
    expect(summary.images.filter(({ counted }) => counted)).toHaveLength(3);
    expect(summary.counts).toMatchObject({ pass: 1, fail: 2 });
    expect(summary).toMatchObject({
      evaluatedAt: NOW.toISOString(),
      lastSeen: '2026-11-20T11:59:00Z',
      clusters: ['prod-eu', 'prod-us'],
      policies: [{ name: 'default' }],
    });
    expect(row).toMatchObject({
      running: true,
      owner: 'group:default/team-checkout',
    });
  });

  it('is told with what is not scanned beside it, and hides nothing that is known', () => {
    expect(row.vulnerabilities).toMatchObject({
      status: 'present',
      counts: { critical: 1, high: 1 },
      fixable: 2,
      gap: { count: 1, total: 3, status: 'absent', reason: 'notScanned' },
    });
    expect(figures.unscanned).toBe(row.vulnerabilities?.gap?.count);
    const elsewhere = judge({ image: { cluster: 'b' }, facts: { scans: [] } });
    const half = [good, elsewhere];
    const [merged] = mergeImages(half);
    expect(merged.vulnerabilities?.gap).toMatchObject({ count: 1, total: 2 });
    expect(rowOf(half).vulnerabilities?.gap).toMatchObject({
      count: 1,
      total: 1,
    });
    expect(countFigures([{ images: half }]).unscanned).toBe(1);
    expect(countFigures([{ images: [good] }]).unscanned).toBe(0);
  });

  it('is none where nothing was scanned', () => {
    const { vulnerabilities } = rowOf([unsigned]);
    expect(vulnerabilities).toEqual({ status: 'absent', reason: 'notScanned' });
    expect(unsigned.vulnerabilities).not.toHaveProperty('fixable');
  });

  it('keeps what VEX sets aside apart in the sum', () => {
    const scans = [scan({ findings: CRITICAL })];
    const images = [
      judge({ facts: { scans, provenance: provenanceOf([attestedVex()]) } }),
      vulnerable,
    ];
    expect(rowOf(images).vulnerabilities).toMatchObject({
      counts: { critical: 1, high: 2 },
      notAffected: 1,
    });
  });

  it('counts an image that several services run once, with its worst answer', () => {
    const worse = judge({
      image: { namespace: 'edge' },
      facts: { signatures: UNSIGNED },
    });
    const counts = countFigures([
      { images: [good] },
      { images: [worse] },
      { images: [vulnerable] },
    ]);
    expect(counts.signature).toMatchObject({ pass: 1, fail: 1 });
    expect(keyFiguresOf({ ...counts, unlinked: 9 })).toMatchObject({
      services: 3,
      servicesFailing: 2,
      unlinked: 9,
    });
  });

  it('names why services cannot be told, the most frequent first', () => {
    const unknown = (reason: 'registryRefused' | 'rateLimited') =>
      judge({
        facts: {
          signatures: [
            signatures([], {
              evidence: { status: 'unavailable', reason, detail: undefined },
            }),
          ],
        },
      });
    const services = [
      unknown('rateLimited'),
      unknown('registryRefused'),
      unknown('registryRefused'),
    ].map(image => ({ images: [image] }));
    expect(keyFiguresOf(countFigures(services))).toMatchObject({
      cannotTell: 3,
      cannotTellReasons: [
        { code: 'registryRefused', count: 2 },
        { code: 'rateLimited', count: 1 },
      ],
    });
    const tied = keyFiguresOf(countFigures(services.slice(0, 2)));
    expect(tied.cannotTellReasons.map(({ code }) => code)).toEqual([
      'rateLimited',
      'registryRefused',
    ]);
  });

  it('is none where nothing runs', () => {
    expect(entitySummary([])).toMatchObject({
      outcome: 'notApplicable',
      images: [],
      clusters: [],
    });
    expect(entitySummary([])).not.toHaveProperty('reason');
    expect(entitySummary([neverStarted])).toMatchObject({
      outcome: 'notApplicable',
      reason: 'neverStarted',
    });
    expect(entitySummary([good])).not.toHaveProperty('reason');
    const empty = serviceRowOf({ entityRef: 'component:default/web' }, []);
    expect(empty).toMatchObject({
      running: false,
      signed: { pass: 0, applicable: 0, unknown: 0 },
    });
    expect(empty).not.toHaveProperty('vulnerabilities');
    const uncovered = judge({
      policies: [policy({ match: { clusters: ['x'] } })],
    });
    expect(
      serviceRowOf({ entityRef: 'component:default/web' }, [uncovered]),
    ).toMatchObject({
      outcome: 'notApplicable',
      reason: 'noPolicyMatches',
    });
    expect(
      serviceRowOf({ entityRef: 'component:default/web' }, [unsigned])
        .vulnerabilities,
    ).not.toHaveProperty('counts');
  });

  it('counts no service without policy as covered', () => {
    const uncovered = judge({
      policies: [policy({ match: { clusters: ['x'] } })],
    });
    expect(
      keyFiguresOf(countFigures([{ images: [uncovered] }])).signed,
    ).toEqual({ pass: 0, applicable: 0, unknown: 0 });
    const silent = { ...judge({ policies: [] }), reason: undefined };
    expect(countFigures([{ images: [silent] }]).unknownReasons).toEqual([]);
  });
});
