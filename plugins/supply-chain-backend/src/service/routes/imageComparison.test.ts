import { EvidenceOf, schema } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES, originOf, scanOf } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { imagePath } from '../__testUtils__/paths';
import { digestOf, hoursAgo } from '../__testUtils__/StoredWorld';
import {
  ExampleRouter,
  useExampleRouter,
} from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const { repository } = IMAGES.payments;
const BEFORE = { repository, digest: digestOf('5') };
const ELSEWHERE = { repository, digest: digestOf('6') };
const PLACE = { cluster: 'prod-eu', namespace: 'shop', workload: 'payments' };

/** Another version of curl with another fix, one vulnerability that is gone, and one less. */
function earlierScan(): EvidenceOf<'vulnerabilities'> {
  const scan = scanOf(BEFORE);
  const [zlib, openssl, , curl] = scan.detail!.findings;
  return {
    ...scan,
    detail: {
      ...scan.detail!,
      findings: [
        zlib,
        openssl,
        { ...curl, installedVersion: '7.9.0', fixedVersion: '8.0.1' },
        { ...zlib, id: 'CVE-2025-0009', severity: 'high' },
      ],
    },
  };
}

/** What the workload ran before the example's image. */
async function addEarlier(
  { world }: ExampleRouter,
  scan: EvidenceOf<'vulnerabilities'> | undefined = earlierScan(),
): Promise<void> {
  await world.addRun({
    ...PLACE,
    ...BEFORE,
    tag: '1.2.2',
    entityRefs: [REFS.payments],
    running: false,
    firstSeen: hoursAgo(100),
    lastSeen: hoursAgo(48),
    scans: scan ? [scan] : [],
  });
  await world.addEvidence(originOf(BEFORE, []));
  if (scan) {
    await world.addReport({
      ...PLACE,
      workload: 'payments-before',
      evidence: scan,
    });
  }
}

const path = (rest = '', other = BEFORE, image = IMAGES.payments) =>
  `${imagePath(image, '/comparison')}&withDigest=${encodeURIComponent(
    other.digest,
  )}${rest}`;

const changesOf = ({ items }: schema.ImageComparison) =>
  items.map(({ change, after, before }) => [
    change,
    (after ?? before)!.id.slice(-4),
  ]);

