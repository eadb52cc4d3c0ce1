import { Waiver } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';
import {
  ADA,
  inDays,
  reasonOf,
  UNKNOWN_ORDER,
  useWaiverPeople,
} from '../__testUtils__/waiverPeople';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const GIT_WAIVER: Waiver = {
  name: 'sec-7',
  source: 'git',
  rule: 'image-signed',
  reasons: ['noSignature'],
  includeUnknown: false,
  scope: { repository: IMAGES.proxy.repository },
  reason: 'Vendor image',
  requestedBy: 'user:default/developer',
  approvedBy: 'user:default/platform',
  expires: inDays(40),
};

describe.each(databases.eachSupportedId())('lists of waivers on %s', id => {
  const router = useExampleRouter({ databases, id });
  const people = useWaiverPeople(router);
  const { ask, decide, list, open } = people;
  const { get } = router;

  it('say beforehand what a waiver would cover', async () => {
    const query = new URLSearchParams({
      entityRef: REFS.payments,
      ...IMAGES.payments,
      policy: 'baseline',
      rule: 'no-fixable-vulnerability',
    });
    expect((await get(`/waivers/preview?${query}`, ADA)).body).toEqual({
      failing: ['fixableVulnerability'],
      unknown: [],
      proposedDays: 30,
      longestDays: 365,
      vulnerability: true,
    });
    query.set('rule', 'scan-fresh');
    query.set('repository', IMAGES.proxy.repository);
    query.set('digest', IMAGES.proxy.digest);
    const { body } = await get(
      `/waivers/preview?${query}`,
      'user:default/reader',
    );
    expect(body).toEqual({
      failing: [],
      unknown: ['notScanned'],
      proposedDays: 30,
      longestDays: 365,
      vulnerability: false,
      missingPermission: 'supply-chain.waiver.request',
    });
    const guest = await get(
      `/waivers/preview?${query}`,
      'user:development/guest',
    );
    expect(guest.body.refusal).toBe('waiverByGuest');
  });

  describe('with waivers in version control', () => {
    const later = { ...GIT_WAIVER, name: 'later', approvedAt: inDays(2) };
    const ended = { ...GIT_WAIVER, name: 'ended', expires: inDays(-1) };
    const absent = {
      ...GIT_WAIVER,
      name: 'absent',
      scope: { entity: 'component:default/nothing' },
      expires: inDays(50),
    };

    beforeEach(async () => {
      await open({
        policySet: {
          ...router.policySet,
          waivers: [absent, GIT_WAIVER, later, ended],
        },
      });
    });

    const namesOf = async (query: string, user = ADA) =>
      (await list(query, user)).items.map(
        ({ source, name }: { source: string; name: string }) =>
          source === 'git' ? name : source,
      );

    it('list both in one order, page by page', async () => {
      const soon = (await ask({ expires: inDays(9) })).body;
      const late = (await ask({ scope: 'service', expires: inDays(45) })).body;
      await decide(soon.id, 'approve');
      await decide(late.id, 'approve');
      const all = ['portal', 'sec-7', 'later', 'portal', 'absent'];
      expect(await namesOf('?state=active')).toEqual(all);
      for (const offset of [0, 1, 2, 3, 4]) {
        expect(await namesOf(`?state=active&limit=2&offset=${offset}`)).toEqual(
          all.slice(offset, offset + 2),
        );
      }
      expect(await list('?state=active&limit=1')).toMatchObject({
        total: 5,
        counts: { pending: 0, active: 5, ending: 1, ended: 1, denied: 0 },
      });
      expect(await namesOf('?state=approved')).toEqual(['later']);
      expect(await namesOf('?state=ending')).toEqual(['portal']);
      expect(await namesOf('?state=ended')).toEqual(['ended']);
    });

    it('narrow the list by text and by image', async () => {
      await ask();
      await ask({ ...UNKNOWN_ORDER, scope: 'repository' });
      expect(await namesOf('?search=VENDOR')).toEqual([
        'ended',
        'sec-7',
        'later',
        'absent',
      ]);
      expect(await namesOf('?search=sec-412')).toHaveLength(2);
      expect(await namesOf('?search=%25')).toEqual([]);
      const image = (of: object) =>
        `?state=pending&${new URLSearchParams({ ...of })}`;
      expect((await list(image(IMAGES.payments))).items).toMatchObject([
        { rule: 'no-fixable-vulnerability' },
      ]);
      expect((await list(image(IMAGES.proxy))).items).toMatchObject([
        { rule: 'scan-fresh' },
      ]);
      expect((await list(image({ entityRef: REFS.payments }))).total).toBe(2);
      expect((await list(image({ entityRef: REFS.batch }))).total).toBe(0);
      expect(
        await namesOf(
          `?state=active&repository=${encodeURIComponent(
            IMAGES.proxy.repository,
          )}`,
        ),
      ).toEqual(['sec-7', 'later']);
    });

    it('show those that are about something visible, and cannot be decided here', async () => {
      const [shown] = (await list('?state=active&search=sec-7')).items;
      expect(shown).toMatchObject({
        id: 'git:sec-7',
        state: 'active',
        approvedBy: 'user:default/platform',
        may: [],
      });
      expect(await namesOf('', 'user:default/checkout')).toEqual([]);
      expect(reasonOf(await decide('git:sec-7', 'end'))).toEqual([
        409,
        'ConflictError',
        'waiverInVersionControl',
      ]);
    });
  });
});
