import { schema, shareOf } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { entityPath } from '../__testUtils__/paths';
import { NOW } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'the route of the overview on %s',
  id => {
    const { get } = useExampleRouter({ databases, id });

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
            builtFromOwnRepository: { pass: 1, applicable: 2, unknown: 1 },
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
          const { outcome, reason, counts, clusters, tiles } = report.body;
          expect(item).toMatchObject({ outcome, reason, counts, clusters });
          expect([item.signed, item.provenance, item.registry]).toEqual(
            tiles.slice(0, 3).map((tile: schema.Tile) => shareOf(tile.counts)),
          );
        }
      });

      it.each([
        ['outcome=fail', ['payments-api']],
        ['signature=unknown', ['payments-api', 'old-batch']],
        ['provenance=unknown', ['payments-api', 'old-batch']],
        ['provenance=pass', []],
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
  },
);
