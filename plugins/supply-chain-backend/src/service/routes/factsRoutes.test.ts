import {
  evaluatePolicies,
  PolicyFacts,
} from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { DENY, ownedBy } from '../__testUtils__/testPermissions';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { NOW } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

type Stored = {
  image_ref: string;
  entity_ref: string;
  outcome: string;
};

const imageOf = (facts: PolicyFacts) => facts.image.imageRef;

describe.each(databases.eachSupportedId())('the route of facts on %s', id => {
  const router = useExampleRouter({ databases, id });
  const { get, open } = router;

  async function readAll(limit: number): Promise<PolicyFacts[][]> {
    const pages: PolicyFacts[][] = [];
    let after = '';
    do {
      const { status, body } = await get(`/facts?limit=${limit}${after}`);
      expect(status).toBe(200);
      pages.push(body.items);
      after = body.next ? `&after=${encodeURIComponent(body.next)}` : '';
    } while (after);
    return pages;
  }

  it('gives what runs with what was found, and nothing of what ran', async () => {
    const { body } = await get('/facts');
    const items: PolicyFacts[] = body.items;
    expect(
      items.map(({ image, entity }) => [image.repository, entity?.ref]).sort(),
    ).toEqual(
      [
        [IMAGES.payments.repository, REFS.payments],
        [IMAGES.proxy.repository, REFS.payments],
        [IMAGES.tool.repository, undefined],
      ].sort(),
    );
    expect(body).not.toHaveProperty('next');
  });

  it('judged anew, it comes to what the portal says', async () => {
    const [items] = await readAll(100);
    const { policies, trustRoots, waivers } = router.policySet;
    const judged = items.map(facts => ({
      image: facts.image.imageRef,
      entity: facts.entity?.ref ?? '',
      outcome: evaluatePolicies({
        policies,
        trustRoots,
        waivers,
        facts,
        now: NOW,
      }).outcome,
    }));
    const stored: Stored[] = await router
      .knex('image_summaries')
      .join('running_images', 'running_images.id', 'running_image_id')
      .where('running_images.running', true)
      .select('running_images.image_ref', 'entity_ref', 'outcome');
    expect(judged).toEqual(
      expect.arrayContaining(
        stored.map(row => ({
          image: row.image_ref,
          entity: row.entity_ref,
          outcome: row.outcome,
        })),
      ),
    );
    expect(judged).toHaveLength(stored.length);
  });

  it('comes in pages that hold each image once', async () => {
    const pages = await readAll(1);
    expect(pages.map(page => page.length)).toEqual([1, 1, 1]);
    const [whole] = await readAll(100);
    expect(pages.flat().map(imageOf)).toEqual(whole.map(imageOf));
  });

  it.each(['limit=0', 'limit=101', `after=${'a'.repeat(201)}`])(
    'refuses %s',
    async query => {
      expect((await get(`/facts?${query}`)).status).toBe(400);
    },
  );

  it('wants the permission to export beside the one to read', async () => {
    await open({
      readers: {
        'user:default/reader': { 'supply-chain.export': DENY },
        'user:default/exporter': { 'supply-chain.read': DENY },
        'user:default/owner': {
          'supply-chain.read': ownedBy('group:default/team-checkout'),
          'supply-chain.unlinked.read': DENY,
        },
      },
    });
    const reader = await get('/facts', 'user:default/reader');
    expect(reader.status).toBe(403);
    expect(reader.body.error.message).toContain("'supply-chain.export'");
    const exporter = await get('/facts', 'user:default/exporter');
    expect(exporter.status).toBe(403);
    const owner = await get('/facts', 'user:default/owner');
    expect(owner.body).toEqual({ items: [] });
  });
});
