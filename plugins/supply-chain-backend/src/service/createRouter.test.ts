import request from 'supertest';
import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import {
  createExampleApp,
  ExampleApp,
  ExampleAppOptions,
} from './__testUtils__/exampleApp';
import {
  examplePolicySet,
  fillExampleWorld,
  REFS,
} from './__testUtils__/exampleWorld';
import { IMAGES } from './__testUtils__/exampleEvidence';
import {
  digestOf,
  hoursAgo,
  NOW,
  StoredWorld,
} from './__testUtils__/StoredWorld';
import { DENY, ownedBy } from './__testUtils__/testPermissions';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const READERS = {
  'user:default/stranger': {
    'supply-chain.read': DENY,
    'supply-chain.unlinked.read': DENY,
    'supply-chain.sources.read': DENY,
  },
  'user:default/janitor': { 'supply-chain.read': DENY },
  'user:default/reader': { 'supply-chain.recheck': DENY },
  'user:default/half': {
    'supply-chain.recheck': ownedBy('group:default/team-checkout'),
  },
};

function entityPath(ref: string): string {
  return `/entities/${ref.replace(':', '/')}`;
}

function imagePath(
  { repository, digest }: { repository: string; digest: string },
  rest = '',
): string {
  return `/images/${digest}${rest}?repository=${encodeURIComponent(
    repository,
  )}`;
}