describe.each(databases.eachSupportedId())('comparing images on %s', id => {
  const router = useExampleRouter({ databases, id });
  const { get } = router;

  describe('when an earlier image was scanned as well', () => {
    beforeEach(() => addEarlier(router));

    it('says what is new, fixed, changed and unchanged', async () => {
      const { status, body } = await get(path());
      expect(status).toBe(200);
      expect(changesOf(body)).toEqual([
        ['new', '0002'],
        ['changed', '0004'],
        ['fixed', '0009'],
        ['unchanged', '0001'],
        ['unchanged', '0003'],
      ]);
      expect(body).toMatchObject({
        total: 5,
        packagesTotal: 1,
        packages: [{ name: 'curl', before: ['7.9.0'], after: ['8.0.0'] }],
        image: {
          ...IMAGES.payments,
          running: true,
          vulnerabilities: { status: 'present' },
        },
        with: {
          ...BEFORE,
          running: false,
          imageRefs: [`${repository}:1.2.2`],
          vulnerabilities: { status: 'present' },
          lastSeen: hoursAgo(48),
        },
      });
      expect(body.image).not.toHaveProperty('incomplete');
    });

    it('counts as the pages of the images do', async () => {
      const { body } = await get(path());
      const sumOf = (names: (keyof schema.ImageComparison['counts'])[]) =>
        names.reduce(
          (sum, name) =>
            sum +
            Object.values<number>(body.counts[name]).reduce((a, b) => a + b),
          0,
        );
      const [own, other] = await Promise.all(
        [IMAGES.payments, BEFORE].map(image =>
          get(imagePath(image, '/vulnerabilities')),
        ),
      );
      expect(sumOf(['new', 'mayBeNew', 'changed', 'unchanged'])).toBe(
        own.body.total,
      );
      expect(sumOf(['fixed', 'mayBeFixed', 'changed', 'unchanged'])).toBe(
        other.body.total,
      );
    });

    it('does not say what is not exploited where nobody can tell (L8)', async () => {
      const { status, body } = await get(path('&exploited=false'));
      expect([status, body.error.reason]).toEqual([409, 'exploitDataMissing']);
    });

    it('is the mirror of itself', async () => {
      const { body } = await get(path('', IMAGES.payments, BEFORE));
      expect(changesOf(body)).toContainEqual(['fixed', '0002']);
      expect(changesOf(body)).toContainEqual(['new', '0009']);
      const same = await get(path('', IMAGES.payments));
      expect(new Set(changesOf(same.body).map(([change]) => change))).toEqual(
        new Set(['unchanged']),
      );
    });

    it.each([
      ['change=fixed', ['fixed']],
      ['change=mayBeNew', []],
      ['severity=high', ['fixed']],
      ['search=CURL', ['changed']],
      ['fixable=false&change=unchanged', ['unchanged']],
      ['exploited=true', []],
      ['limit=2&offset=1', ['changed', 'fixed']],
      ['sort=fixFirst', ['unchanged', 'new', 'fixed', 'changed', 'unchanged']],
      ['sort=package', ['new', 'changed', 'unchanged', 'fixed', 'unchanged']],
    ])('narrows and orders by %s', async (query, expected) => {
      const { body } = await get(path(`&${query}`));
      expect(changesOf(body).map(([change]) => change)).toEqual(expected);
      const all = await get(path());
      expect(body.counts).toEqual(all.body.counts);
    });

    it('sets side by side who signed and built them', async () => {
      const { body } = await get(path());
      expect(body.facts).toEqual(
        expect.arrayContaining([
          {
            id: 'signature',
            before: ['unavailable'],
            after: ['verified'],
            result: 'different',
            expected: 'same',
          },
          {
            id: 'source',
            before: [],
            after: ['https://github.com/acme/payments'],
            result: 'unknown',
            expected: 'same',
          },
        ]),
      );
    });

    it('is offered first to compare with', async () => {
      await router.world.addRun({
        ...PLACE,
        ...ELSEWHERE,
        cluster: 'prod-us',
        tag: '1.2.1',
        entityRefs: [REFS.payments],
      });
      const { body } = await get(
        imagePath(IMAGES.payments, '/comparison-candidates'),
      );
      expect(body.items).toEqual([
        {
          ...BEFORE,
          imageRef: `${repository}:1.2.2`,
          relation: 'previous',
          running: false,
          clusters: ['prod-eu'],
          firstSeen: hoursAgo(100),
          lastSeen: hoursAgo(48),
        },
        expect.objectContaining({
          ...ELSEWHERE,
          relation: 'otherCluster',
          running: true,
          clusters: ['prod-us'],
        }),
      ]);
      const other = await get(imagePath(BEFORE, '/comparison-candidates'));
      expect(
        other.body.items
          .filter(
            (each: schema.ComparisonCandidate) =>
              each.repository === repository,
          )
          .map((each: schema.ComparisonCandidate) => [
            each.digest,
            each.relation,
          ]),
      ).toEqual([
        [IMAGES.payments.digest, 'next'],
        [ELSEWHERE.digest, 'otherCluster'],
      ]);
    });
  });

  it('cannot tell what is new where the earlier image was not scanned (L8)', async () => {
    await router.world.addRun({
      ...PLACE,
      ...BEFORE,
      tag: '1.2.2',
      entityRefs: [REFS.payments],
      running: false,
      firstSeen: hoursAgo(100),
      lastSeen: hoursAgo(48),
    });
    const { body } = await get(path());
    expect(body.with).toMatchObject({ incomplete: 'scannerUnavailable' });
    expect(
      body.items.map(({ change, reason }: schema.ComparedFinding) => [
        change,
        reason,
      ]),
    ).toEqual(Array(4).fill(['mayBeNew', 'scannerUnavailable']));
  });

  it('says 404 alike for an image that is hidden and one that is not there', async () => {
    await addEarlier(router);
    const nowhere = { repository, digest: digestOf('0') };
    const hidden = await get(path('', nowhere));
    expect([hidden.status, hidden.body.error.message]).toEqual([
      404,
      `No image '${repository}@${nowhere.digest}' is known`,
    ]);
    const janitor = await get(path(), 'user:default/janitor');
    expect(janitor.status).toBe(404);
    const stranger = await get(path(), 'user:default/stranger');
    expect(stranger.status).toBe(403);
    const candidates = await get(
      imagePath(IMAGES.payments, '/comparison-candidates'),
      'user:default/stranger',
    );
    expect(candidates.status).toBe(403);
  });

  it('says 400 for what is no digest, no change and no order', async () => {
    const answers = await Promise.all([
      get(path('', { repository, digest: 'sha256:12' as never })),
      get(path('&change=better')),
      get(path('&sort=random')),
      get(imagePath(IMAGES.payments, '/comparison')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  });

  it('is written down for whoever audits reading', async () => {
    await addEarlier(router);
    await get(path());
    expect(router.example.audited).toContainEqual({
      eventId: 'image-read',
      ended: 'success',
      meta: expect.objectContaining({
        queryType: 'comparison',
        withDigest: BEFORE.digest,
      }),
    });
  });
});
