import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';
import {
  ADA,
  inDays,
  ORDER,
  reasonOf,
  UNKNOWN_ORDER,
  useWaiverPeople,
} from '../__testUtils__/waiverPeople';
import request from 'supertest';
import { mockCredentials } from '@backstage/backend-test-utils';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'who may ask for waivers and decide on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    const people = useWaiverPeople(router);
    const { ask, decide, list, open } = people;
    const { get } = router;

    it('refuse the requester, by whatever spelling of the name', async () => {
      const { id: waiver } = (await ask()).body;
      for (const verb of ['approve', 'deny']) {
        for (const user of [ADA, 'User:Default/Ada', 'user:default/ADA']) {
          expect(reasonOf(await decide(waiver, verb, user))).toEqual([
            403,
            'NotAllowedError',
            'waiverSelfApproved',
          ]);
        }
      }
      expect(reasonOf(await decide(waiver, 'withdraw'))[2]).toBe(
        'waiverOfSomebodyElse',
      );
    });

    it('refuse guests and services', async () => {
      await open({ guests: ['user:default/visitor'] });
      const { id: waiver } = (await ask()).body;
      for (const guest of [
        'user:default/guest',
        'user:development/guest',
        'User:Default/Visitor',
      ]) {
        expect(reasonOf(await ask({}, guest))[2]).toBe('waiverByGuest');
        expect(reasonOf(await decide(waiver, 'approve', guest))).toEqual([
          403,
          'NotAllowedError',
          'waiverByGuest',
        ]);
        expect((await list('', guest)).items[0].may).toEqual([]);
      }
      const service = mockCredentials.service.header();
      for (const path of ['/waivers', `/waivers/${waiver}/approve`]) {
        const answer = await request(router.example.app)
          .post(path)
          .set('Authorization', service)
          .send(path === '/waivers' ? ORDER : undefined);
        expect(reasonOf(answer)[2]).toBe('waiverByService');
      }
    });

    it('need permissions, which the answer names', async () => {
      const { id: waiver } = (await ask()).body;
      const asked = await ask({}, 'user:default/reader');
      expect([asked.status, asked.body.error.message]).toEqual([
        403,
        "Missing permission 'supply-chain.waiver.request'",
      ]);
      for (const verb of ['approve', 'deny', 'end']) {
        const { status, body } = await decide(
          waiver,
          verb,
          'user:default/reader',
        );
        expect([status, body.error.message]).toEqual([
          403,
          "Missing permission 'supply-chain.waiver.approve'",
        ]);
      }
      const stranger = await get('/waivers', 'user:default/stranger');
      expect(stranger.status).toBe(403);
    });

    it('say 401 without credentials', async () => {
      for (const [method, path] of [
        ['get', '/waivers'],
        ['post', '/waivers/1/approve'],
      ] as const) {
        const { status } = await request(router.example.app)
          [method](path)
          .set('Authorization', mockCredentials.none.header());
        expect(status).toBe(401);
      }
    });

    it('say 404 for what is hidden and for what does not exist', async () => {
      const { id: waiver } = (await ask()).body;
      const user = 'user:default/checkout';
      for (const answer of [
        await ask({}, user),
        await decide(waiver, 'approve', user),
        await get(`/waivers/${waiver}/events`, user),
        await decide('nothing', 'approve'),
        await ask({ entityRef: 'component:default/nothing' }),
      ]) {
        expect([answer.status, answer.body.error.name]).toEqual([
          404,
          'NotFoundError',
        ]);
      }
      expect(await list('', user)).toMatchObject({
        total: 0,
        counts: { pending: 0 },
        items: [],
      });
    });

    it('let one who decides for some services not decide for every one', async () => {
      const { id: waiver } = (await ask({ everywhere: true })).body;
      expect(
        reasonOf(await decide(waiver, 'approve', 'user:default/lead')),
      ).toEqual([403, 'NotAllowedError', 'waiverBeyondService']);
      expect((await decide(waiver, 'approve')).body).toMatchObject({
        scope: IMAGES.payments,
        state: 'ending',
      });
    });

    it('do not approve what is past its end, or fails for another reason by now', async () => {
      const { id: waiver } = (await ask()).body;
      await router.knex('waivers').update({ reasons: '["scanStale"]' });
      const changed = await decide(waiver, 'approve');
      expect(reasonOf(changed)).toEqual([
        409,
        'ConflictError',
        'waiverReasonChanged',
      ]);
      expect(changed.body.error.message).toContain('scanStale');
      expect(changed.body.error.message).toContain('fixableVulnerability');
      people.now = new Date(inDays(30));
      expect(reasonOf(await decide(waiver, 'approve'))[2]).toBe(
        'waiverExpiryPast',
      );
    });

    it('do not approve what needs no waiver any more', async () => {
      const { id: waiver } = (await ask()).body;
      await router.knex('running_images').update({ running: false });
      expect(reasonOf(await decide(waiver, 'approve'))[2]).toBe(
        'waiverForNothing',
      );
    });

    it('cover what cannot be told when asked to', async () => {
      const { body } = await ask(UNKNOWN_ORDER);
      expect(body).toMatchObject({
        reasons: ['notScanned'],
        includeUnknown: true,
      });
      expect((await decide(body.id, 'approve')).status).toBe(200);
    });
  },
);