describe.each(databases.eachSupportedId())('the router on %s', id => {
  let knex: Knex;
  let world: StoredWorld;
  let example: ExampleApp;
  const policySet = examplePolicySet();

  const open = (options: Partial<ExampleAppOptions> = {}) =>
    createExampleApp({ knex, policySet, readers: READERS, ...options });

  const get = async (path: string, user = 'user:default/administrator') =>
    request(example.app)
      .get(path)
      .set('Authorization', mockCredentials.user.header(user));

  const post = async (path: string, user = 'user:default/administrator') =>
    request(example.app)
      .post(path)
      .set('Authorization', mockCredentials.user.header(user));

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    world = await fillExampleWorld({ knex, policySet, hidden: false });
    example = await open();
  });

  afterEach(() => {
    if (example.invalidResponses.length > 0) {
      throw new Error(example.invalidResponses.join('\n'));
    }
  });

  describe('when an entity is asked for', () => {
    it('answers with its images, tiles and steps', async () => {
      const { status, body } = await get(entityPath(REFS.payments));

      expect(status).toBe(200);
      expect(body).toMatchObject({
        entityRef: REFS.payments,
        state: 'running',
        outcome: 'fail',
        reason: 'fixableVulnerability',
        evaluatedAt: NOW.toISOString(),
        pending: 0,
        policies: [{ name: 'baseline', digest: policySet.policies[0].digest }],
        counts: { fail: 1, unknown: 1 },
        clusters: ['prod-eu'],
        worst: { ruleId: 'no-fixable-vulnerability', images: 1, of: 2 },
        sources: [{ kind: 'scanner', name: 'prod-eu', state: 'down' }],
        sandbox: false,
      });
      expect(body.tiles).toHaveLength(5);
      expect(body.nextSteps.length).toBeGreaterThan(0);
      expect(
        body.images.map((image: { imageRef: string }) => image.imageRef),
      ).toEqual([
        `${IMAGES.payments.repository}:1.2.3`,
        `${IMAGES.proxy.repository}:2`,
      ]);
      expect(body.images[0].placements).toMatchObject([
        { cluster: 'prod-eu', workloadName: 'payments', pods: 2 },
      ]);
    });

    it('takes the reference in any case', async () => {
      const { body } = await get('/entities/Component/Default/Payments-API');
      expect(body.entityRef).toBe(REFS.payments);
    });

    it('says what it is when nothing runs', async () => {
      const states = await Promise.all(
        [REFS.batch, REFS.unseen, REFS.plain].map(async ref => {
          const { body } = await get(entityPath(ref));
          return [body.state, body.outcome, body.images.length];
        }),
      );
      expect(states).toEqual([
        ['notRunning', 'unknown', 1],
        ['neverSeen', 'notApplicable', 0],
        ['notAnnotated', 'notApplicable', 0],
      ]);
    });

    it('shows what ran last and not what ran before that', async () => {
      await world.addRun({
        cluster: 'prod-eu',
        namespace: 'shop',
        ...IMAGES.batch,
        digest: digestOf('f'),
        workload: 'batch',
        tag: '3',
        entityRefs: [REFS.batch],
        running: false,
        lastSeen: hoursAgo(500),
      });
      const { body } = await get(entityPath(REFS.batch));
      expect(
        body.images.map((image: { digest: string }) => image.digest),
      ).toEqual([IMAGES.batch.digest]);
      expect(body.lastSeen).toBe(hoursAgo(5));
    });

    it('counts what runs and is not judged yet as not told', async () => {
      await world.addRun({
        cluster: 'prod-us',
        namespace: 'shop',
        ...IMAGES.payments,
        digest: digestOf('9'),
        workload: 'payments',
        tag: '2.0.0',
        entityRefs: [REFS.payments],
        isJudged: false,
      });
      await world.addWork({
        subject_key: `${IMAGES.payments.repository}@${digestOf('9')}`,
        next_attempt_at: hoursAgo(1),
      });
      const { body } = await get(entityPath(REFS.payments));
      expect(body).toMatchObject({
        counts: { fail: 1, unknown: 2 },
        pending: 1,
        evaluatedAt: NOW.toISOString(),
      });
      expect(
        body.images.find(
          (image: { digest: string }) => image.digest === digestOf('9'),
        ),
      ).toMatchObject({ outcome: 'unknown', reason: 'notCollectedYet' });
    });

    it('says 404 for one that does not exist', async () => {
      const { status, body } = await get('/entities/component/default/nobody');
      expect(status).toBe(404);
      expect(body.error.name).toBe('NotFoundError');
    });

    it('reads one from the catalog that is not known yet', async () => {
      const refreshEntity = jest.fn(async (_ref: string) => {
        await world.addEntity({
          name: 'fresh',
          owner: 'group:default/team-edge',
        });
      });
      const catalog = catalogServiceMock({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'fresh', namespace: 'default' },
          },
        ],
      });
      example = await open({ refreshEntity, catalog });

      const { status, body } = await get('/entities/component/default/fresh');
      expect([status, body.state]).toEqual([200, 'notAnnotated']);
      expect(refreshEntity).toHaveBeenCalledTimes(1);

      await get('/entities/component/default/nobody');
      expect(refreshEntity).toHaveBeenCalledTimes(1);
    });
  });

  describe('when a fresh look is asked for', () => {
    it('queues every image before anything else and without cached negatives', async () => {
      const onLookRequested = jest.fn();
      example = await open({ onLookRequested });
      const subject = `${IMAGES.payments.repository}@${IMAGES.payments.digest}`;
      await world.addWork({ subject_key: subject, attempts: 5 });

      const { status, body } = await post(
        `${entityPath(REFS.payments)}/recheck`,
      );

      expect([status, body.queued]).toEqual([202, 2]);
      expect(Date.parse(body.requestedAt)).not.toBeNaN();
      expect(onLookRequested).toHaveBeenCalledTimes(1);
      const work = await knex('work').orderBy('subject_key');
      expect(work.map(row => row.subject_key)).toEqual([
        `${IMAGES.proxy.repository}@${IMAGES.proxy.digest}`,
        subject,
      ]);
      for (const row of work) {
        expect(Boolean(row.fresh)).toBe(true);
        expect(row.attempts).toBe(0);
        expect(row.priority).toBeGreaterThan(0);
        expect(Date.parse(row.next_attempt_at)).toBeLessThanOrEqual(
          Date.parse(body.requestedAt),
        );
      }
      const report = await get(entityPath(REFS.payments));
      expect(report.body.pending).toBe(2);
    });

    it('says 409 when nothing can be looked at', async () => {
      const { status, body } = await post(`${entityPath(REFS.unseen)}/recheck`);
      expect([status, body.error.name]).toEqual([409, 'ConflictError']);
    });

    it('says 403 without the permission, and 404 before that', async () => {
      const user = 'user:default/reader';
      const denied = await post(`${entityPath(REFS.payments)}/recheck`, user);
      expect(denied.status).toBe(403);
      expect(denied.body.error.message).toContain('supply-chain.recheck');
      const unknown = await post(
        '/entities/component/default/nobody/recheck',
        user,
      );
      expect(unknown.status).toBe(404);
      expect(await knex('work')).toEqual([]);
    });

    it('heeds a permission for some entities', async () => {
      const user = 'user:default/half';
      const own = await post(`${entityPath(REFS.batch)}/recheck`, user);
      const other = await post(`${entityPath(REFS.payments)}/recheck`, user);
      expect([own.status, other.status]).toEqual([202, 403]);
    });

    it('says 429 to a caller who asks too often, and to nobody else', async () => {
      example = await open({ rechecks: 2 });
      const path = `${entityPath(REFS.payments)}/recheck`;
      const statuses = [];
      for (let times = 0; times < 3; times += 1) {
        statuses.push((await post(path)).status);
      }
      expect(statuses).toEqual([202, 202, 429]);
      expect((await post(path, 'user:default/other')).status).toBe(202);
    });
  });

  describe('when an image is asked for', () => {
    it('answers with evidence, verdicts, places and a command', async () => {
      const { status, body } = await get(imagePath(IMAGES.payments));

      expect(status).toBe(200);
      expect(body).toMatchObject({
        ...IMAGES.payments,
        imageRefs: [`${IMAGES.payments.repository}:1.2.3`],
        platforms: ['linux/amd64'],
        outcome: 'fail',
        pending: false,
        signature: { status: 'verified', trustRoot: 'acme-release-key' },
        vulnerabilities: { status: 'present', fixable: 2 },
        entityRefs: [REFS.payments],
        firstSeen: hoursAgo(48),
      });
      expect(body.verdicts).toHaveLength(1);
      expect(
        body.evidence.map((each: { kind: string }) => each.kind).sort(),
      ).toEqual(['origin', 'signature', 'vulnerabilities']);
      expect(JSON.stringify(body.evidence)).not.toContain('CVE-');
      expect(body.reproduce.arguments.slice(0, 3)).toEqual([
        'cosign',
        'verify',
        '--key',
      ]);
      expect(body.reproduce.arguments.pop()).toBe(
        `${IMAGES.payments.repository}@${IMAGES.payments.digest}`,
      );
    });

    it('answers for a workload of no entity', async () => {
      const { status, body } = await get(
        imagePath(IMAGES.tool),
        'user:default/janitor',
      );
      expect([status, body.entityRefs, body.placements.length]).toEqual([
        200,
        [],
        1,
      ]);
      const other = await get(
        imagePath(IMAGES.payments),
        'user:default/janitor',
      );
      expect(other.status).toBe(404);
    });

    it('says 404 for the digest in another repository', async () => {
      const { status } = await get(
        imagePath({ ...IMAGES.payments, repository: IMAGES.proxy.repository }),
      );
      expect(status).toBe(404);
    });

    it('says 400 for a bad digest and for no repository', async () => {
      const bad = await get(
        imagePath({ ...IMAGES.payments, digest: 'sha256:12' }),
      );
      const none = await get(`/images/${IMAGES.payments.digest}`);
      expect([bad.status, none.status]).toEqual([400, 400]);
      expect(bad.body.error.name).toBe('InputError');
    });
  });

  describe('when vulnerabilities are asked for', () => {
    const idsOf = (body: { items: { id: string }[] }) =>
      body.items.map(item => item.id.slice(-1)).join('');
    const path = imagePath(IMAGES.payments, '/vulnerabilities');

    it('lists the worst first, as many as the image says', async () => {
      const { body } = await get(path);
      const image = await get(imagePath(IMAGES.payments));
      expect([body.total, idsOf(body)]).toEqual([4, '1243']);
      const { counts } = image.body.vulnerabilities;
      expect(
        Object.values(counts as Record<string, number>).reduce(
          (sum, count) => sum + count,
        ),
      ).toBe(body.total);
    });

    it.each([
      ['severity=critical', 2, '12'],
      ['fixable=true', 2, '14'],
      ['fixable=false', 2, '23'],
      ['search=OPENSSL', 1, '1'],
      ['search=overflow', 1, '1'],
      ['limit=1&offset=1', 4, '2'],
      ['offset=100', 4, ''],
    ])('narrows by %s', async (filter, total, ids) => {
      const { body } = await get(`${path}&${filter}`);
      expect([body.total, idsOf(body)]).toEqual([total, ids]);
    });

    it('adds when each was first seen and first fixable', async () => {
      await knex('vulnerability_clocks').insert({
        known_since: hoursAgo(200),
        repository: IMAGES.payments.repository,
        clocks: JSON.stringify({
          'CVE-2026-0001|openssl': {
            firstSeenAt: hoursAgo(90),
            firstFixableAt: hoursAgo(80),
            lastSeenAt: hoursAgo(2),
          },
        }),
      });
      const { body } = await get(path);
      expect(body.items[0]).toMatchObject({
        firstSeenAt: hoursAgo(90),
        firstFixableAt: hoursAgo(80),
      });
      expect(body.items[1].firstSeenAt).toBeUndefined();
    });

    it('lists nothing for an image that was never scanned', async () => {
      const { body } = await get(imagePath(IMAGES.proxy, '/vulnerabilities'));
      expect(body).toEqual({ total: 0, items: [] });
    });
  });

  it('tells the history of an image, newest first, in pages', async () => {
    const path = imagePath(IMAGES.payments, '/history');
    const { body } = await get(path);
    expect(body).toMatchObject({
      total: 2,
      items: [
        { kind: 'verdict', outcome: 'fail', previousOutcome: 'pass' },
        { kind: 'firstSeen', at: hoursAgo(48) },
      ],
    });
    const second = await get(`${path}&limit=1&offset=1`);
    expect(second.body).toMatchObject({
      total: 2,
      items: [{ kind: 'firstSeen' }],
    });
  });

  describe('when the overview is asked for', () => {
    const namesOf = (body: { items: { entityRef: string }[] }) =>
      body.items.map(item => item.entityRef.split('/')[1]);

    it('answers with figures, services, changes and what is set up', async () => {
      const { status, body } = await get('/overview');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        asOf: NOW.toISOString(),
        total: 2,
        figures: {
          signed: { pass: 1, applicable: 2, unknown: 1 },
          registryAllowed: { pass: 2, applicable: 2, unknown: 0 },
          scannedFresh: { pass: 1, applicable: 2, unknown: 1 },
          servicesFailing: 1,
          services: 2,
          cannotTell: 1,
          fixableCritical: 1,
          fixableCriticalOverdue: 1,
          cannotTellReasons: [{ code: 'notCollectedYet', count: 1 }],
          unlinked: 1,
        },
        checklist: [
          { step: 'clusters', done: true, count: 1 },
          { step: 'images', done: true, count: 3 },
          { step: 'linked', done: true, count: 2 },
          { step: 'trustRoot', done: true, count: 1 },
          {
            step: 'scanner',
            done: false,
            count: 0,
            problem: 'clusterForbidden',
          },
          { step: 'policy', done: true, count: 1 },
        ],
        changes: [
          {
            entityRef: REFS.payments,
            outcome: 'fail',
            previousOutcome: 'pass',
            owner: 'group:default/team-payments',
          },
        ],
        facets: {
          owners: [
            'group:default/team-checkout',
            'group:default/team-payments',
          ],
          systems: ['system:default/shop'],
          lifecycles: ['production'],
          clusters: ['prod-eu'],
        },
      });
      expect(namesOf(body)).toEqual(['payments-api', 'old-batch']);
    });

    it('says of a service what its own page says', async () => {
      const { body } = await get('/overview');
      for (const item of body.items) {
        const report = await get(entityPath(item.entityRef));
        const { outcome, reason, counts, clusters } = report.body;
        expect(item).toMatchObject({ outcome, reason, counts, clusters });
      }
    });

    it.each([
      ['outcome=fail', ['payments-api']],
      ['signature=unknown', ['payments-api', 'old-batch']],
      ['owner=group%3Adefault%2FTEAM-payments', ['payments-api']],
      ['system=system%3Adefault%2Fshop', ['payments-api']],
      ['lifecycle=production', ['payments-api']],
      ['cluster=prod-eu', ['payments-api', 'old-batch']],
      ['cluster=elsewhere', []],
      ['search=PROXY', ['payments-api']],
      ['search=Payments', ['payments-api']],
      [`search=${encodeURIComponent(IMAGES.batch.digest)}`, ['old-batch']],
      ['search=%25', []],
      ['orderBy=name&order=desc', ['payments-api', 'old-batch']],
      ['orderBy=name', ['old-batch', 'payments-api']],
      ['order=desc', ['old-batch', 'payments-api']],
      ['orderBy=owner', ['old-batch', 'payments-api']],
    ])('narrows and sorts by %s', async (filter, names) => {
      const { body } = await get(`/overview?${filter}`);
      expect(namesOf(body)).toEqual(names);
      expect(body.total).toBe(names.length);
      expect(body.figures.services).toBe(names.length);
    });

    it('pages without changing what is counted', async () => {
      const { body } = await get('/overview?limit=1&offset=1');
      expect(namesOf(body)).toEqual(['old-batch']);
      expect([body.total, body.figures.services]).toEqual([2, 2]);
    });
  });

  it('lists workloads of no entity with what would link them', async () => {
    const { body } = await get('/unlinked');
    expect(body).toMatchObject({
      total: 1,
      items: [
        {
          workloadName: 'cron',
          outcome: 'unknown',
          annotation: 'backstage.io/kubernetes-label-selector: "app=cron"',
        },
      ],
    });
  });

  it('lists sources and the queue', async () => {
    await world.addWork({ subject_key: 'a', next_attempt_at: hoursAgo(9) });
    await world.addWork({
      subject_key: 'b',
      lease_expires_at: '2999-01-01T00:00:00.000Z',
    });
    const { body } = await get('/health/sources');
    expect(body.sources).toMatchObject([
      { kind: 'cluster', name: 'prod-eu', state: 'ok', items: 3 },
      { kind: 'policyFile', name: 'policy.yaml' },
      { kind: 'scanner', state: 'down', message: expect.any(String) },
    ]);
    expect(body.queue).toEqual({
      due: 1,
      underWay: 1,
      oldestDueAt: hoursAgo(9),
    });
  });

  it('marks everything that comes from the sandbox', async () => {
    example = await open({ sandbox: true });
    for (const path of [
      entityPath(REFS.payments),
      imagePath(IMAGES.payments),
      '/overview',
      '/unlinked',
      '/health/sources',
    ]) {
      expect((await get(path)).body.sandbox).toBe(true);
    }
  });

  it('says 403 and which permission is missing', async () => {
    const expected = [
      [entityPath(REFS.payments), 'supply-chain.read'],
      [imagePath(IMAGES.payments), 'supply-chain.read'],
      [imagePath(IMAGES.payments, '/vulnerabilities'), 'supply-chain.read'],
      [imagePath(IMAGES.payments, '/history'), 'supply-chain.read'],
      ['/overview', 'supply-chain.read'],
      ['/unlinked', 'supply-chain.unlinked.read'],
      ['/health/sources', 'supply-chain.sources.read'],
    ];
    for (const [path, permission] of expected) {
      const { status, body } = await get(path, 'user:default/stranger');
      expect([path, status]).toEqual([path, 403]);
      expect(body.error.message).toContain(`'${permission}'`);
    }
  });

  it.each([
    '/overview?limit=251',
    '/overview?limit=0',
    '/overview?offset=-1',
    '/overview?outcome=perfect',
    '/overview?orderBy=luck',
    '/overview?unknown=1',
    `${imagePath(IMAGES.payments, '/vulnerabilities')}&severity=worst`,
    `${imagePath(IMAGES.payments, '/history')}&limit=many`,
  ])('says 400 to %s', async path => {
    const { status, body } = await get(path);
    expect([status, body.error.name]).toEqual([400, 'InputError']);
  });

  it('answers services as well', async () => {
    const { status } = await request(example.app)
      .get('/overview')
      .set('Authorization', mockCredentials.service.header());
    expect(status).toBe(200);
  });

  it('says 401 to nobody', async () => {
    const { status } = await request(example.app)
      .get('/overview')
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it('audits every request with how it ended', async () => {
    await get(entityPath(REFS.payments));
    await get('/overview', 'user:default/stranger');
    await post(`${entityPath(REFS.unseen)}/recheck`);
    expect(example.audited).toMatchObject([
      {
        eventId: 'entity-read',
        ended: 'success',
        meta: { entityRef: REFS.payments },
      },
      { eventId: 'overview-read', ended: 'fail' },
      { eventId: 'entity-recheck', ended: 'fail' },
    ]);
  });
});
