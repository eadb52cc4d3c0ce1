import { createTestDatabases } from '../__testUtils__/testDatabases';
import { CachedLinker } from '../database/CachedLinker';
import { DatabaseCatalogStore } from '../database/DatabaseCatalogStore';
import { DatabaseReferenceStore } from '../database/DatabaseReferenceStore';
import { EntityRow } from '../database/tables';
import { ResolvedReference } from '../stores/ReferenceStore';
import { IMAGES } from './__testUtils__/exampleEvidence';
import { REFS } from './__testUtils__/exampleWorld';
import { entityPath, imagePath } from './__testUtils__/paths';
import { digestOf, NOW } from './__testUtils__/StoredWorld';
import { DENY, ownedBy } from './__testUtils__/testPermissions';
import { useExampleRouter } from './__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NAMED = { repository: 'quay.io/acme/cli', digest: digestOf('9') };
const OWNER = 'user:default/payments';
const OTHERS = 'user:default/checkout';

describe.each(databases.eachSupportedId())('annotated images on %s', id => {
  const router = useExampleRouter({ databases, id });
  const { get, post } = router;

  /** What the catalog reads, and what comes of the references it brings. */
  const name = async (
    ref: string,
    images: string,
    found: ResolvedReference['found'] = {
      digest: NAMED.digest,
      digestSource: 'tagResolvedNow',
    },
  ) => {
    const { knex } = router;
    const row: EntityRow = await knex('entities').where({ ref }).first();
    const annotations = JSON.stringify({
      ...JSON.parse(row.annotations),
      'supply-chain/images': images,
    });
    await DatabaseCatalogStore.create({
      knex,
      linker: new CachedLinker(),
    }).apply({
      rows: [{ ...row, annotations, hash: images }],
      complete: false,
      now: NOW,
    });
    const store = DatabaseReferenceStore.create({ knex });
    for (const task of await store.take({ limit: 99, leaseMs: 60_000 })) {
      await store.complete({
        task,
        found,
        needsLink: false,
        attempts: 0,
        nextAttemptMs: 3_600_000,
        now: NOW,
      });
    }
  };

  beforeEach(() =>
    router.open({
      readers: {
        [OWNER]: {
          'supply-chain.read': ownedBy('group:default/team-payments'),
          'supply-chain.unlinked.read': DENY,
        },
        [OTHERS]: {
          'supply-chain.read': ownedBy('group:default/team-checkout'),
        },
      },
    }),
  );

  it('stand beside what runs, and change nothing else that is said of it', async () => {
    const before = await get(entityPath(REFS.payments));
    await name(REFS.payments, 'quay.io/acme/cli:1');
    const { body } = await get(entityPath(REFS.payments));
    expect(body.images).toHaveLength(before.body.images.length + 1);
    expect(body.images.at(-1)).toMatchObject({
      imageRef: 'quay.io/acme/cli:1',
      ...NAMED,
      counted: false,
      placements: [],
      annotation: { digestSource: 'tagResolvedNow' },
    });
    const rest = ({ images, pending, ...others }: typeof body) => others;
    expect(rest(body)).toEqual(rest(before.body));
  });

  it('are shown where nothing runs, which is still said', async () => {
    await name(REFS.unseen, 'quay.io/acme/cli:1,:::');
    const { body } = await get(entityPath(REFS.unseen));
    expect(body).toMatchObject({
      state: 'neverSeen',
      outcome: 'notApplicable',
      clusters: [],
      images: [
        { imageRef: ':::', outcome: 'unknown', reason: 'referenceUnreadable' },
        { imageRef: 'quay.io/acme/cli:1' },
      ],
    });
    await name(REFS.batch, 'quay.io/acme/cli:1');
    const batch = await get(entityPath(REFS.batch));
    expect(batch.body).toMatchObject({ state: 'notRunning' });
    expect(batch.body.images).toHaveLength(2);
  });

  it('have a page that names no place', async () => {
    await name(REFS.unseen, 'quay.io/acme/cli:1');
    expect(await get(imagePath(NAMED))).toMatchObject({
      status: 200,
      body: {
        ...NAMED,
        annotated: true,
        placements: [],
        entityRefs: [REFS.unseen],
        imageRefs: ['quay.io/acme/cli:1'],
      },
    });
    const vulnerabilities = await get(imagePath(NAMED, '/vulnerabilities'));
    expect(vulnerabilities.body).toMatchObject({ total: 0 });
  });

  it('are seen by nobody who may not read the entity (L33)', async () => {
    const overview = async (user: string) => {
      const { body } = await get('/overview?search=acme%2Fcli', user);
      return JSON.stringify(body);
    };
    const unnamed = await overview(OTHERS);
    await name(REFS.payments, 'quay.io/acme/cli:1');
    expect((await get(imagePath(NAMED), OWNER)).status).toBe(200);
    for (const rest of ['', '/vulnerabilities', '/history']) {
      expect((await get(imagePath(NAMED, rest), OTHERS)).status).toBe(404);
    }
    expect(await overview(OTHERS)).toBe(unnamed);
    const unlinked = await get('/unlinked', OTHERS);
    expect(JSON.stringify(unlinked.body)).not.toContain('acme/cli');
  });

  it('say nothing of others who run the same image (L33)', async () => {
    // The image of payments, named by an entity whose readers may not see payments.
    const { repository, digest } = IMAGES.payments;
    await name(REFS.batch, `${repository}@${digest}`, {
      digest,
      digestSource: 'specDigest',
    });
    const { body } = await get(imagePath(IMAGES.payments), OTHERS);
    expect(body).toMatchObject({
      placements: [],
      entityRefs: [REFS.batch],
      imageRefs: [`${repository}@${digest}`],
    });
    expect(JSON.stringify(body)).not.toContain('prod-eu');
    expect(
      body.evidence.filter(
        (each: { kind: string }) => each.kind === 'vulnerabilities',
      ),
    ).toEqual([]);
    const scans = await get(
      imagePath(IMAGES.payments, '/vulnerabilities'),
      OTHERS,
    );
    expect(scans.body.total).toBe(0);
  });

  it('are no service of the overview', async () => {
    const before = await get('/overview');
    await name(REFS.unseen, 'quay.io/acme/cli:1');
    const after = await get('/overview');
    expect(after.body).toEqual(before.body);
  });

  it('are looked at again on request, their tags resolved again', async () => {
    await name(REFS.unseen, 'quay.io/acme/cli:1,quay.io/acme/cli:2', {
      digestSource: 'none',
      digestReason: 'registryTimeout',
    });
    const { status, body } = await post(`${entityPath(REFS.unseen)}/recheck`);
    expect([status, body.queued]).toEqual([202, 2]);
    const { knex } = router;
    const due = await DatabaseReferenceStore.create({ knex }).take({
      limit: 9,
      leaseMs: 60_000,
    });
    expect(due).toHaveLength(2);
    const report = await get(entityPath(REFS.unseen));
    expect(report.body.pending).toBe(2);
  });
});
