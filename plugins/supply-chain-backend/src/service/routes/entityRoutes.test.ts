import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { entityPath } from '../__testUtils__/paths';
import { digestOf, hoursAgo, NOW } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'the routes of entities on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    const { get, post } = router;

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
          policies: [
            { name: 'baseline', digest: router.policySet.policies[0].digest },
          ],
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

      it('tells what other enforcers say of its workloads, and changes no outcome for it', async () => {
        const { body } = await get(entityPath(REFS.payments));
        const workload = {
          cluster: 'prod-eu',
          namespace: 'shop',
          kind: 'Deployment',
          name: 'payments',
        };
        expect(body.otherEnforcers).toMatchObject({
          total: 2,
          counts: { fail: 1, pass: 1, warn: 0, error: 0, skip: 0 },
          results: [
            {
              source: 'kyverno',
              policy: 'disallow-latest-tag',
              rule: 'validate-image-tag',
              result: 'fail',
              severity: 'medium',
              workload,
              observedAt: hoursAgo(1),
            },
            { rule: 'require-tag', result: 'pass', workload },
          ],
          notes: [
            {
              reason: 'policyResultsOfScanner',
              source: 'Trivy Vulnerability',
              results: 12,
              workload,
            },
          ],
        });
        expect(body.counts).toMatchObject({ fail: 1, unknown: 1 });
        const nothing = await get(entityPath(REFS.batch));
        expect(nothing.body).not.toHaveProperty('otherEnforcers');
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
        await router.world.addRun({
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
        await router.world.addRun({
          cluster: 'prod-us',
          namespace: 'shop',
          ...IMAGES.payments,
          digest: digestOf('9'),
          workload: 'payments',
          tag: '2.0.0',
          entityRefs: [REFS.payments],
          isJudged: false,
        });
        await router.world.addWork({
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
        const { status, body } = await get(
          '/entities/component/default/nobody',
        );
        expect(status).toBe(404);
        expect(body.error.name).toBe('NotFoundError');
      });

      it('reads one from the catalog that is not known yet', async () => {
        const refreshEntity = jest.fn(async (_ref: string) => {
          await router.world.addEntity({
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
        await router.open({ refreshEntity, catalog });

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
        await router.open({ onLookRequested });
        const subject = `${IMAGES.payments.repository}@${IMAGES.payments.digest}`;
        await router.world.addWork({ subject_key: subject, attempts: 5 });

        const { status, body } = await post(
          `${entityPath(REFS.payments)}/recheck`,
        );

        expect([status, body.queued]).toEqual([202, 2]);
        expect(Date.parse(body.requestedAt)).not.toBeNaN();
        expect(onLookRequested).toHaveBeenCalledTimes(1);
        const work = await router.knex('work').orderBy('subject_key');
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
        const { status, body } = await post(
          `${entityPath(REFS.unseen)}/recheck`,
        );
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
        expect(await router.knex('work')).toEqual([]);
      });

      it('heeds a permission for some entities', async () => {
        const user = 'user:default/half';
        const own = await post(`${entityPath(REFS.batch)}/recheck`, user);
        const other = await post(`${entityPath(REFS.payments)}/recheck`, user);
        expect([own.status, other.status]).toEqual([202, 403]);
      });

      it('says 429 to a caller who asks too often, and to nobody else', async () => {
        await router.open({ rechecks: 2 });
        const path = `${entityPath(REFS.payments)}/recheck`;
        const statuses = [];
        for (let times = 0; times < 3; times += 1) {
          statuses.push((await post(path)).status);
        }
        expect(statuses).toEqual([202, 202, 429]);
        expect((await post(path, 'user:default/other')).status).toBe(202);
      });
    });
  },
);
