import { mockServices } from '@backstage/backend-test-utils';
import { Waiver } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { exampleEntity, examplePod, SUBJECT } from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import { SIGNED_POLICY_SET } from '../__testUtils__/signedPolicySet';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { AlertSender } from '../alerts/AlertSender';
import { CachedLinker } from '../database/CachedLinker';
import { DatabaseAlertStore } from '../database/DatabaseAlertStore';
import { DatabaseCatalogStore } from '../database/DatabaseCatalogStore';
import { DatabaseWaiverWarningStore } from '../database/DatabaseWaiverWarningStore';
import { waiverRowOf } from '../database/operations/waivers/waiverRow';
import { StoredWaiver } from '../stores/WaiverStore';
import { WaiverWatch } from '../waivers/WaiverWatch';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const DAY_MS = 24 * 60 * 60 * 1_000;
const END = new Date('2026-12-31T12:00:00.000Z');
const before = (days: number) => new Date(END.getTime() - days * DAY_MS);

const GIT_WAIVER: Waiver = {
  name: 'sec-7',
  source: 'git',
  rule: 'image-signed',
  reasons: ['noSignature'],
  includeUnknown: false,
  scope: { repository: SUBJECT.repository },
  reason: 'Vendor image \u202egnp',
  requestedBy: 'Security office!',
  approvedBy: 'user:default/platform',
  expires: END.toISOString(),
};

const PAGE_WAIVER: StoredWaiver = {
  id: '7b0c7f0c-0000-4000-8000-000000000001',
  state: 'approved',
  about: {
    entityRef: 'component:default/web',
    repository: SUBJECT.repository,
    policy: 'default',
    rule: 'image-signed',
  },
  scope: { entity: 'component:default/web' },
  reasons: ['noSignature'],
  includeUnknown: false,
  reason: 'Signed with the next release',
  requestedBy: 'user:default/ada',
  requestedAt: before(90).toISOString(),
  decidedBy: 'user:default/grace',
  decidedAt: before(90).toISOString(),
  expires: END.toISOString(),
};

type Sent = {
  recipients: { entityRef: string | string[] };
  payload: { title: string; description: string; link: string };
};

describe.each(databases.eachSupportedId())('waivers that end on %s', id => {
  let knex: Knex;
  let now: Date;
  let waivers: Waiver[];
  let woken: number;

  const watch = () =>
    WaiverWatch.create({
      store: DatabaseWaiverWarningStore.create({ knex }),
      policySet: async () => ({ ...SIGNED_POLICY_SET, waivers }),
      logger: mockServices.logger.mock(),
      onWarned: () => {
        woken += 1;
      },
      now: () => now,
    });

  /** What is sent after a look at an instant, by however many replicas. */
  const sentAt = async (instant: Date): Promise<Sent[]> => {
    now = instant;
    await Promise.all([watch().look(), watch().look()]);
    const sent: Sent[] = [];
    const sender = AlertSender.create({
      store: DatabaseAlertStore.create({ knex }),
      notifications: {
        send: async options => {
          sent.push(options as unknown as Sent);
        },
      },
      logger: mockServices.logger.mock(),
    });
    while ((await sender.sendDue()) > 0) {
      // Until nothing is left.
    }
    return sent;
  };

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    now = before(100);
    waivers = [];
    woken = 0;
    await DatabaseCatalogStore.create({
      knex,
      linker: new CachedLinker(),
    }).apply({ rows: [exampleEntity()], complete: true, now });
    await observePods({ knex, pods: [examplePod()], now });
  });

  it('of the page are told to owner and requester at 30, 7 and 1 days and at the end, once each', async () => {
    await knex('waivers').insert(waiverRowOf(PAGE_WAIVER));
    expect(await sentAt(before(31))).toEqual([]);
    const titles: string[] = [];
    for (const days of [30, 29, 7, 6, 1, 0.5, 0, -1]) {
      for (const { recipients, payload } of await sentAt(before(days))) {
        titles.push(`${days}: ${payload.title}`);
        expect(recipients.entityRef).toEqual([
          'component:default/web',
          'user:default/ada',
        ]);
      }
    }
    expect(titles).toEqual([
      '30: component:default/web: the waiver of image-signed ends within 30 days',
      '7: component:default/web: the waiver of image-signed ends within 7 days',
      '1: component:default/web: the waiver of image-signed ends within a day',
      '0: component:default/web: the waiver of image-signed has ended',
    ]);
    expect(woken).toBe(4);
  });

  it('in version control are told to who runs what they are about, as text', async () => {
    waivers = [GIT_WAIVER];
    const [{ recipients, payload }, ...others] = await sentAt(before(5));
    expect(others).toEqual([]);
    expect(recipients.entityRef).toBe('component:default/web');
    expect(payload.description).toContain('Vendor image \\u{202e}gnp');
    expect(payload.link).toBe(
      '/supply-chain/waivers?state=ending&waiver=git%3Asec-7',
    );
  });

  it('are told anew when a document moves their end', async () => {
    waivers = [GIT_WAIVER];
    expect(await sentAt(before(5))).toHaveLength(1);
    waivers = [{ ...GIT_WAIVER, expires: before(-1).toISOString() }];
    expect(await sentAt(before(5))).toHaveLength(1);
  });

  it('are not told of when nobody decided, when they were ended, or when they ended long ago', async () => {
    await knex('waivers').insert([
      waiverRowOf({ ...PAGE_WAIVER, id: 'pending', state: 'pending' }),
      waiverRowOf({ ...PAGE_WAIVER, id: 'ended', state: 'ended' }),
    ]);
    waivers = [{ ...GIT_WAIVER, expires: before(10).toISOString() }];
    expect(await sentAt(before(5))).toEqual([]);
  });

  it('are looked for again after a failure', async () => {
    const logger = mockServices.logger.mock();
    await WaiverWatch.create({
      store: DatabaseWaiverWarningStore.create({ knex }),
      policySet: async () => {
        throw new Error('no policies');
      },
      logger,
      onWarned: () => undefined,
      now: () => now,
    }).look();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no policies'),
    );
  });
});
