import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import {
  AdmissionFeedEnvelope,
  AdmissionFeedPage,
  signingInput,
} from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { hoursAgo, NOW } from '../__testUtils__/StoredWorld';
import { DENY } from '../__testUtils__/testPermissions';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const { privateKey } = generateKeyPairSync('ed25519');

describe.each(databases.eachSupportedId())('the admission feed on %s', id => {
  const router = useExampleRouter({ databases, id });
  const admission = { signingKey: privateKey, validityMs: 3_600_000 };

  beforeEach(() => router.open({ admission }));

  async function read(since = ''): Promise<AdmissionFeedPage> {
    const { status, body } = await router.get(
      since ? `/verdicts?since=${since}` : '/verdicts',
    );
    expect(status).toBe(200);
    const { payload, payloadType, signatures } = body as AdmissionFeedEnvelope;
    const bytes = Buffer.from(payload, 'base64');
    expect(
      verify(
        null,
        signingInput(payloadType, bytes),
        createPublicKey(privateKey),
        Buffer.from(signatures[0].sig, 'base64'),
      ),
    ).toBe(true);
    return JSON.parse(bytes.toString('utf8'));
  }

  it('tells everything once, then what changed', async () => {
    const { repository, digest } = IMAGES.payments;
    const firstSeenAt = NOW.toISOString();
    const clocks = [
      { firstSeenAt, lastSeenAt: firstSeenAt, keys: ['CVE-1|zlib'] },
    ];
    await router.knex('vulnerability_clocks').insert({
      repository,
      known_since: NOW.toISOString(),
      clocks: JSON.stringify(clocks),
    });
    await router
      .knex('subject_digests')
      .insert({
        subject_key: `${repository}@${digest}`,
        digest,
        relation: 'self',
      })
      .onConflict(['subject_key', 'digest'])
      .ignore();
    const first = await read();
    expect(first).toMatchObject({
      version: 1,
      since: '',
      more: false,
      issuedAt: NOW.toISOString(),
      expiresAt: new Date(NOW.getTime() + 3_600_000).toISOString(),
      scanners: [{ cluster: expect.any(String), status: 'unavailable' }],
    });
    expect(first.scans.length).toBeGreaterThan(0);
    for (const { scan } of first.scans) {
      for (const finding of scan.detail?.findings ?? []) {
        expect(finding).not.toHaveProperty('title');
        expect(finding).not.toHaveProperty('link');
      }
    }
    expect(first.clocks).toEqual([
      {
        repository,
        clocks: [{ key: 'CVE-1|zlib', firstSeenAt: NOW.toISOString() }],
      },
    ]);
    expect(first.entities?.list.length).toBeGreaterThan(0);

    // What was written within the last minute is told again; what was written before is not.
    await router
      .knex('reports')
      .update({ changed_at: '2026-01-01T00:00:00.000Z' });
    const second = await read(first.cursor);
    expect(second).toMatchObject({
      since: first.cursor,
      scans: [],
      clocks: [],
    });
    expect(second.entities).toBeUndefined();
    expect(second.sequence).toBeGreaterThan(first.sequence);

    const { uid } = await router.knex('reports').whereNotNull('digest').first();
    await router
      .knex('reports')
      .where({ uid })
      .update({ changed_at: '2999-01-01T00:00:00.000Z' });
    const third = await read(second.cursor);
    expect(third.scans.map(({ key }) => key)).toEqual([
      expect.stringContaining(uid),
    ]);
  });

  it('tells entities again when one of them changed', async () => {
    const { cursor } = await read();
    expect((await read(cursor)).entities).toBeUndefined();
    const { ref } = await router
      .knex('entities')
      .where('annotations', 'like', '%kubernetes-%')
      .first();
    await router
      .knex('entities')
      .where({ ref })
      .update({ hash: 'other', lifecycle: 'experimental' });
    const { entities } = await read(cursor);
    expect(
      entities?.list.find(({ facts }) => facts.ref === ref)?.facts.lifecycle,
    ).toBe('experimental');
  });

  it('tells the catalogue of what is exploited once, when it changed, and when it is gone', async () => {
    const { knownExploited, cursor } = await read();
    expect(knownExploited).toBeUndefined();
    await router.knex('exploit_data').insert({
      kind: 'knownExploited',
      source: 'kev.json',
      next_check_at: '',
      version: '1',
      dated_at: hoursAgo(24),
      entries: 1,
      digest: '1',
    });
    await router.knex('known_exploited').insert({
      id: 'CVE-2026-1000',
      date_added: '2026-05-01',
      due_date: '2026-05-22',
      ransomware: false,
    });
    const told = await read(cursor);
    expect(told.knownExploited).toEqual({
      releasedAt: hoursAgo(24),
      entries: [
        {
          id: 'CVE-2026-1000',
          dateAdded: '2026-05-01',
          dueDate: '2026-05-22',
          ransomware: false,
        },
      ],
    });
    expect(await read(told.cursor)).not.toHaveProperty('knownExploited');

    // A webhook that began before the portal knew catalogues.
    const older = JSON.parse(
      Buffer.from(told.cursor, 'base64url').toString('utf8'),
    ).slice(0, 5);
    const word = Buffer.from(JSON.stringify(older)).toString('base64url');
    expect((await read(word)).knownExploited?.entries).toHaveLength(1);

    await router.knex('exploit_data').update({ digest: '2' });
    const again = await read(told.cursor);
    expect(again.knownExploited?.entries).toHaveLength(1);
    await router.knex('exploit_data').delete();
    expect((await read(again.cursor)).knownExploited).toBeNull();
  });

  it('tells the waivers of the page that are in force, on every page', async () => {
    const { repository, digest } = IMAGES.payments;
    const asked = await router.post('/waivers', 'user:default/requester', {
      entityRef: REFS.payments,
      repository,
      digest,
      policy: 'baseline',
      rule: 'no-fixable-vulnerability',
      scope: 'image',
      reason: 'Fixed with the next release',
      expires: hoursAgo(-24),
    });
    expect(asked.status).toBe(201);
    const before = await read();
    expect(before.waivers).toEqual([]);
    const decide = (verb: string) =>
      router.post(`/waivers/${asked.body.id}/${verb}`, 'user:default/approver');
    expect((await decide('approve')).status).toBe(200);
    const after = await read(before.cursor);
    expect(after.waivers).toMatchObject([
      {
        source: 'portal',
        rule: 'no-fixable-vulnerability',
        requestedBy: 'user:default/requester',
        approvedBy: 'user:default/approver',
        scope: { repository, digest },
        expires: hoursAgo(-24),
      },
    ]);
    expect((await read(after.cursor)).waivers).toEqual(after.waivers);
    expect((await decide('end')).status).toBe(200);
    expect((await read(after.cursor)).waivers).toEqual([]);
  });

  it('numbers pages upwards, whatever the clock does', async () => {
    await read();
    await router
      .knex('settings')
      .where({ key: 'admissionSequence' })
      .update({ value: String(NOW.getTime() + 10_000) });
    expect((await read()).sequence).toBe(NOW.getTime() + 10_001);
    const pages = await Promise.all(Array.from({ length: 10 }, () => read()));
    expect(new Set(pages.map(({ sequence }) => sequence)).size).toBe(10);
  });

  it('refuses a cursor that it never gave', async () => {
    for (const since of ['nonsense', 'WzFd', 'WyJhIl0', '%00']) {
      const { status } = await router.get(`/verdicts?since=${since}`);
      expect(status).toBe(400);
    }
  });

  it('is for those who may follow the whole portal', async () => {
    await router.open({
      admission,
      readers: {
        'user:default/stranger': { 'supply-chain.verdict.sync': DENY },
      },
    });
    const { status } = await router.get('/verdicts', 'user:default/stranger');
    expect(status).toBe(403);
  });

  it('is not there without a key', async () => {
    await router.open({ admission: null });
    expect((await router.get('/verdicts')).status).toBe(404);
  });
});
