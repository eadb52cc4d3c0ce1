import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';
import {
  ADA,
  GRACE,
  inDays,
  reasonOf,
  UNKNOWN_ORDER,
  useWaiverPeople,
} from '../__testUtils__/waiverPeople';
import { NOW } from '../__testUtils__/StoredWorld';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const REFUSED: [string, object, number, string][] = [
  ['a past end', { expires: inDays(-1) }, 400, 'waiverExpiryPast'],
  ['an end too late', { expires: inDays(366) }, 400, 'waiverTooLong'],
  ['no end at all', { expires: 'never' }, 400, 'waiverWithoutExpiry'],
  ['an empty reason', { reason: '  ' }, 400, 'documentValueInvalid'],
  ['a rule that passes', { rule: 'image-signed' }, 409, 'waiverForNothing'],
  ['an unknown policy', { policy: 'other' }, 409, 'waiverForNothing'],
  ['an unknown rule', { rule: 'other' }, 409, 'waiverForNothing'],
  [
    'what cannot be told',
    { ...UNKNOWN_ORDER, includeUnknown: false },
    409,
    'waiverForUnknown',
  ],
  [
    'one image without a digest',
    { digest: undefined },
    400,
    'waiverWithoutScope',
  ],
  [
    'every service of a service',
    { scope: 'service', everywhere: true },
    400,
    'waiverWithoutScope',
  ],
  [
    'an id that is none',
    { vulnerability: 'CVE 1; --' },
    400,
    'waiverWithoutScope',
  ],
  [
    'a vulnerability of another rule',
    { ...UNKNOWN_ORDER, vulnerability: 'CVE-2026-0001' },
    400,
    'waiverWithoutScope',
  ],
];

describe.each(databases.eachSupportedId())('requests for waivers on %s', id => {
  const router = useExampleRouter({ databases, id });
  const people = useWaiverPeople(router);
  const { ask, decide, list, open } = people;
  const { get } = router;

  it('take a request that waits for somebody else', async () => {
    const { status, body } = await ask({ ticket: '  SEC-412 ' });
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(String),
        name: body.id,
        source: 'portal',
        state: 'pending',
        rule: 'no-fixable-vulnerability',
        policy: 'baseline',
        reasons: ['fixableVulnerability'],
        includeUnknown: false,
        scope: { ...IMAGES.payments, entityRef: REFS.payments },
        about: { ...IMAGES.payments, entityRef: REFS.payments },
        reason: 'Fixed with the next release',
        ticket: 'SEC-412',
        requestedBy: ADA,
        requestedAt: NOW.toISOString(),
        expires: inDays(30),
        may: ['withdraw'],
      },
    ]);
    expect(await list('?state=pending', 'user:default/reader')).toMatchObject({
      total: 1,
      counts: { pending: 1, active: 0, ending: 0, ended: 0, denied: 0 },
      items: [{ id: body.id, may: [] }],
    });
    expect((await list('?state=pending', GRACE)).items[0].may).toEqual([
      'approve',
      'deny',
    ]);
    expect(router.example.audited).toContainEqual({
      eventId: 'waiver-request',
      ended: 'success',
      meta: {
        entityRef: REFS.payments,
        repository: IMAGES.payments.repository,
        policy: 'baseline',
        rule: 'no-fixable-vulnerability',
      },
    });
  });

  it('let somebody else approve, end it before its time, and keep the trail', async () => {
    const { id: waiver } = (await ask()).body;
    await router.knex('verdict_work').delete();
    const approved = await decide(waiver, 'approve');
    expect(approved.body).toMatchObject({
      state: 'ending',
      approvedBy: GRACE,
      approvedAt: NOW.toISOString(),
      may: ['end'],
    });
    expect(people.wakes).toBe(1);
    expect(await router.knex('verdict_work')).toHaveLength(1);
    people.now = new Date(inDays(1));
    const ended = await decide(waiver, 'end', 'user:default/lead');
    expect(ended.body).toMatchObject({
      state: 'ended',
      approvedBy: GRACE,
      closedBy: 'user:default/lead',
      closedAt: inDays(1),
      may: [],
    });
    const { body } = await get(`/waivers/${waiver}/events`);
    expect(body.items).toMatchObject([
      { actor: ADA, verb: 'requested', before: {} },
      {
        actor: GRACE,
        verb: 'approved',
        comment: 'approve',
        before: { state: 'pending' },
        after: { state: 'approved', decidedBy: GRACE },
      },
      {
        actor: 'user:default/lead',
        verb: 'ended',
        before: { state: 'approved' },
        after: { state: 'ended' },
      },
    ]);
    expect(router.example.audited.map(({ eventId }) => eventId)).toEqual([
      'waiver-request',
      'waiver-approve',
      'waiver-end',
      'waivers-read',
    ]);
    for (const verb of ['end', 'approve', 'deny']) {
      expect((await decide(waiver, verb)).status).toBe(409);
    }
  });

  it('let it be denied, or taken back by who asked', async () => {
    const first = (await ask()).body;
    expect((await decide(first.id, 'deny')).body).toMatchObject({
      state: 'denied',
      closedBy: GRACE,
    });
    const second = (await ask()).body;
    expect((await decide(second.id, 'withdraw', ADA)).body.state).toBe(
      'withdrawn',
    );
    expect(await list('?state=denied')).toMatchObject({
      total: 2,
      counts: { pending: 0, denied: 2 },
    });
    expect(reasonOf(await decide(second.id, 'approve'))).toEqual([
      409,
      'ConflictError',
      'waiverDecided',
    ]);
  });

  it('refuse what the law does not allow, each with its reason', async () => {
    for (const [what, order, status, reason] of REFUSED) {
      const answer = await ask(order);
      expect([what, answer.status, answer.body.error.reason]).toEqual([
        what,
        status,
        reason,
      ]);
    }
    expect(await router.knex('waivers')).toEqual([]);
    expect(await router.knex('waiver_events')).toEqual([]);
  });

  it('refuse what the document does not describe', async () => {
    for (const order of [
      { requestedBy: 'user:default/somebody' },
      { approvedBy: GRACE },
      { scope: 'everything' },
      { digest: 'sha256:1' },
      { reason: 'x'.repeat(2_001) },
    ]) {
      expect((await ask(order)).status).toBe(400);
    }
  });

  it('hold to the limit of the policy', async () => {
    const [policy] = router.policySet.policies;
    const limited = (maxDays: number) => ({
      ...router.policySet,
      policies: [{ ...policy, waivers: { maxDays } }],
    });
    await open({ policySet: limited(7) });
    expect(reasonOf(await ask({ expires: inDays(8) }))[2]).toBe(
      'waiverTooLong',
    );
    const { id: waiver } = (await ask({ expires: inDays(7) })).body;
    await open({ policySet: limited(3) });
    expect(reasonOf(await decide(waiver, 'approve'))).toEqual([
      409,
      'ConflictError',
      'waiverTooLong',
    ]);
  });

  it('take the same request once, until it is decided or lapses', async () => {
    const [one, other] = await Promise.all([ask(), ask({}, GRACE)]);
    expect([one.status, other.status].sort()).toEqual([201, 409]);
    const refused = [one, other].find(({ status }) => status === 409)!;
    expect(reasonOf(refused)[2]).toBe('waiverPending');
    expect((await ask({ scope: 'repository' })).status).toBe(201);
    people.now = new Date(inDays(31));
    expect((await list('?state=denied')).items).toMatchObject([
      { state: 'lapsed' },
      { state: 'lapsed' },
    ]);
    expect((await ask({ expires: inDays(60) })).status).toBe(201);
  });

  it('let one of two decide', async () => {
    const { id: waiver } = (await ask()).body;
    const answers = await Promise.all([
      decide(waiver, 'approve', GRACE),
      decide(waiver, 'deny', 'user:default/lead'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = await get(`/waivers/${waiver}/events`);
    expect(body.items).toHaveLength(2);
  });
});
